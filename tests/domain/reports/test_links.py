"""Secret links: their tokens, when a share link expires, and of which days it may show a report."""

import re
from datetime import date, timedelta

import pytest

from roadmap.domain.accounts.sessions import hash_secret
from roadmap.domain.errors import Invalid
from roadmap.domain.reports.links import (
    Feed,
    LinkPurpose,
    Share,
    check_share_days,
    derive_token,
    latest_expiry,
    new_nonce,
    token_of,
)
from tests.support.cast import KEY, NOON

TODAY = NOON.date()
STARTED = TODAY - timedelta(days=10)
DAY = timedelta(days=1)


def check(expires_on: date = TODAY, as_of: date | None = None) -> None:
    check_share_days(expires_on, as_of, today=TODAY, started_on=STARTED)


@pytest.mark.parametrize("as_of", [None, STARTED, TODAY])
@pytest.mark.parametrize("expires_on", [TODAY, TODAY.replace(year=TODAY.year + 1)])
def test_days_up_to_the_last_allowed_ones_are_taken(expires_on: date, as_of: date | None) -> None:
    check(expires_on, as_of)


@pytest.mark.parametrize(
    ("field", "days"),
    [
        ("expires_on", (TODAY - DAY, None)),
        ("expires_on", (TODAY.replace(year=TODAY.year + 1) + DAY, None)),
        ("expires_on", (date.max, None)),
        ("as_of", (TODAY, TODAY + DAY)),
        ("as_of", (TODAY, STARTED - DAY)),
    ],
)
def test_a_day_beyond_them_is_refused_beside_its_field(field: str, days: tuple[date, date | None]) -> None:
    with pytest.raises(Invalid) as error:
        check(*days)
    assert list(error.value.errors) == [field]


def test_a_year_after_a_leap_day_ends_with_february() -> None:
    assert latest_expiry(date(2028, 2, 29)) == date(2029, 2, 28)


def test_a_link_holds_to_the_end_of_its_last_day_unless_it_is_revoked() -> None:
    link = Share(
        enrollment_id=1,
        nonce="",
        token_hash="",
        created_at=NOON,
        created_on=TODAY,
        expires_on=TODAY,
        as_of=None,
        shows_evidence=False,
        shows_names=False,
    )
    assert (link.is_open(TODAY), link.is_open(TODAY + DAY)) == (True, False)
    link.revoked_at = NOON
    assert not link.is_open(TODAY)


def test_a_secret_depends_on_key_purpose_and_the_random_bits_of_its_row() -> None:
    tokens = {
        derive_token(key, purpose, nonce)
        for key in (KEY, "other")
        for purpose in LinkPurpose
        for nonce in "ab"
    }
    assert len(tokens) == 12
    assert derive_token(KEY, LinkPurpose.SHARE, "a") in tokens


def test_a_secret_has_256_bits_and_needs_no_escaping_in_an_address() -> None:
    assert re.fullmatch(r"[\w-]{43}", derive_token(KEY, LinkPurpose.SHARE, new_nonce()), re.ASCII)


def test_a_link_is_shown_again_until_the_key_changes() -> None:
    token = derive_token(KEY, LinkPurpose.BADGE, "a")
    feed = Feed(
        enrollment_id=1,
        purpose=LinkPurpose.BADGE,
        nonce="a",
        token_hash=hash_secret(token),
        created_at=NOON,
    )
    assert token_of(feed, KEY) == token
    assert token_of(feed, "another key") is None
