"""Days are the learner's days: in their zone, across daylight-saving changes, never going back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from roadmap.domain.errors import Invalid
from tests.support.cast import add_user
from tests.support.learning import Learning
from tests.support.outlines import add_roadmap, enroll


def learning_in(session: Session, zone: str, at: datetime) -> Learning:
    add_roadmap(session, at=at)
    lena = add_user(session, "Lena", time_zone=zone)
    return Learning(session, lena, enroll(session, lena, at=at), at)


# Which day a moment is in each zone is tested with the rule, in tests/domain/test_local_dates.py.
@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("UTC", "2026-03-02T11:00:00", "2026-03-02"),
        ("Pacific/Honolulu", "2026-03-02T09:59:59", "2026-03-01"),
        ("Pacific/Auckland", "2026-03-02T11:00:00", "2026-03-03"),
    ],
)
def test_a_mark_is_of_the_learners_day(session: Session, zone: str, moment: str, day: str) -> None:
    learning = learning_in(session, zone, datetime.fromisoformat(moment).replace(tzinfo=UTC))
    learning.mark("first")
    event = learning.events()[-1]
    assert (event.recorded_on, event.occurred_on, learning.enrollment.started_on) == (
        *(date.fromisoformat(day), date.fromisoformat(day)),
        date.fromisoformat(day),
    )


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Pacific/Auckland", "UTC"])
def test_the_future_begins_with_the_learners_tomorrow(session: Session, zone: str) -> None:
    learning = learning_in(session, zone, datetime(2026, 3, 2, 11, 30, tzinfo=UTC))
    today = learning.enrollment.started_on
    learning.mark("first", occurred_on=today)
    with pytest.raises(Invalid, match="future"):
        learning.mark("second", occurred_on=today + timedelta(days=1))


def test_a_revisit_day_may_be_the_learners_today(session: Session) -> None:
    learning = learning_in(session, "Pacific/Honolulu", datetime(2026, 3, 2, 5, 0, tzinfo=UTC))
    assert learning.revisit("first", date(2026, 3, 1)) is not None


def test_days_on_record_never_go_back_when_the_learner_travels(session: Session) -> None:
    learning = learning_in(session, "Pacific/Auckland", datetime(2026, 3, 2, 12, 0, tzinfo=UTC))
    learning.person.time_zone = "Pacific/Honolulu"
    learning.mark("first")
    assert [event.recorded_on for event in learning.events()] == [date(2026, 3, 3)] * 4
    assert learning.milestone_state("first").occurred_on == date(2026, 3, 2)


def test_a_clock_that_was_set_back_moves_no_day_back(session: Session) -> None:
    learning = learning_in(session, "UTC", datetime(2026, 3, 2, 12, 0, tzinfo=UTC))
    learning.at -= timedelta(days=5)
    learning.mark("first")
    assert learning.events()[-1].recorded_on == date(2026, 3, 2)
