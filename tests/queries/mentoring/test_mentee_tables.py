"""Mentees as they are asked for: sorted both ways, filtered by reason, with those left out on request."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from roadmap.domain.learning.numbers import Measure, Numbers
from roadmap.domain.learning.targets import Outlook, Track
from roadmap.domain.mentoring.attention import AttentionReason, Concern
from roadmap.queries.mentoring.mentee_tables import (
    HIGHEST_FIRST,
    MenteeOrder,
    MenteesQuery,
    MenteeTable,
    select_mentees,
)
from roadmap.queries.mentoring.mentees import LeftOut, MenteeRow
from tests.support.cast import NOON

DAY = timedelta(days=1)
WAITING, RETURNED, QUIET, LATE = AttentionReason


def outlook(target_on: date | None = None, track: Track | None = None) -> Outlook:
    return Outlook(target_on, None, (0, 0), track=track)


def row(name: str, *reasons: AttentionReason, claimed: int | None = 40, **more: object) -> MenteeRow:
    measure = Measure(claimed or 0, 0 if claimed is None else 100, 4, 0, 0)
    plain = MenteeRow(
        mentorship=name,
        enrollment=name,
        name=name,
        roadmap="Sample",
        language="",
        state="active",
        numbers=Numbers(measure, measure),
        change=0,
        waiting=0,
        waiting_since=None,
        returned=0,
        returned_at=None,
        last_activity=NOON,
        contact_at=NOON,
        outlook=outlook(),
        concerns=tuple(Concern(reason, 30 * DAY) for reason in reasons),
    )
    return replace(plain, **more)


ADA = row("Ada", QUIET, claimed=10, change=-3, last_activity=NOON - 30 * DAY, contact_at=NOON - DAY)
BO = row("Bo", claimed=None, change=None, returned=2)
CY = row("Cy", WAITING, LATE, claimed=90, change=12, waiting=3, outlook=outlook(NOON.date(), Track.LATE))
DEE = row("Dee", claimed=40, contact_at=NOON - 9 * DAY, outlook=outlook(NOON.date() + DAY, Track.ON_TRACK))
ROWS = (ADA, BO, CY, DEE)


def names(rows: tuple[MenteeRow, ...]) -> str:
    return " ".join(each.name for each in rows)


def ask(*rows: MenteeRow, **asked: object) -> MenteeTable:
    return select_mentees(rows, MenteesQuery(**asked))


@pytest.mark.parametrize(
    ("order", "up", "down"),
    [
        (MenteeOrder.NEED, "Bo Dee Ada Cy", "Cy Ada Bo Dee"),
        (MenteeOrder.NAME, "Ada Bo Cy Dee", "Dee Cy Bo Ada"),
        (MenteeOrder.CLAIMED, "Ada Dee Cy Bo", "Cy Dee Ada Bo"),
        (MenteeOrder.CHANGE, "Ada Dee Cy Bo", "Cy Dee Ada Bo"),
        (MenteeOrder.VERIFIED, "Ada Dee Cy Bo", "Cy Dee Ada Bo"),
        (MenteeOrder.WAITING, "Ada Bo Dee Cy", "Cy Ada Bo Dee"),
        (MenteeOrder.RETURNED, "Ada Cy Dee Bo", "Bo Ada Cy Dee"),
        (MenteeOrder.ACTIVITY, "Ada Bo Cy Dee", "Bo Cy Dee Ada"),
        (MenteeOrder.CONTACT, "Dee Ada Bo Cy", "Bo Cy Ada Dee"),
        (MenteeOrder.TARGET, "Cy Dee Ada Bo", "Ada Bo Dee Cy"),
    ],
)
def test_each_order_goes_both_ways_and_equals_stay_by_name(order: MenteeOrder, up: str, down: str) -> None:
    assert names(ask(*ROWS, order=order, is_descending=False).rows) == up
    assert names(ask(*ROWS, order=order, is_descending=True).rows) == down
    assert names(ask(*ROWS, order=order).rows) == (down if order in HIGHEST_FIRST else up)


def test_the_most_in_need_come_first() -> None:
    long, short = row("Abe", QUIET), replace(ADA, name="Abel", concerns=(Concern(QUIET, 22 * DAY),))
    assert names(ask(short, long, *ROWS).rows) == "Cy Abe Ada Abel Bo Dee"


def test_attention_lists_those_with_a_reason() -> None:
    found = ask(*ROWS, order=MenteeOrder.NAME)
    assert (names(found.attention), found.in_need) == ("Cy Ada", 2)
    assert found.reasons == {QUIET: 1, WAITING: 1, LATE: 1}


@pytest.mark.parametrize(("reason", "found"), [(WAITING, "Cy"), (RETURNED, ""), (QUIET, "Ada"), (LATE, "Cy")])
def test_a_reason_filters_both_and_the_counts_stay(reason: AttentionReason, found: str) -> None:
    table = ask(*ROWS, reason=reason)
    assert (names(table.rows), names(table.attention)) == (found, found)
    assert (table.in_need, table.reasons[QUIET], table.total) == (2, 1, 4)


@pytest.mark.parametrize(
    ("words", "found"), [("", "Cy Ada Bo Dee"), ("AD", "Ada"), ("sam", "Cy Ada Bo Dee"), ("nobody", "")]
)
def test_words_are_looked_for_in_names_and_roadmaps(words: str, found: str) -> None:
    assert names(ask(*ROWS, words=words).rows) == found
    assert ask(*ROWS, words=words).total == 4


ACTIVE = row("Active", QUIET)
PAUSED = row("Paused", QUIET, state="paused")
COMPLETE = row("Complete", QUIET, outlook=outlook(track=Track.COMPLETE))
ARCHIVED = row("Archived", QUIET, state="archived", outlook=outlook(track=Track.COMPLETE))
EACH = (ACTIVE, ARCHIVED, COMPLETE, PAUSED)


@pytest.mark.parametrize(
    ("also", "listed", "in_need"),
    [
        ((), "Active Paused", "Active"),
        ((LeftOut.PAUSED,), "Active Paused", "Active Paused"),
        ((LeftOut.COMPLETE,), "Active Complete Paused", "Active Complete"),
        ((LeftOut.ARCHIVED,), "Active Archived Paused", "Active Archived"),
        (LeftOut, "Active Archived Complete Paused", "Active Archived Complete Paused"),
    ],
)
def test_paused_complete_and_archived_are_left_out_unless_asked_for(
    also: tuple[LeftOut, ...], listed: str, in_need: str
) -> None:
    table = ask(*EACH, also=frozenset(also))
    assert (names(table.rows), names(table.attention)) == (listed, in_need)
    assert table.left_out == {LeftOut.PAUSED: 1, LeftOut.COMPLETE: 1, LeftOut.ARCHIVED: 1}


def test_those_left_out_are_not_among_the_most_in_need() -> None:
    rows = ask(row("Also", WAITING, QUIET, state="paused"), row("Bea", QUIET)).rows
    assert [(each.name, len(each.concerns)) for each in rows] == [("Bea", 1), ("Also", 0)]
