"""Marking through forms: status, day, reason, and the day to come back."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.progress import UNTOUCHED, Status
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.learning import TODAY, TOMORROW, YESTERDAY, Learner
from tests.support.pages.data_attributes import marks_in, numbers_in

FIRST = "/milestones/first/progress"
FRAGMENT = {"X-Fragment": "1"}
OUTLOOK = re.compile(r'<div id="forecast">(.*?)</div>\s*<', re.DOTALL)


def outlook_in(html: str) -> str:
    """What is said about the target, without the tokens of its forms."""
    found = OUTLOOK.search(html)
    assert found is not None
    return re.sub(r'name="csrf_token" value="[^"]*"', "", found[1])


def test_a_mark_is_answered_with_303_to_a_page_that_shows_it(learner: Learner) -> None:
    answer = learner.post(FIRST, status="done")
    assert (answer.status_code, answer.location) == (303, f"{learner.base}/milestones/first")
    assert marks_in(learner.page("/milestones/first"))["first"] == ("done", "none")
    assert marks_in(learner.page())["first"] == ("done", "none")


def test_a_mark_on_the_list_leads_back_to_its_skill_there(learner: Learner) -> None:
    referer = {"Referer": f"http://localhost{learner.base}?filter=open"}
    assert learner.post(FIRST, referer, status="done").location == f"{learner.base}?filter=open#s-core"


def test_a_mark_moves_the_numbers(learner: Learner) -> None:
    assert numbers_in(learner.page()) == ("0", "0")
    learner.post(FIRST, status="done")
    learner.post("/milestones/habit/progress", status="done")
    assert numbers_in(learner.page()) == ("26", "0")


def test_a_script_gets_the_changed_parts(learner: Learner) -> None:
    answer = learner.post(FIRST, FRAGMENT, status="done")
    assert answer.status_code == 200
    assert marks_in(answer.text) == {
        "first": ("done", "none"),
        "second": ("not_started", "none"),
        "look": ("not_started", "none"),
    }
    assert numbers_in(answer.text) == ("13", "0")
    assert f"{learner.base}/history/4/undo" in answer.text
    assert "<html" not in answer.text


def test_a_script_gets_the_share_of_the_area_too(learner: Learner) -> None:
    share = re.compile('<span class="soft" id="i-[^"]+">[^<]*</span>')
    before = share.findall(learner.page())
    changed = share.findall(learner.post(FIRST, FRAGMENT, status="done").text)
    assert changed
    assert not set(changed) & set(before)
    assert set(changed) <= set(share.findall(learner.page()))


def test_a_day_and_a_reason_are_kept(learner: Learner) -> None:
    learner.post(FIRST, status="skipped", occurred_on=YESTERDAY.isoformat(), reason="Not <for> me")
    assert learner.milestone_state("first").occurred_on == YESTERDAY
    assert "Not &lt;for&gt; me" in learner.page("/milestones/first")


ODD_DAYS = (TOMORROW.isoformat(), "2026-02-30", "yesterday", "99999-01-01", "1899-12-31")
ODD_MARKS = (
    *({}, {"status": ""}, {"status": "finished"}, {"status": "DONE"}),
    *({"status": "done", "occurred_on": day} for day in ODD_DAYS),
    {"status": "done", "reason": "x" * 501},
)


def test_what_does_not_fit_is_422_and_changes_nothing(learner: Learner) -> None:
    for fields in ODD_MARKS:
        assert learner.post(FIRST, **fields).status_code == 422, fields
        assert learner.milestone_state("first") == UNTOUCHED, fields


def test_a_refused_form_keeps_what_was_typed_and_says_why(learner: Learner) -> None:
    answer = learner.post(FIRST, status="done", occurred_on=TOMORROW.isoformat(), reason='My "reason"')
    assert f'value="{TOMORROW}"' in answer.text
    assert "My &#34;reason&#34;" in answer.text
    assert 'id="occurred_on-error">This date is in the future.' in answer.text


def test_a_refused_mark_says_why_where_no_field_is(learner: Learner) -> None:
    assert "Choose one of: not started" in learner.post(FIRST, status="finished").text


def test_an_unknown_milestone_is_404(learner: Learner) -> None:
    for key in ("nothing", "third", "core", "x" * 300, "%C3%A4"):
        assert learner.post(f"/milestones/{key}/progress", status="done").status_code == 404, key


@pytest.fixture
def otto(app: Flask, session: Session, learner: Learner) -> Browser:
    """Somebody else, signed in."""
    return browser_of(app, session, add_user(session, "Otto"))


POSTS = [
    ("/milestones/first/progress", {"status": "done"}),
    ("/milestones/first/revisit", {"revisit_on": ""}),
    ("/milestones/first/note", {"note": "Mine", "version": "0"}),
    ("/milestones/first/evidence", {"title": "A", "text": "B"}),
    ("/known", {"milestones": "first"}),
    ("/history/1/undo", {}),
    ("/settings", {"state": "archived"}),
    ("/edition", {}),
]


def test_somebody_elses_is_404_like_what_does_not_exist(learner: Learner, otto: Browser) -> None:
    for path, fields in POSTS:
        theirs = otto.post(learner.base + path, **fields)
        absent = otto.post("/enrollments/absent" + path, **fields)
        assert (theirs.status_code, absent.status_code) == (404, 404), path
        same = theirs.text.replace(learner.enrollment.public_id, "absent").replace(otto.token(), "")
        assert same == absent.text.replace(otto.token(), ""), path
        assert len(learner.events()) == 3, path


def test_a_post_by_someone_signed_out_leads_to_sign_in_and_back_to_the_form(
    learner: Learner, app: Flask
) -> None:
    page = f"{learner.base}/milestones/first"
    for path, fields in POSTS:
        answer = Browser(app).post(learner.base + path, {"Referer": f"http://localhost{page}"}, **fields)
        assert (answer.status_code, answer.location) == (302, f"/login?next={page}"), path
        assert len(learner.events()) == 3, path


def test_without_a_token_nothing_happens(learner: Learner) -> None:
    for path, fields in POSTS:
        assert learner.browser.client.post(learner.base + path, data=fields).status_code == 400, path
        assert len(learner.events()) == 3, path


def test_an_archived_roadmap_refuses_marks_with_403(learner: Learner) -> None:
    learner.choose(state=EnrollmentState.ARCHIVED)
    for path, fields in POSTS[:5]:
        answer = learner.post(path, **fields)
        assert (answer.status_code, "archived" in answer.text) == (403, True)
    assert learner.milestone_state("first") == UNTOUCHED


def test_a_revisit_day_is_set_and_cleared(learner: Learner) -> None:
    path = "/milestones/first/revisit"
    assert learner.post(path, revisit_on=TODAY.isoformat()).status_code == 303
    assert "revisit" in learner.page()
    learner.post(path, revisit_on="")
    assert learner.milestone_state("first").revisit_on is None


def test_a_revisit_day_that_has_passed_is_422_beside_its_field(learner: Learner) -> None:
    answer = learner.post("/milestones/first/revisit", revisit_on=YESTERDAY.isoformat())
    assert answer.status_code == 422
    assert 'id="revisit_on-error">This date has passed.' in answer.text


@pytest.mark.both_databases
def test_the_day_is_the_learners(learner: Learner) -> None:
    learner.person.time_zone = "Pacific/Auckland"
    assert learner.post(FIRST, status="done", occurred_on=TOMORROW.isoformat()).status_code == 303
    assert learner.milestone_state("first").status is Status.DONE


NUMBERS = "Claimed 13%, verified 0%."


@pytest.mark.parametrize("page", ["/milestones/first", "", "/history"])
def test_a_mark_says_both_numbers_wherever_it_was_made(learner: Learner, page: str) -> None:
    came = {"Referer": f"http://localhost{learner.base}{page}"}
    learner.browser.post(f"{learner.base}{FIRST}", came, status="done")
    assert f"<p>“First” is done. {NUMBERS}</p>" in learner.page(page)
    undone = learner.events()[-1].number
    learner.browser.post(f"{learner.base}/history/{undone}/undo", came)
    assert "<p>Undone. Claimed 0%, verified 0%.</p>" in learner.page(page)


def test_what_was_known_says_both_numbers(learner: Learner) -> None:
    learner.post("/known", milestones="first")
    assert f"<p>Marked as already known. {NUMBERS}</p>" in learner.page()


def test_a_mark_of_what_left_the_edition_is_undone_too(learner: Learner) -> None:
    change = learner.mark("second")
    learner.publish()
    learner.accept()
    learner.post(f"/history/{change}/undo")
    assert "<p>Undone.</p>" in learner.page("/history")


def test_the_button_of_a_row_is_named_after_the_mark_it_sets(learner: Learner) -> None:
    learner.mark("first")
    page = learner.page()
    assert 'aria-label="Mark not started: First"' in page
    assert 'aria-label="Mark done: Second"' in page


@pytest.mark.parametrize("view", [{}, {"view": "map"}])
def test_a_script_gets_what_the_target_needs_after_the_mark(learner: Learner, view: dict[str, str]) -> None:
    learner.choose(target_on=TODAY + timedelta(weeks=2))
    path = "?view=map" if view else ""
    before = outlook_in(learner.page(path))
    answer = learner.post(FIRST, FRAGMENT, status="done", **view).text
    assert outlook_in(answer) == outlook_in(learner.page(path)) != before
    assert 'data-track="late"' in outlook_in(answer)
    assert "hours a week<" in outlook_in(answer)
