"""What was done on which day and in which week."""

from datetime import date, timedelta

from roadmap.domain.learning.activities import ActiveDay, Mark, Setting, active_days, days_together, weeks_of
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.progress import MilestoneState, Status
from roadmap.domain.roadmaps.plans import make_plan
from tests.support.outlines import sample

MONDAY = date(2026, 3, 2)
TUESDAY, SUNDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=6)
DONE, BEGUN, OPEN = Status.DONE, Status.IN_PROGRESS, Status.NOT_STARTED
START = Setting(MONDAY, 6.0, EnrollmentState.ACTIVE)
PLAN = make_plan(sample(), ())


def test_a_milestone_counts_on_the_day_it_was_begun_and_on_the_day_it_was_finished() -> None:
    marks = [Mark(1, BEGUN, MONDAY, known=False), Mark(1, DONE, SUNDAY, known=False)]
    assert active_days(marks) == {MONDAY: ActiveDay(1, 0), SUNDAY: ActiveDay(0, 1)}


def test_a_corrected_day_leaves_the_first_one_empty() -> None:
    marks = [Mark(1, DONE, TUESDAY, known=False), Mark(1, DONE, MONDAY, known=False)]
    assert active_days(marks) == {MONDAY: ActiveDay(0, 1)}


def test_what_was_taken_back_skipped_or_known_before_counts_on_no_day() -> None:
    marks = [Mark(1, BEGUN, MONDAY, known=False), Mark(1, OPEN, MONDAY, known=False)]
    marks += [Mark(2, DONE, MONDAY, known=False), Mark(2, Status.SKIPPED, MONDAY, known=False)]
    assert active_days([*marks, Mark(3, DONE, MONDAY, known=True)]) == {}


def test_roadmaps_together_add_up_by_day() -> None:
    both = days_together([{MONDAY: ActiveDay(1, 0)}, {MONDAY: ActiveDay(0, 2), SUNDAY: ActiveDay(1, 0)}])
    assert both == {MONDAY: ActiveDay(1, 2), SUNDAY: ActiveDay(1, 0)}


def weeks(*settings: Setting, today: date, **done: date) -> list[tuple[float, float | None, bool]]:
    states = {key: MilestoneState(DONE, day) for key, day in done.items()}
    found = weeks_of(PLAN, states, settings, started_on=MONDAY, today=today)
    return [(float(week.hours), week.goal, week.is_paused) for week in found]


def test_a_week_holds_middle_hours_from_monday_to_sunday() -> None:
    found = weeks(START, today=SUNDAY + timedelta(days=1), first=MONDAY, second=SUNDAY)
    assert found[-2:] == [(6.0, 6.0, False), (0.0, 6.0, False)]


def test_weeks_before_the_start_have_no_goal_and_there_are_twelve_at_least() -> None:
    found = weeks(START, today=MONDAY)
    assert (len(found), found[0]) == (12, (0.0, None, False))


def test_a_long_record_shows_half_a_year() -> None:
    assert len(weeks(START, today=MONDAY + timedelta(weeks=80))) == 26


def test_the_goal_of_a_week_is_the_one_set_at_its_end() -> None:
    later = Setting(SUNDAY, 9.0, EnrollmentState.ACTIVE)
    assert weeks(START, later, today=SUNDAY)[-1][1] == 9.0


def test_a_week_that_was_mostly_paused_says_so() -> None:
    pause = Setting(TUESDAY, 6.0, EnrollmentState.PAUSED)
    assert weeks(START, pause, today=SUNDAY)[-1][2]
