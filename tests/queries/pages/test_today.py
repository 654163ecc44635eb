"""Today: what is next, what to revisit, and this week's hours."""

from dataclasses import replace
from datetime import date, timedelta

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.progress import Status
from roadmap.queries.mentoring.answer_times import answer_times
from roadmap.queries.pages.milestone import find_milestone_page
from roadmap.queries.pages.next_steps import NextStep
from roadmap.queries.pages.today import TodayCard, TodayPage, find_today_page
from tests.support.cast import add_user
from tests.support.learning import TODAY, TOMORROW, YESTERDAY, Learning
from tests.support.mentoring import mentor, mentor_of, review, submit, verified
from tests.support.outlines import add_roadmap, enroll, sample


def page(learning: Learning) -> TodayPage:
    learning.session.flush()
    return find_today_page(learning.session, seen_by=learning.person, at=learning.at)


def card(learning: Learning) -> TodayCard:
    (found,) = page(learning).cards
    return found


def steps(learning: Learning) -> list[str]:
    return [step.row.milestone.key for step in card(learning).next_steps]


def test_the_next_three_come_in_plan_order(learning: Learning) -> None:
    assert steps(learning) == ["first", "habit", "red"]


def test_what_is_in_progress_comes_first(learning: Learning) -> None:
    learning.mark("join", Status.IN_PROGRESS)
    assert steps(learning) == ["join", "first", "habit"]


def test_what_is_done_skipped_or_surplus_is_not_next(learning: Learning) -> None:
    learning.mark("first", Status.SKIPPED)
    learning.mark("green")
    assert steps(learning) == ["second", "habit", "see"]


def test_a_revisit_day_appears_a_week_ahead_and_the_nearest_first(learning: Learning) -> None:
    learning.revisit("first", TODAY + timedelta(days=7))
    learning.revisit("second", TODAY)
    learning.revisit("see", TODAY + timedelta(days=8))
    assert [each.milestone.key for each in card(learning).revisits] == ["second", "first"]


def test_the_week_counts_middle_hours_since_monday(learning: Learning) -> None:
    learning.mark("first")
    learning.mark("second", occurred_on=YESTERDAY)
    learning.know("habit")
    assert card(learning).week[1:4] == (3, 1, 6.0)


def test_a_week_begins_on_monday(learning: Learning) -> None:
    learning.mark("first")
    learning.at += timedelta(days=6)
    assert (learning.at.date(), card(learning).week.hours) == (date(2026, 3, 8), 3)
    learning.at += timedelta(days=1)
    assert card(learning).week.hours == 0


def test_paused_and_archived_roadmaps_are_set_aside(learning: Learning) -> None:
    learning.choose(state=EnrollmentState.PAUSED)
    found = page(learning)
    assert (found.cards, len(found.paused), found.archived) == ((), 1, ())
    learning.choose(state=EnrollmentState.ARCHIVED)
    assert len(page(learning).archived) == 1


def test_several_roadmaps_show_their_own_marks(learning: Learning) -> None:
    add_roadmap(learning.session, sample("other"))
    enroll(learning.session, learning.person, "other")
    learning.mark("first")
    numbers = {each.enrollment.slug: each.numbers.claimed.milestones_done for each in page(learning).cards}
    assert numbers == {"sample": 1, "other": 0}


def test_nobody_sees_what_somebody_else_follows(learning: Learning) -> None:
    learning.revisit("first", TOMORROW)
    learning.person = add_user(learning.session, "Otto")
    found = page(learning)
    assert (found.cards, found.calendar, found.paused, found.archived, found.queue) == ((), None, (), (), ())
    assert [entry.slug for entry in found.catalog] == ["sample"]


def why(learning: Learning, key: str) -> NextStep:
    return next(step for step in card(learning).next_steps if step.row.milestone.key == key)


def test_a_step_says_why_it_is_next(learning: Learning) -> None:
    assert (why(learning, "first").after, why(learning, "first").opens) == ((), 1)
    learning.mark("first")
    assert why(learning, "second").after == ("First",)
    learning.mark("second", Status.IN_PROGRESS, occurred_on=YESTERDAY)
    assert why(learning, "second").begun_on == YESTERDAY


