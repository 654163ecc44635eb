"""Starting a roadmap through its form, and the list."""

import re

import pytest
from flask import Flask
from markupsafe import Markup
from sqlalchemy.orm import Session

from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.progress import Status
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.learning import TOMORROW, YESTERDAY, Learner
from tests.support.outlines import add_roadmap, enroll, milestone, outline, pathway, sample, skill
from tests.support.pages.data_attributes import marks_in, numbers_in

START = "/roadmaps/sample/enrollment"
SUM = re.compile(r'id="sum"[^>]*><strong>(.*?)</strong>')
HOURS = {"weekly_hours": "6"}


@pytest.fixture
def otto(app: Flask, session: Session, learner: Learner) -> Browser:
    """Otto, who follows nothing yet."""
    return browser_of(app, session, add_user(session, "Otto"))


def test_a_start_leads_to_the_list(otto: Browser) -> None:
    answer = otto.post(START, pathways=["seer", "reader"], target_date=TOMORROW.isoformat(), **HOURS)
    assert answer.status_code == 303
    page = otto.get(answer.location).text
    assert (len(marks_in(page)), numbers_in(page)) == (14, ("0", "0"))


def test_the_form_adds_up_what_is_chosen_and_starts_nothing(otto: Browser) -> None:
    whole = otto.post(START, pathways=["seer", "nothing"], preview="1", **HOURS)
    assert (whole.status_code, "<span data-chosen>1</span> of" in whole.text) == (200, True)
    part = otto.post(START, {"X-Fragment": "1"}, pathways=["seer"], preview="1").text
    sums = [SUM.findall(text) for text in (otto.get(START).text, whole.text, part)]
    assert sums == [["4 milestones"], ["7 milestones"], ["7 milestones"]]
    assert "<form" not in part
    assert otto.get(START).status_code == 200


def contents_in(page: str) -> dict[str, str]:
    """What each pathway says is in it, by its title."""
    found = re.findall(
        r'What’s in it<span class="unseen">:\s*<span>(.*?)</span></span></summary>(.*?)</details>',
        page,
        re.DOTALL,
    )
    return {title: " ".join(Markup(text).striptags().split()) for title, text in found}


def test_each_pathway_can_be_looked_into_where_it_is_chosen(otto: Browser, learner: Learner) -> None:
    for page in (otto.get(START).text, learner.page("/settings")):
        contents = contents_in(page)
        assert set(contents) == {each.title for each in sample().pathways}
        for each in sample().pathways:
            skills = [sample().skills[key] for key in each.skills]
            titles = [part.title for part in (*skills, *(m for one in skills for m in one.milestones))]
            assert all(title in contents[each.title] for title in titles)
            assert "2–4 h" in contents[each.title]


def test_a_start_without_pathways_is_fine(otto: Browser) -> None:
    assert otto.post(START, **HOURS).status_code == 303


ODD_STARTS = (
    ({"weekly_hours": ""}, "Enter hours a week as a number"),
    ({"weekly_hours": "many"}, "Enter hours a week as a number"),
    ({"weekly_hours": "nan"}, "in steps of 0.5"),
    ({"weekly_hours": "6.3"}, "in steps of 0.5"),
    ({"weekly_hours": "0"}, "in steps of 0.5"),
    ({**HOURS, "target_date": YESTERDAY.isoformat()}, "This date has passed"),
    ({**HOURS, "target_date": "soon"}, "Enter a date as YYYY-MM-DD"),
    ({**HOURS, "target_date": "9999-12-31"}, "before 2201"),
    ({**HOURS, "pathways": "nothing"}, "no pathway “nothing”"),
)


def test_what_does_not_fit_is_422_and_says_why(otto: Browser) -> None:
    for fields, sentence in ODD_STARTS:
        answer = otto.post(START, **fields)
        assert (answer.status_code, sentence in answer.text) == (422, True), fields
    assert otto.get(START).status_code == 200, "nothing was started"


def test_a_refused_start_keeps_what_was_chosen(otto: Browser) -> None:
    answer = otto.post(START, pathways="reader", weekly_hours="6.3", target_date=TOMORROW.isoformat())
    assert 'value="reader" checked' in answer.text
    assert 'value="6.3"' in answer.text
    assert f'value="{TOMORROW}"' in answer.text


def test_whoever_follows_it_already_is_led_there(learner: Learner) -> None:
    answer = learner.browser.get(START)
    assert (answer.status_code, answer.location) == (302, learner.base)
    assert learner.browser.post(START, **HOURS).status_code == 409


def test_after_archiving_one_can_start_again(learner: Learner) -> None:
    learner.choose(state=EnrollmentState.ARCHIVED)
    assert learner.browser.post(START, **HOURS).status_code == 303


def test_a_roadmap_that_is_not_there_is_404(otto: Browser) -> None:
    assert otto.get("/roadmaps/nothing/enrollment").status_code == 404
    assert otto.post("/roadmaps/nothing/enrollment", **HOURS).status_code == 404


