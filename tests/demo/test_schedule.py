"""The data of the demo: mistakes are named with their place, and the order holds on any day of the year."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise

import pytest

from roadmap.demo.entries import (
    FOLDER,
    DemoDataError,
    Entry,
    check_entries,
    read_cast,
    read_entries,
    schedule_entries,
)
from roadmap.demo.player import ACTIONS, TEAM_ROADMAP
from roadmap.imports.outlines import read_outline

ENTRIES = read_entries(read_cast())
NEEDED = {"enroll": "join", "invite": "enroll", "accept": "invite", "submit": "accept", "start": "enroll"}
# All times of day over a New Year, then all days of the week through a year that has a leap day.
ENDS = [
    *(datetime(2027, 12, 30, 0, 5, tzinfo=UTC) + timedelta(hours=hours) for hours in range(0, 7 * 24, 11)),
    *(datetime(2027, 6, 1, 23, 55, tzinfo=UTC) + timedelta(days=days) for days in range(0, 366, 8)),
]

Schedule = list[tuple[datetime, Entry]]


def early_on_its_place(schedule: Schedule) -> list[str]:
    """Entries that come before the one above them: among the events of a roadmap, or on one milestone."""
    moments = {id(entry): moment for moment, entry in schedule}
    places = groupby(ENTRIES, key=lambda entry: (entry.learner.handle, entry.roadmap, entry.milestone))
    return [
        f"{second} is not after {first}"
        for _, entries in places
        for first, second in pairwise(entries)
        if moments[id(second)] < moments[id(first)]
    ]


def early_for_its_learner(schedule: Schedule) -> list[str]:
    """Entries that come before something which their learner has to have done once."""
    done: set[tuple[str, str]] = set()
    faults = []
    for _, entry in schedule:
        handle, needed = entry.learner.handle, NEEDED.get(entry.action)
        if needed and (handle, needed) not in done:
            faults.append(f"{entry} is not after {needed}")
        done.add((handle, entry.action))
    return faults


def test_entries_follow_each_other_on_any_day() -> None:
    faults = {}
    for end in ENDS:
        schedule = schedule_entries(ENTRIES, end=end)
        assert len(schedule) == len(ENTRIES) > 1500
        faults[end] = early_on_its_place(schedule) + early_for_its_learner(schedule)
    assert {end: found for end, found in faults.items() if found} == {}


def test_the_same_end_has_the_same_history() -> None:
    once, again = (schedule_entries(read_entries(read_cast()), end=ENDS[0]) for _ in range(2))
    assert [str(one[1]) for one, other in zip(once, again, strict=True) if one != other] == []


def test_no_milestone_has_two_lines() -> None:
    lines = [
        (path.stem, key)
        for path in (FOLDER / "histories").glob("*.yaml")
        for key in re.findall(r"^    ([a-z-]+): \[", path.read_text(), re.MULTILINE)
    ]
    assert len(lines) > 400
    assert [line for line, times in Counter(lines).items() if times > 1] == []


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
        ({"action": "verify", "value": "henrk"}, "there is no person “henrk”"),
    ],
)
def test_a_mistake_is_named_with_its_place(changes: dict[str, str], fault: str) -> None:
    with pytest.raises(DemoDataError, match=fault):
        checked(**changes)


@pytest.mark.parametrize("when", ["12 Tues", "0 Mon", "yesterday", "2 days ago"])
def test_a_moment_that_cannot_be_read_is_named_with_its_place(when: str) -> None:
    entry: Entry = replace(ENTRIES[0], when=when)
    with pytest.raises(DemoDataError, match=f"ingrid / join {when}: “{when}” is no moment"):
        schedule_entries([entry], end=ENDS[0])