def test_what_was_skipped_is_no_reason(learning: Learning) -> None:
    learning.mark("first", Status.SKIPPED)
    assert why(learning, "second").after == ()


def test_work_that_waits_says_how_long_an_answer_takes(learning: Learning, milo: User) -> None:
    verified(learning, milo)
    submit(learning, "second")
    (waiting,) = card(learning).waiting
    assert (waiting.milestone.key, waiting.times.usual) == ("second", timedelta(0))


def test_the_expected_wait_is_that_of_the_milestones_page(learning: Learning, milo: User) -> None:
    mina = mentor_of(learning, "Mina", "sample")
    mentor(learning, milo, "sample")
    for hours, (key, who) in enumerate({"first": milo, "second": mina, "see": milo}.items(), start=1):
        handed_in = submit(learning, key)
        learning.at += timedelta(hours=hours)
        review(learning, handed_in, who)
    submit(learning, "look")
    learning.at += timedelta(hours=2)
    enrollment_id, seen_by = learning.enrollment.public_id, learning.person
    shown = find_milestone_page(learning.session, enrollment_id, "look", seen_by=seen_by, at=learning.at)
    (waiting,) = card(learning).waiting
    assert waiting.times == shown.review.times
    assert waiting.times.usual == timedelta(hours=2)


def test_who_mentors_another_roadmap_is_not_expected_to_answer(learning: Learning) -> None:
    add_roadmap(learning.session, sample("other"))
    other = replace(learning, enrollment=enroll(learning.session, learning.person, "other"))
    verified(other, mentor_of(learning, "Mina", "other"))
    times_on = answer_times(learning.session, learning.person.id, at=learning.at)
    assert times_on(other.enrollment.roadmap_id).usual == timedelta(0)
    assert times_on(learning.enrollment.roadmap_id).usual is None


def test_a_mentor_sees_what_waits_and_whom_they_mentor(learning: Learning, milo: User) -> None:
    submit(learning)
    learning.person = milo
    found = page(learning)
    assert ([item.title for item in found.queue], found.mentees) == (["First"], ("Lena",))


def test_the_year_is_that_of_all_roadmaps_together(learning: Learning) -> None:
    learning.mark("first")
    add_roadmap(learning.session, sample("other"))
    other = replace(learning, enrollment=enroll(learning.session, learning.person, "other"))
    other.mark("second")
    calendar = page(learning).calendar
    assert calendar is not None
    assert [(each.day, each.active.finished) for each in calendar.days] == [(TODAY, 2)]


def test_the_week_counts_what_the_year_of_days_counts(learning: Learning) -> None:
    learning.choose(pathways=())
    plan = card(learning).enrollment.plan
    learning.mark("first")
    learning.mark(next(key for key in sample().milestones if key not in plan.milestones))
    shown = page(learning)
    assert shown.calendar is not None
    assert shown.cards[0].finished == shown.calendar.finished == 2
    assert shown.cards[0].week.finished == 1


def test_what_is_in_progress_can_be_set_aside_until_a_day_and_loses_nothing(learning: Learning) -> None:
    learning.mark("join", Status.IN_PROGRESS, occurred_on=YESTERDAY)
    learning.show("join")
    learning.revisit("join", why(learning, "join").aside_until)
    assert steps(learning) == ["first", "habit", "red"]
    state = learning.milestone_state("join")
    assert (state.status, state.occurred_on) == (Status.IN_PROGRESS, YESTERDAY)
    assert len(learning.pieces("join")) == 1
    learning.at += timedelta(weeks=3)
    assert [each.milestone.key for each in card(learning).revisits] == ["join"]
    learning.at += timedelta(weeks=1)
    assert steps(learning) == ["join", "first", "habit"]


def test_a_day_to_come_back_to_what_was_not_started_leaves_it_next(learning: Learning) -> None:
    learning.revisit("first", TODAY + timedelta(days=9))
    assert steps(learning) == ["first", "habit", "red"]
