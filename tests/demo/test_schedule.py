"""The data of the demo: mistakes are named with their place, and the order holds on any day of the year."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from roadmap.demo.entries import Entry, read_entries
from roadmap.demo.people import read_cast
from roadmap.demo.player import ACTIONS, TEAM_ROADMAP
from roadmap.demo.schedule import DemoFault, check_entries, schedule_entries
from roadmap.imports.outlines import read_outline

ENTRIES = read_entries(read_cast())
# All times of day over a New Year, then all days of the week through a year that has a leap day.
ENDS = [
    *(datetime(2027, 12, 30, 0, 5, tzinfo=UTC) + timedelta(hours=hours) for hours in range(0, 7 * 24, 9)),
    *(datetime(2027, 6, 1, 23, 55, tzinfo=UTC) + timedelta(days=days) for days in range(0, 366, 6)),
]


def faults_of(end: datetime) -> list[str]:
    """Entries that come before what they follow in the data: on one milestone, or among the other events."""
    moments = {id(entry): moment for moment, entry in schedule_entries(ENTRIES, end=end)}
    threads = defaultdict(list)
    for entry in ENTRIES:
        threads[entry.learner.handle, entry.roadmap, entry.milestone].append(entry)
    return [
        f"{end:%F %H:%M}: {second} is not after {first}"
        for thread in threads.values()
        for first, second in pairwise(thread)
        if moments[id(second)] < moments[id(first)]
    ]


def test_entries_follow_each_other_on_any_day() -> None:
    assert [fault for end in ENDS for fault in faults_of(end)] == []


def checked(**changes: str) -> None:
    team = read_outline(TEAM_ROADMAP.read_bytes())
    entry = next(entry for entry in ENTRIES if entry.roadmap == team.slug and entry.milestone)
    check_entries([replace(entry, **changes)], ACTIONS, {team.slug: [team]})


def test_the_data_checked_alone_have_no_fault() -> None:
    checked()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            {"milestone": "meet-the-taem"},
            "elin / first-weeks / meet-the-taem / .*: first-weeks has no milestone",
        ),
        ({"action": "finish"}, "there is no action “finish”"),
        ({"roadmap": "second-weeks"}, "there is no roadmap “second-weeks”"),
    ],
)
def test_a_mistake_is_named_with_its_place(changes: dict[str, str], fault: str) -> None:
    with pytest.raises(DemoFault, match=fault):
        checked(**changes)


@pytest.mark.parametrize("when", ["12 Tues", "0 Mon", "yesterday", "2 days ago"])
def test_a_moment_that_cannot_be_read_is_named_with_its_place(when: str) -> None:
    entry: Entry = replace(ENTRIES[0], when=when)
    with pytest.raises(DemoFault, match=f"ingrid / join {when}: “{when}” is no moment"):
        schedule_entries([entry], end=ENDS[0])
