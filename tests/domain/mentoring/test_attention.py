"""Why a mentee needs attention: at, below and above each threshold."""

from datetime import timedelta

import pytest

from roadmap.domain.mentoring.attention import AttentionReason, Concern, concerns_about, need_of
from tests.support.cast import NOON

DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)


def concerns(
    waited: timedelta | None = None,
    returned: timedelta | None = None,
    silent: timedelta = timedelta(),
    *,
    is_late: bool = False,
) -> tuple[Concern, ...]:
    return concerns_about(
        waiting_since=None if waited is None else NOON - waited,
        returned_at=None if returned is None else NOON - returned,
        active_at=NOON - silent,
        is_late=is_late,
        at=NOON,
    )


def test_nobody_needs_attention_without_a_reason() -> None:
    assert concerns() == ()


@pytest.mark.parametrize(
    ("waited", "is_long"),
    [
        (None, False),
        (timedelta(), False),
        (3 * DAY - MOMENT, False),
        (3 * DAY, False),
        (3 * DAY + MOMENT, True),
        (40 * DAY, True),
    ],
)
def test_waiting_is_long_over_three_days(waited: timedelta | None, is_long: bool) -> None:
    expected = (Concern(AttentionReason.WAITING, waited),) if waited is not None and is_long else ()
    assert concerns(waited=waited) == expected


@pytest.mark.parametrize(
    ("returned", "is_long"),
    [
        (None, False),
        (timedelta(), False),
        (14 * DAY - MOMENT, False),
        (14 * DAY, False),
        (14 * DAY + MOMENT, True),
        (90 * DAY, True),
    ],
)
def test_returned_work_is_left_alone_after_fourteen_days(returned: timedelta | None, is_long: bool) -> None:
    expected = (Concern(AttentionReason.RETURNED, returned),) if returned is not None and is_long else ()
    assert concerns(returned=returned) == expected


@pytest.mark.parametrize(
    ("silent", "is_quiet"),
    [(timedelta(), False), (21 * DAY - MOMENT, False), (21 * DAY, True), (21 * DAY + MOMENT, True)],
)
def test_nothing_on_record_for_twenty_one_days_is_quiet(silent: timedelta, is_quiet: bool) -> None:
    assert concerns(silent=silent) == ((Concern(AttentionReason.QUIET, silent),) if is_quiet else ())


@pytest.mark.parametrize(("is_late", "count"), [(True, 1), (False, 0)])
def test_late_against_the_target_is_a_reason(is_late: bool, count: int) -> None:
    assert concerns(is_late=is_late) == (Concern(AttentionReason.LATE),) * count


def test_all_reasons_can_come_together_in_one_order() -> None:
    found = concerns(4 * DAY, 15 * DAY, 22 * DAY, is_late=True)
    assert [concern.reason for concern in found] == list(AttentionReason)


def test_more_reasons_are_more_urgent_than_longer_ones() -> None:
    one, two = concerns(silent=300 * DAY), concerns(waited=4 * DAY, is_late=True)
    assert need_of(()) < need_of(one) < need_of(two)
    assert need_of(concerns(silent=22 * DAY)) < need_of(one)
