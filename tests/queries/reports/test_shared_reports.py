"""The report behind a link: what was chosen and nothing else, while the link holds where its owner is."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.progress import Status
from roadmap.domain.reports.links import Share
from roadmap.domain.reports.reports import ProgressReport, ReportQuery
from roadmap.queries.reports.reports import find_report
from roadmap.queries.reports.shares import find_shared_report
from tests.support.learning import TODAY, Learning
from tests.support.mentoring import verified
from tests.support.sharing import DAY, EVERYTHING, share, token_of

HOUR = timedelta(hours=1)


def opened(learning: Learning, link: Share, at: datetime | None = None) -> ProgressReport:
    return find_shared_report(learning.session, token_of(link), at=at or learning.at).report


def worked(learning: Learning, milo: User) -> None:
    """Lena shows and hands in `first`, skips `second` with a reason, and has a private note."""
    learning.show("first", "My work")
    verified(learning, milo)
    learning.mark("second", Status.SKIPPED, reason="At my job")
    learning.note("first", "Nobody reads this")


def test_with_everything_it_is_the_report_that_its_learner_sees(learning: Learning, milo: User) -> None:
    worked(learning, milo)
    own = find_report(
        learning.session,
        learning.enrollment.public_id,
        ReportQuery(),
        seen_by=learning.person,
        at=learning.at,
    )
    assert opened(learning, share(learning, **EVERYTHING)) == replace(own, outlook=None)
    assert "Nobody reads this" not in str(own)


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        ({}, set()),
        ({"shows_names": True}, {"Milo"}),
        ({"shows_evidence": True}, {"My work", "At my job"}),
        (EVERYTHING, {"My work", "At my job", "Milo"}),
    ],
)
def test_it_shows_what_was_chosen(
    learning: Learning, milo: User, choice: dict[str, bool], shown: set[str]
) -> None:
    worked(learning, milo)
    text = str(opened(learning, share(learning, **choice)))
    assert {each for each in ("My work", "At my job", "Milo", "Nobody reads this") if each in text} == shown


def test_a_live_link_follows_and_one_as_of_a_day_stands_still(learning: Learning) -> None:
    live, still = share(learning), share(learning, as_of=TODAY)
    learning.mark("first")
    done = learning.at + 2 * DAY
    learning.at = done
    learning.mark("habit")
    found = [opened(learning, each, done) for each in (live, still)]
    assert [each.as_of for each in found] == [TODAY + 2 * DAY, TODAY]
    assert [each.claimed.milestones_done for each in found] == [2, 1]


@pytest.mark.parametrize(
    ("zone", "last_hour"),
    [("UTC", 11), ("Pacific/Honolulu", 21), ("Pacific/Auckland", 22)],
)
def test_it_holds_to_the_end_of_its_last_day_where_its_owner_is(
    learning: Learning, zone: str, last_hour: int
) -> None:
    learning.person.time_zone = zone
    link = share(learning, expires_on=learning.at.astimezone(ZoneInfo(zone)).date())
    assert opened(learning, link, learning.at + last_hour * HOUR)
    with pytest.raises(NotFound):
        opened(learning, link, learning.at + (last_hour + 1) * HOUR)


def test_a_link_of_a_disabled_account_leads_nowhere_until_it_is_enabled(learning: Learning) -> None:
    link = share(learning)
    learning.person.disabled_at = learning.at
    with pytest.raises(NotFound):
        opened(learning, link)
    learning.person.disabled_at = None
    assert opened(learning, link)


def test_a_day_that_came_where_the_link_was_made_stays_one(learning: Learning) -> None:
    learning.person.time_zone = "Pacific/Auckland"
    link = share(learning, as_of=TODAY + DAY)
    learning.person.time_zone = "Pacific/Honolulu"
    assert opened(learning, link).as_of == TODAY + DAY
