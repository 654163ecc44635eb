"""The page of one mentee, the note on them, and the end of a mentorship."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.progress import Status
from roadmap.domain.mentoring.mentorships import Mentorship
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.learning import Learner
from tests.support.mentoring import MINUTE, returned, submit, verified
from tests.support.outlines import add_roadmap, enroll, sample
from tests.support.pages.data_attributes import marks_in, numbers_in

FORMS = [
    "/milestones/first/progress",
    "/milestones/first/note",
    "/milestones/first/revisit",
    "/milestones/first/evidence",
    "/milestones/first/submission",
    "/milestones/first/withdrawal",
    "/known",
    "/settings",
    "/edition",
    "/history/2/undo",
]


@pytest.fixture
def mentorship(learner: Learner, milo: User) -> Mentorship:
    return learner.session.scalars(select(Mentorship)).one()


@pytest.fixture
def page(mentorship: Mentorship) -> str:
    return f"/mentoring/mentees/{mentorship.public_id}"


def test_a_mentor_sees_the_learners_pages(learner: Learner, mentor: Browser) -> None:
    learner.mark("first", reason="Because")
    for path in ("", "?view=map", "/milestones/first", "/history"):
        assert mentor.get(learner.base + path).status_code == 200, path
    assert marks_in(mentor.get(f"{learner.base}/milestones/first").text)["first"] == ("done", "none")
    assert "Because" in mentor.get(f"{learner.base}/milestones/first").text


def test_a_mentor_sees_marks_and_numbers_as_the_learner_does(learner: Learner, mentor: Browser) -> None:
    learner.mark("first")
    found = mentor.get(learner.base).text
    assert (marks_in(found), numbers_in(found)) == (marks_in(learner.page()), numbers_in(learner.page()))


def test_a_mentor_never_sees_the_private_note(learner: Learner, mentor: Browser) -> None:
    learner.note("first", "Between me and me")
    for path in ("", "/milestones/first", "/history"):
        assert "Between me and me" not in mentor.get(learner.base + path).text


def test_a_mentor_changes_nothing_of_the_learners(learner: Learner, mentor: Browser) -> None:
    learner.mark("first")
    before = len(learner.events())
    for path in FORMS:
        answer = mentor.post(learner.base + path, status="done", note="x", comment="x")
        assert (answer.status_code, len(learner.events())) == (403, before), path


def test_a_mentor_does_not_see_the_forms_of_settings(learner: Learner, mentor: Browser) -> None:
    assert [mentor.get(learner.base + path).status_code for path in ("/settings", "/edition")] == [403, 403]


def test_a_stranger_finds_nothing(app: Flask, learner: Learner, page: str) -> None:
    otto = browser_of(app, learner.session, add_user(learner.session, "Otto"))
    for path in ("", "/milestones/first", "/history", "/settings"):
        assert otto.get(learner.base + path).status_code == 404
    assert [otto.post(learner.base + path).status_code for path in FORMS] == [404] * len(FORMS)
    assert otto.get(page).status_code == 404


def test_the_page_has_numbers_marks_waiting_work_and_reviews(
    learner: Learner, mentor: Browser, milo: User, page: str
) -> None:
    verified(learner, milo, "first")
    returned(learner, milo, "see")
    work = submit(learner, "look")
    html = mentor.get(page).text
    assert numbers_in(html) == ("39", "13")
    marks = marks_in(html)
    assert (marks["first"], marks["look"]) == (("done", "verified"), ("done", "submitted"))
    assert f"/submissions/{work.public_id}" in html
    assert "Look again." in html


def test_skills_beside_the_plan_are_listed_once_something_is_marked(
    learner: Learner, mentor: Browser, page: str
) -> None:
    assert "read" not in marks_in(mentor.get(page).text)
    assert f'<a href="{learner.base}">All milestones' in mentor.get(page).text
    learner.mark("read")
    assert marks_in(mentor.get(page).text)["read"] == ("done", "none")


def test_one_roadmap_at_a_time(learner: Learner, mentor: Browser, page: str) -> None:
    add_roadmap(learner.session, sample("other"))
    other = enroll(learner.session, learner.person, "other").public_id
    assert mentor.get(f"{page}?enrollment={other}").status_code == 200
    assert mentor.get(f"{page}?enrollment=nothing").status_code == 404


@pytest.mark.parametrize(("form", "fields"), [("seen", {}), ("note", {"note": "Slow start", "version": "0"})])
def test_a_form_leads_back_to_the_roadmap_it_was_beside(
    learner: Learner, mentor: Browser, page: str, form: str, fields: dict[str, str]
) -> None:
    shown = f"?enrollment={learner.enrollment.public_id}"
    assert f'action="{page}/note{shown}' in mentor.get(page).text
    assert mentor.post(f"{page}/{form}{shown}", **fields).location == f"{page}{shown}"


def test_what_changed_is_new_until_it_is_marked_as_seen(
    learner: Learner, mentor: Browser, mentorship: Mentorship, page: str
) -> None:
    learner.mark("first")
    answer = mentor.post(f"{page}/seen")
    assert (answer.status_code, answer.location) == (303, page)
    assert mentorship.seen_at == learner.at
    assert mentor.get(page).status_code == 200


def test_the_note_is_kept_and_the_learner_does_not_see_it(
    learner: Learner, mentor: Browser, page: str
) -> None:
    assert mentor.post(f"{page}/note", note="Slow <start>", version="0").status_code == 303
    html = mentor.get(page).text
    assert "Slow &lt;start&gt;" in html
    assert "Note about Lena" in html
    assert "Only you see it here, but Lena can read it in their data export." in html
    assert "Private note" not in html
    assert learner.browser.get(page).status_code == 404
    assert "Slow" not in learner.browser.get("/mentoring").text


def test_a_note_changed_meanwhile_is_409_with_both_texts(mentor: Browser, page: str) -> None:
    mentor.post(f"{page}/note", note="In one tab", version="0")
    answer = mentor.post(f"{page}/note", note="In the other", version="0")
    assert answer.status_code == 409
    assert "In one tab" in answer.text
    assert "In the other" in answer.text


def test_a_note_that_is_too_long_is_422_and_kept(mentor: Browser, page: str) -> None:
    answer = mentor.post(f"{page}/note", note="long " * 5_000, version="0")
    assert (answer.status_code, "long long" in answer.text) == (422, True)
    assert mentor.post(f"{page}/note", note="x", version="first").status_code in {409, 422}


@pytest.mark.parametrize("by_learner", [True, False])
def test_either_side_ends_it_at_once(
    learner: Learner, mentor: Browser, mentorship: Mentorship, page: str, by_learner: bool
) -> None:
    who = learner.browser if by_learner else mentor
    answer = who.post(f"/mentorships/{mentorship.public_id}/end")
    assert (answer.status_code, answer.location) == (303, "/mentoring")
    assert [mentor.get(path).status_code for path in (page, learner.base)] == [404, 404]
    assert who.post(f"/mentorships/{mentorship.public_id}/end").status_code == 404


@pytest.mark.both_databases
def test_a_stranger_ends_nothing(
    app: Flask, learner: Learner, mentor: Browser, mentorship: Mentorship
) -> None:
    otto = browser_of(app, learner.session, add_user(learner.session, "Otto"))
    assert otto.post(f"/mentorships/{mentorship.public_id}/end").status_code == 404
    assert mentor.get(learner.base).status_code == 200


def test_older_changes_are_folded_and_say_how_many_are_new(
    learner: Learner, mentor: Browser, page: str
) -> None:
    learner.at += MINUTE
    for _ in range(5):
        learner.mark("first", Status.DONE)
        learner.mark("first", Status.NOT_STARTED)
    learner.session.commit()
    html = mentor.get(page).text
    assert "more changes, 2 new</summary>" in html
    assert "superseded" not in html


def test_what_changed_begins_with_a_summary_and_leaves_out_what_was_undone(
    learner: Learner, mentor: Browser, page: str
) -> None:
    learner.at += MINUTE
    learner.undo(learner.mark("first"))
    learner.mark("second")
    found = re.sub(r"<time[^>]*>|</time>", "", mentor.get(page).text)
    assert "Since 2 March: <strong>+13%, 1 done</strong>" in found
    assert found.count("Marked done") == 1
    assert "including changes that were undone" in found
