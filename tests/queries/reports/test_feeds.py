"""What badges and calendars say of an enrollment."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from roadmap.cache.states import states_in
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.numbers import measure
from roadmap.domain.reports.links import LinkPurpose
from roadmap.exports.report_ics import write_ics
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.queries.reports.feeds import find_badge, find_calendar
from tests.support.learning import TODAY, TOMORROW, Learning
from tests.support.mentoring import verified
from tests.support.sharing import feed, token_of


def days_of(learning: Learning, at: datetime) -> list[tuple[str, date]]:
    """The days in the calendar as a calendar program reads them."""
    token = token_of(feed(learning, LinkPurpose.CALENDAR))
    content = write_ics(find_calendar(learning.session, token, at=at))
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return [(str(each["summary"]), each["dtstart"].dt) for each in events]


def test_a_badge_says_what_the_list_says(learning: Learning, milo: User) -> None:
    verified(learning, milo)
    learning.mark("habit")
    badge = find_badge(learning.session, token_of(feed(learning, LinkPurpose.BADGE)), at=learning.at)
    view = find_enrollment(
        learning.session, learning.enrollment.public_id, seen_by=learning.person, at=learning.at
    )
    assert badge == ("Sample", measure(view.plan, states_in(learning.session, view)))


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Pacific/Auckland"])
def test_a_day_stays_in_the_calendar_to_its_end_where_the_learner_is(learning: Learning, zone: str) -> None:
    learning.person.time_zone = zone
    here = learning.at.astimezone(ZoneInfo(zone))
    learning.revisit("first", here.date())
    midnight = here.replace(hour=0, minute=0) + timedelta(days=1)
    assert days_of(learning, midnight - timedelta(minutes=1)) == [("Revisit: First", here.date())]
    assert days_of(learning, midnight) == []


def test_the_calendar_has_the_target_and_the_days_to_revisit(learning: Learning) -> None:
    learning.choose(target_on=TODAY + timedelta(days=99))
    learning.revisit("first", TOMORROW)
    expected = [("Target: Sample", TODAY + timedelta(days=99)), ("Revisit: First", TOMORROW)]
    assert days_of(learning, learning.at) == expected


def test_an_archived_roadmap_has_an_empty_calendar_until_it_comes_back(learning: Learning) -> None:
    learning.revisit("first", TOMORROW)
    learning.choose(state=EnrollmentState.ARCHIVED)
    assert days_of(learning, learning.at) == []
    learning.choose(state=EnrollmentState.ACTIVE)
    assert len(days_of(learning, learning.at)) == 1
