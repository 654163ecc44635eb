"""The client's address is an address: no port, brackets or spelling gives somebody a limit of their own."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import Audit
from roadmap.web.accounts import authentication
from roadmap.web.limits.rate_limits import plain_address
from tests.support.browsing import Browser, add_account
from tests.support.fixtures.web import LendApp

ALLOWED = 3
PLACES: dict[str, Callable[[int], str]] = {
    "port": lambda i: f"203.0.113.9:{40_000 + i}",
    "IPv6 and port": lambda i: f"[2001:db8::1]:{40_000 + i}",
    "IPv4 in IPv6": lambda i: f"[::ffff:203.0.113.9]:{i + 1}" if i % 2 else "203.0.113.9",
    "one network": lambda i: f"2001:db8:0:7::{i:x}",
}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("203.0.113.9:40000", "203.0.113.9"),
        ("[2001:db8::1]:40000", "2001:db8::1"),
        ("[2001:DB8:0::1]", "2001:db8::1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("fe80::1%eth0", "fe80::1"),
        ("unknown", "unknown"),
        ("_hidden:7", "_hidden:7"),
        ("", ""),
    ],
)
def test_an_address_has_one_spelling(text: str, address: str) -> None:
    assert plain_address(text) == address


@pytest.fixture
def browser(lend_app: LendApp, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Behind a proxy, where three wrong passwords from one network are allowed, so that a fourth tells."""
    monkeypatch.setattr(authentication, "FROM_ONE_ADDRESS", ALLOWED)
    return Browser(lend_app(proxies=1))


def wrong_passwords(browser: Browser, address: Callable[[int], str], times: int) -> list[int]:
    token = browser.token()
    data = {"csrf_token": token, "password": "not the right words at all"}
    return [
        browser.client.post(
            "/login", data=data | {"email": f"p{i}@example.org"}, headers={"X-Forwarded-For": address(i)}
        ).status_code
        for i in range(times)
    ]


@pytest.mark.parametrize("place", PLACES)
def test_limits_count_the_network_of_a_client(browser: Browser, place: str) -> None:
    answers = wrong_passwords(browser, PLACES[place], ALLOWED + 2)
    assert answers == [422] * ALLOWED + [429] * 2


def test_other_networks_have_limits_of_their_own(browser: Browser) -> None:
    answers = wrong_passwords(browser, lambda i: f"2001:db8:0:{i:x}::1", ALLOWED + 2)
    assert set(answers) == {422}


def test_the_audit_log_has_the_address_alone(browser: Browser, session: Session) -> None:
    add_account(session, "Lena")
    data = {"csrf_token": browser.token(), "email": "lena@example.org", "password": "not the right words"}
    browser.client.post("/login", data=data, headers={"X-Forwarded-For": "[2001:db8::9]:4711"})
    assert session.scalars(select(Audit.address)).all()[-1] == "2001:db8::9"