def test_a_visitor_signs_in_first_and_comes_back(app: Flask, learner: Learner) -> None:
    answer = Browser(app).post(START, **HOURS)
    assert (answer.status_code, answer.location) == (302, f"/login?next={START}")
    assert Browser(app).get(learner.base).location == f"/login?next={learner.base}"


def test_the_list_has_the_hooks_of_the_contract(learner: Learner) -> None:
    learner.mark("habit")
    learner.mark("second", Status.SKIPPED)
    page = learner.page()
    marks = marks_in(page)
    assert list(marks) == list(sample().milestones)
    assert (marks["habit"], marks["second"]) == (("done", "none"), ("skipped", "none"))
    assert numbers_in(page) == ("13", "0")


def test_the_numbers_of_an_empty_plan_are_empty(otto: Browser, session: Session) -> None:
    by_choice = outline(skill("only", milestone("one")), slug="choice", pathways=[pathway("way", "only")])
    add_roadmap(session, by_choice)
    page = otto.get(otto.post("/roadmaps/choice/enrollment", **HOURS).location).text
    assert (numbers_in(page), page.count("<dd>–</dd>")) == (("", ""), 2)


def test_filters_and_search_keep_their_rows(learner: Learner) -> None:
    learner.mark("first", Status.SKIPPED)
    for query, keys in {
        "?filter=skipped": ["first"],
        "?q=Watch": ["watch"],
        "?q=w%C3%A1tch": ["watch"],
        "?q=w%E2%80%8Batch": ["watch"],
        "?q=why&filter=skipped": ["first"],
        "?filter=submitted": [],
    }.items():
        assert list(marks_in(learner.page(query))) == keys, query


def test_odd_filters_are_no_error_of_ours(learner: Learner) -> None:
    for query in ("?filter=x", "?q=" + "x" * 5000, "?q=%3Cb%3E", "?view=x", "?q=%F0%9F%91%A9"):
        assert learner.get(query).status_code == 200, query
    assert "<b>" not in learner.page("?q=%3Cb%3Enothing")


def test_an_id_that_is_not_there_is_404(learner: Learner) -> None:
    for public_id in ("absent", "%00", "x" * 500, "9" * 40, "%ED%A0%80"):
        assert learner.browser.get(f"/enrollments/{public_id}").status_code == 404, public_id


def test_somebody_elses_pages_are_404_like_absent_ones(learner: Learner, otto: Browser) -> None:
    for path in ("", "/settings", "/edition", "/history", "/milestones/first"):
        theirs, absent = otto.get(learner.base + path), otto.get(f"/enrollments/absent{path}")
        assert (theirs.status_code, absent.status_code) == (404, 404), path


def test_an_administrator_sees_no_ones_roadmap(app: Flask, session: Session, learner: Learner) -> None:
    boss = browser_of(app, session, add_user(session, "Boss", is_admin=True))
    assert boss.get(learner.base).status_code == 404


def test_the_list_of_an_archived_roadmap_cannot_be_marked(learner: Learner) -> None:
    learner.choose(state=EnrollmentState.ARCHIVED)
    page = learner.page()
    assert "archived and read-only" in page
    assert "<fieldset disabled>" in page


def test_equal_rows_of_two_people_hold_their_own_addresses(learner: Learner, otto: Browser) -> None:
    theirs = otto.post(START, **HOURS).location
    assert learner.base not in otto.get(theirs).text
    assert f"{theirs}/milestones/first/progress" in otto.get(theirs).text
    assert f"{learner.base}/milestones/first/progress" in learner.page()


def test_a_new_list_says_where_to_begin_until_something_is_marked(learner: Learner) -> None:
    assert 'data-hint="first"' in learner.page()
    learner.undo(learner.mark("second"))
    learner.session.commit()
    assert "data-hint" not in learner.page()


def test_a_closed_hint_stays_closed_in_this_browser_for_this_list(learner: Learner) -> None:
    assert 'data-hint="first"' in learner.page()
    closed = learner.post("/hint")
    assert (closed.status_code, closed.location) == (303, learner.base)
    assert "data-hint" not in learner.page()


def test_the_hint_of_another_list_is_still_there(learner: Learner) -> None:
    add_roadmap(learner.session, sample("other"))
    other = enroll(learner.session, learner.person, "other").public_id
    learner.post("/hint")
    assert "data-hint" in learner.browser.get(f"/enrollments/{other}").text


def test_a_script_that_closes_the_hint_gets_what_stands_there_instead(learner: Learner) -> None:
    answer = learner.post("/hint", {"X-Fragment": "1"})
    assert (answer.status_code, 'id="hint"' in answer.text, "data-hint" in answer.text) == (200, True, False)


def test_nobody_closes_the_hint_of_somebody_else(learner: Learner, otto: Browser) -> None:
    answer = otto.post(f"{learner.base}/hint")
    assert answer.status_code == 404
    assert "roadmap_hint" not in "".join(answer.headers.getlist("Set-Cookie"))
