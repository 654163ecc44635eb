"""The audit log: filtered by person, kind and day, and as CSV."""

import csv
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import AuditKind
from roadmap.operations.accounts.audits import record
from roadmap.queries.accounts import audits
from roadmap.web.admin.forms import EVENT_WORDS
from tests.support.browsing import Browser, add_account, browser_of
from tests.support.cast import NOON

YESTERDAY = NOON - timedelta(days=1)


@pytest.fixture
def ada(app: Flask, session: Session) -> Browser:
    """An administrator; Émile was disabled on the day of NOON, =Otto registered the day before."""
    browser = browser_of(app, session, add_account(session, "Ada", is_admin=True))
    emile, otto = (
        add_account(session, name, email=f"{name[1:3]}@example.org") for name in ("Émile", "=Otto")
    )
    record(session, AuditKind.REGISTERED, at=YESTERDAY, by=otto, subject=otto, address="192.0.2.1")
    record(session, AuditKind.USER_DISABLED, at=NOON, by=None, subject=emile)
    session.flush()
    return browser


def listed(browser: Browser, query: str) -> list[dict[str, str]]:
    content = browser.get(f"/admin/audits.csv?{query}").data.decode("utf-8-sig")
    return list(csv.DictReader(content.splitlines()))


@pytest.mark.both_databases
def test_the_log_is_filtered_by_person_kind_and_day(ada: Browser) -> None:
    for query, kinds in {
        "person=émile": ["user_disabled"],
        "person=ot@example": ["registered"],
        "person=nobody": [],
        "kind=registered&person=otto": ["registered"],
        "kind=user_disabled": ["user_disabled"],
        "on=2026-03-01": ["registered"],
        "on=2026-03-02&kind=user_disabled": ["user_disabled"],
    }.items():
        assert [row["kind"] for row in listed(ada, query)] == kinds, query
        page = ada.get(f"/admin/audits?{query}").text
        assert ("No entries match." in page) is (not kinds), query
        assert page.count("<tr><td>") == len(kinds), query


@pytest.mark.both_databases
def test_the_filter_by_person_takes_more_people_than_a_statement_has_parameters(
    ada: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audits, "ids_of_people", lambda session, words: list(range(10**6, 10**6 + 70_000)))
    assert "No entries match." in ada.get("/admin/audits?person=otto").text


def test_the_page_names_each_kind_of_event_in_words(ada: Browser) -> None:
    page = ada.get("/admin/audits").text
    assert all(
        f'<option value="{kind.value}">{words}</option>' in page for kind, words in EVENT_WORDS.items()
    )
    assert set(EVENT_WORDS) == set(AuditKind)
    assert "<td>Account disabled</td>" in page


def test_the_csv_has_times_in_utc_and_no_formulas(ada: Browser) -> None:
    assert listed(ada, "kind=registered") == [
        {
            "at": f"{YESTERDAY:%Y-%m-%dT%H:%M:%SZ}",
            "kind": "registered",
            "actor": "'=Otto",
            "subject": "'=Otto",
            "address": "192.0.2.1",
        }
    ]


@pytest.mark.parametrize("day", ["soon", "9999-12-31", "0001-01-01"])
def test_what_is_no_day_is_422_beside_its_field(ada: Browser, day: str) -> None:
    answer = ada.get(f"/admin/audits?on={day}")
    assert (answer.status_code, 'id="on-error"' in answer.text, f'value="{day}"' in answer.text) == (
        422,
        True,
        True,
    )


@pytest.mark.parametrize(
    ("change", "field"), [("disabled", 'name="state"'), ("administrator", 'name="role"')]
)
def test_disabling_and_making_an_administrator_ask_first(
    app: Flask, session: Session, change: str, field: str
) -> None:
    lena = add_account(session, "Lena")
    ada = browser_of(app, session, add_account(session, "Ada", is_admin=True))
    path = f"/admin/accounts/{lena.public_id}/{change}"
    assert f'href="{path}?q=lena"' in ada.get("/admin?q=lena").text
    page = ada.get(f"{path}?q=lena").text
    assert f'value="{change}" {field}' in " ".join(page.split())
    assert 'name="q" value="lena"' in page
    assert (lena.is_disabled, lena.is_admin) == (False, False)
