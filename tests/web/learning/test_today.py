"""Today, signed in: what is next, what to revisit, the week."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.progress import Status
from roadmap.domain.mentoring.invitations import InvitedAs
from roadmap.domain.roadmaps.outlines import Outline
from tests.support.browsing import Browser, browser_of
from tests.support.cast import NOON, add_user
from tests.support.learning import TODAY, Learner
from tests.support.mentoring import invite, mentor_of, returned, submit, verified
from tests.support.outlines import SELF, add_roadmap, enroll, milestone, outline, skill
from tests.support.pages.data_attributes import marks_in, numbers_in

TAG, WHITE = re.compile(r"<[^>]+>"), re.compile(r"\s+")


def today(learner: Learner) -> str:
    answer = learner.browser.get("/today")
    assert answer.status_code == 200
    return answer.text


def test_the_start_page_leads_there(learner: Learner) -> None:
    assert learner.browser.get("/").location == "/today"


def test_it_shows_the_next_three_and_both_numbers(learner: Learner) -> None:
    learner.mark("first")
    page = today(learner)
    assert list(marks_in(page)) == ["second", "habit", "red"]
    assert numbers_in(page) == ("13", "0")
    assert "3 of 6 estimated hours</strong> toward your goal" in " ".join(page.split())


def test_it_shows_what_to_revisit(learner: Learner) -> None:
    learner.revisit("see", TODAY)
    assert f'href="{learner.base}/milestones/see"' in today(learner)


def test_a_paused_roadmap_waits_there_until_it_is_resumed(learner: Learner) -> None:
    learner.choose(state=EnrollmentState.PAUSED)
    page = today(learner)
    assert (">Paused</h2>" in page, "Paused and archived" in page, marks_in(page)) == (True, False, {})
    assert "your pace are paused until you resume" in page
    answer = learner.browser.post(
        f"{learner.base}/settings", {"Referer": "http://localhost/today"}, state="active"
    )
    assert (answer.location, next(iter(marks_in(today(learner))))) == ("/today", "first")


def test_an_archived_roadmap_is_set_aside(learner: Learner) -> None:
    learner.choose(state=EnrollmentState.ARCHIVED)
    page = today(learner)
    assert "Paused and archived" in page
    assert "You have no active roadmap." in page
    assert marks_in(page) == {}


def test_a_mark_made_there_comes_back_there_with_its_undo(learner: Learner) -> None:
    mark = f"{learner.base}/milestones/first/progress"
    answer = learner.browser.post(mark, {"Referer": "http://localhost/today"}, status="done")
    assert answer.location == f"/today#next-{learner.enrollment.public_id}"
    page = today(learner)
    assert ("“First” is done." in page, "/undo" in page, list(marks_in(page))) == (
        True,
        True,
        ["second", "habit", "red"],
    )


def test_a_newcomer_chooses_a_roadmap_there(app: Flask, learner: Learner) -> None:
    otto = browser_of(app, learner.session, add_user(learner.session, "Otto"))
    assert 'href="/roadmaps/sample/enrollment"' in otto.get("/today").text


def test_a_mentor_without_a_roadmap_sees_what_waits(learner: Learner, mentor: Browser) -> None:
    assert "You mentor Lena." in mentor.get("/today").text
    submit(learner)
    learner.session.commit()
    page = mentor.get("/today").text
    assert ("Waiting for you" in page, "waiting less than a minute" in WHITE.sub(" ", TAG.sub("", page))) == (
        True,
        True,
    )


def test_work_that_waits_stands_there_with_the_usual_time(learner: Learner, milo: User) -> None:
    verified(learner, milo)
    submit(learner, "second")
    learner.session.commit()
    assert "Usually answered within 1 minute." in today(learner)


def only(learner: Learner, content: Outline, *marks: str) -> str:
    """What Today says where this is the one roadmap under way, after these marks."""
    learner.choose(state=EnrollmentState.ARCHIVED)
    add_roadmap(learner.session, content)
    learning = replace(learner, enrollment=enroll(learner.session, learner.person, content.slug))
    for key in marks:
        learning.mark(key)
    learner.session.commit()
    return today(learner)


def test_one_milestone_none_that_counts_and_everything_done_look_intended(learner: Learner) -> None:
    one = outline(skill("one", milestone("alone")), slug="one")
    assert list(marks_in(only(learner, one))) == ["alone"]
    none = outline(skill("none", milestone("extra", optional=True)), slug="none")
    assert "This plan is empty." in only(learner, none)
    habit = outline(skill("all", milestone("habit", verification=SELF)), slug="all")
    assert "Everything in your plan is done." in only(learner, habit, "habit")
    claimed = outline(skill("claimed", milestone("work")), slug="claimed")
    assert "Everything in your plan is done." in only(learner, claimed, "work")


@pytest.mark.both_databases
def test_a_roadmap_of_three_hundred_with_long_and_arabic_titles_shows_three(learner: Learner) -> None:
    long = replace(milestone("long"), title="W" * 200)
    arabic = replace(milestone("arabic"), title="تدريب نموذج <b>")
    many = [milestone(f"m{number}") for number in range(298)]
    page = only(learner, outline(skill("one", long, arabic, *many), slug="many"))
    assert list(marks_in(page)) == ["long", "arabic", "m0"]
    assert ("W" * 200 in page, "تدريب نموذج &lt;b&gt;" in page) == (True, True)


def test_the_day_is_the_learners(learner: Learner) -> None:
    assert "Monday, " in today(learner)
    learner.person.time_zone = "Pacific/Auckland"
    assert "Tuesday, " in today(learner)


def test_a_visitor_signs_in_first(app: Flask) -> None:
    assert Browser(app).get("/today").location == "/login?next=/today"


def test_what_needs_changes_is_above_what_is_next(learner: Learner) -> None:
    returned(learner, mentor_of(learner), "see")
    page = today(learner)
    assert 0 < page.index(">Needs changes<") < page.index(">Up next<")


def test_what_is_in_progress_is_set_aside_there_with_an_undo(learner: Learner) -> None:
    assert "Set aside for four weeks" not in today(learner)
    learner.mark("join", Status.IN_PROGRESS)
    page = today(learner)
    form = re.search(r'action="([^"]+/join/revisit)".*?name="revisit_on" value="([^"]+)"', page, re.DOTALL)
    assert form is not None
    answer = learner.browser.post(form[1], {"Referer": "http://localhost/today"}, revisit_on=form[2])
    assert (answer.status_code, answer.location) == (303, "/today")
    page = today(learner)
    assert "join" not in marks_in(page)
    undo = re.search(r'action="([^"]+/undo)"', page)
    assert undo is not None
    learner.browser.post(undo[1])
    assert next(iter(marks_in(today(learner)))) == "join"


def test_who_has_done_something_and_has_no_mentor_is_offered_one_as_the_next_step(learner: Learner) -> None:
    offer = "Find someone to review your work."
    assert (offer in today(learner), "invites-mentor" in today(learner)) == (False, True)
    learner.mark("first")
    page = WHITE.sub(" ", today(learner))
    assert "1 milestone is done, and no one has reviewed it yet." in page
    assert 'href="/mentoring?as=mentor&amp;for=sample#invite">Invite a mentor</a>' in page
    assert page.count("invites-mentor") == 1


def test_who_has_a_mentor_is_offered_none(learner: Learner, mentor: Browser) -> None:
    learner.mark("first")
    assert "invites-mentor" not in today(learner)


@pytest.mark.both_databases
def test_nobody_is_asked_to_invite_while_an_invitation_is_open(learner: Learner, session: Session) -> None:
    learner.mark("first")
    pages = ("/today", learner.base, f"{learner.base}?view=map")

    def offers() -> list[bool]:
        return ["invites-mentor" in learner.browser.get(page).text for page in pages]

    assert offers() == [True, True, True]
    invite(session, learner.person, "carol@example.org", InvitedAs.LEARNER)
    assert offers() == [True, True, True]
    invitation, _ = invite(session, learner.person, slug="sample")
    assert offers() == [False, False, False]
    invitation.expires_at = NOON
    session.flush()
    assert offers() == [True, True, True]
