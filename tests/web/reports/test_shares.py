"""Share links at the browser of their owner: made, seen again, drawn, revoked."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from roadmap.domain.learning.enrollments import EnrollmentState
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.learning import TODAY, TOMORROW, YESTERDAY, Learner
from tests.support.sharing import audited, restrict, share, share_url, token_of

PAGE = "/shares"


def made(learner: Learner, **fields: object) -> str:
    """Make a link by the form; its path."""
    answer = learner.post(PAGE, **fields)
    assert answer.status_code == 303, answer.text
    found = re.search(r'value="http://localhost(/s/[\w-]+)"', learner.page(PAGE))
    assert found is not None
    return found[1]


def test_without_a_link_the_page_teaches_what_one_is(learner: Learner) -> None:
    assert "Only you and your mentors can read this report." in learner.page(PAGE)


def test_a_link_is_made_and_shown_again_whenever_its_owner_looks(app: Flask, learner: Learner) -> None:
    path = made(learner, show_evidence="y", show_names="y")
    assert made(learner) != path
    assert learner.page(PAGE).count(f"http://localhost{path}") == 1
    assert Browser(app).get(path).status_code == 200


def test_a_restricted_roadmap_has_no_form_for_links_and_says_why(learner: Learner) -> None:
    share(learner)
    restrict(learner)
    page = learner.page(PAGE)
    assert "This report can’t be shared" in page
    assert "Existing links show only the two numbers" in page
    assert "Create link" not in page
    answer = learner.post(PAGE)
    assert answer.status_code == 422
    assert "its report can’t be shared by link" in answer.text


def test_evidence_and_names_are_shown_only_where_somebody_ticks_them(learner: Learner) -> None:
    for page in (PAGE, "/report", "/reports"):
        inputs = re.findall("<input[^>]*>", learner.page(page))
        for box in ("show_evidence", "show_names"):
            boxes = [each for each in inputs if f'name="{box}"' in each]
            assert boxes, (page, box)
            assert not any(" checked" in each for each in boxes), (page, box)


def test_an_answer_leads_to_the_link_in_the_list(learner: Learner) -> None:
    place = learner.post(PAGE).location
    assert f'id="{place.partition("#")[2]}"' in learner.page(PAGE)


ODD_DAYS = (
    *(("expires_on", day) for day in (str(YESTERDAY), str(TODAY + timedelta(days=366)), "soon")),
    *(("as_of", day) for day in (str(TOMORROW), str(YESTERDAY), "2026-02-30")),
)


def test_days_that_make_no_link_are_refused_beside_their_field(learner: Learner) -> None:
    for field, day in ODD_DAYS:
        answer = learner.post(PAGE, **{field: day}, show_names="y")
        assert answer.status_code == 422, (field, day)
        assert f'id="{field}-error"' in answer.text, (field, day)
        assert re.search(r'<input[^>]* checked [^>]*name="show_names"', answer.text), (field, day)
        assert f'value="{day}"' in answer.text, (field, day)
        assert not audited(learner.session)[1:], (field, day)


def test_the_list_says_what_a_link_shows_and_folds_those_that_ended(learner: Learner) -> None:
    made(learner, show_evidence="y", as_of=TODAY.isoformat(), expires_on=TOMORROW.isoformat())
    page = learner.page(PAGE)
    for text in ("As of <time", "with evidence", "without mentors’ names", "Not opened yet"):
        assert text in page
    link = re.search(r"/shares/\w+/revoke", page)
    assert link is not None
    assert learner.browser.post(link[0]).location.endswith(PAGE)
    assert "1 expired or revoked link" in learner.page(PAGE)


def test_opens_are_told(app: Flask, learner: Learner) -> None:
    path = made(learner)
    for _ in range(2):
        Browser(app).get(path)
    assert "Opened 2 times" in learner.page(PAGE)


def test_a_revoked_link_leads_nowhere_at_once_and_its_maker_back_to_the_list(
    app: Flask, learner: Learner
) -> None:
    link = share(learner)
    answer = learner.browser.post(f"/shares/{link.public_id}/revoke")
    assert (answer.status_code, answer.location) == (303, learner.base + PAGE)
    assert Browser(app).get(f"/s/{token_of(link)}").status_code == 404


def test_the_code_is_the_link_for_a_camera_and_for_its_owner_alone(app: Flask, learner: Learner) -> None:
    link = share(learner)
    answer = learner.browser.get(f"/shares/{link.public_id}/code.svg")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("image/svg+xml", "no-store")
    assert "style" not in answer.text
    ada = add_user(learner.session, "Ada", is_admin=True)
    assert browser_of(app, learner.session, ada).get(f"/shares/{link.public_id}/code.svg").status_code == 404


@pytest.mark.both_databases
def test_a_link_of_another_key_is_said_to_be_unknown_here(app: Flask, learner: Learner) -> None:
    share(learner).nonce = "made with another key"
    page = learner.page(PAGE)
    assert "can’t be shown" in page
    assert "/s/" not in page


def test_a_mentor_sees_the_roadmap_and_no_way_to_share_it(learner: Learner, mentor: Browser) -> None:
    assert mentor.get(learner.base + PAGE).status_code == 403
    assert mentor.post(learner.base + PAGE).status_code == 403
    assert PAGE not in mentor.get(f"{learner.base}/report").text
    assert learner.base + PAGE not in mentor.get(learner.base).text


def test_report_and_roadmap_lead_to_the_links(learner: Learner) -> None:
    for path in ("", "/report"):
        assert f'href="{learner.base}{PAGE}"' in learner.page(path)


def test_an_archived_report_is_still_read_and_shared(app: Flask, learner: Learner) -> None:
    before = share_url(learner)
    learner.choose(state=EnrollmentState.ARCHIVED)
    for path in (before, made(learner)):
        assert Browser(app).get(path).status_code == 200
