"""What administrators do to accounts."""

import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import Audit
from roadmap.domain.accounts.users import User
from tests.support.browsing import Browser, add_account, browser_of


@pytest.fixture
def ada(app: Flask, session: Session) -> Browser:
    return browser_of(app, session, add_account(session, "Ada", is_admin=True))


@pytest.fixture
def lena(session: Session) -> User:
    return add_account(session, "Lena")


def kinds(session: Session) -> list[str]:
    return [str(kind) for kind in session.scalars(select(Audit.kind).order_by(Audit.id))]


def test_accounts_are_listed_and_searched(ada: Browser, lena: User) -> None:
    assert "lena@example.org" in ada.get("/admin").text
    assert "lena@example.org" in ada.get("/admin?q=LEN").text
    assert "lena@example.org" not in ada.get("/admin?q=100%25").text


def test_nobody_whose_sessions_have_ended_is_said_to_have_never_signed_in(ada: Browser, lena: User) -> None:
    page = ada.get("/admin").text
    assert ("not signed in" in page, "never signed in" in page, "last seen" in page) == (True, False, True)


@pytest.mark.parametrize(
    ("name", "typed"), [("Émile", "émile"), ("Åsa", "åsa"), ("İpek", "ipek"), ("Ольга", "ольга")]
)
def test_accounts_are_found_without_regard_to_case_in_any_script(
    ada: Browser, session: Session, name: str, typed: str
) -> None:
    add_account(session, name, email="someone@example.org")
    assert "someone@example.org" in ada.get("/admin", query_string={"q": typed}).text
    assert "someone@example.org" in ada.get("/admin", query_string={"q": name.upper()}).text


def test_accounts_come_in_pages(ada: Browser, session: Session) -> None:
    for number in range(60):
        add_account(session, f"P{number:02}")
    first = ada.get("/admin").text
    after = re.search(r"after=(\w+)", first)
    assert after is not None
    second = ada.get(f"/admin?after={after[1]}").text
    assert ("p10@example.org" in first, "p59@example.org" in first) == (True, False)
    assert ("p10@example.org" in second, "p59@example.org" in second) == (False, True)


def test_disabling_signs_out_and_enabling_lets_in_again(
    app: Flask, ada: Browser, session: Session, lena: User
) -> None:
    browser = browser_of(app, session, lena)
    path = f"/admin/accounts/{lena.public_id}/state"
    assert ada.post(path, state="disabled").status_code == 303
    assert not browser.is_signed_in()
    assert browser.sign_in("lena@example.org").status_code == 422
    ada.post(path, state="active")
    assert browser.sign_in("lena@example.org").status_code == 303
    assert [each for each in kinds(session) if each.startswith("user")] == ["user_disabled", "user_enabled"]


def test_a_change_leads_back_to_the_page_it_was_made_on(ada: Browser, lena: User) -> None:
    page = ada.get("/admin?q=lena").text
    assert '<input type="hidden" name="q" value="lena">' in page
    answer = ada.post(f"/admin/accounts/{lena.public_id}/state", state="disabled", q="lena", after="")
    assert answer.headers["Location"].endswith("/admin?q=lena")


def test_an_approval_leads_back_to_the_page_it_was_asked_for_on(ada: Browser, lena: User) -> None:
    path = f"/admin/accounts/{lena.public_id}/approval"
    assert f'href="{path}?q=lena"' in ada.get("/admin?q=lena").text
    assert '<input type="hidden" name="q" value="lena">' in ada.get(f"{path}?q=lena").text
    assert ada.post(path, q="lena").location == "/admin?q=lena"
    revoking = (
        ada.get("/admin?q=lena").text.partition(f'action="{path}/withdrawal"')[2].partition("</form>")[0]
    )
    assert '<input type="hidden" name="q" value="lena">' in revoking
    assert ada.post(f"{path}/withdrawal", q="lena").location == "/admin?q=lena"


def test_administrators_are_made_and_unmade(ada: Browser, session: Session, lena: User) -> None:
    for role, is_admin in (("administrator", True), ("person", False)):
        ada.post(f"/admin/accounts/{lena.public_id}/role", role=role)
        session.refresh(lena)
        assert lena.is_admin is is_admin
    assert kinds(session)[-2:] == ["admin_made", "admin_ended"]


@pytest.mark.parametrize(
    ("path", "fields"),
    [("state", {"state": "disabled"}), ("role", {"role": "person"}), ("deletion", {})],
)
def test_the_last_administrator_stays(
    ada: Browser, session: Session, lena: User, path: str, fields: dict[str, str]
) -> None:
    own = session.scalars(select(User).where(User.name == "Ada")).one()
    answer = ada.post(f"/admin/accounts/{own.public_id}/{path}", **fields)
    assert answer.status_code == 409
    assert ada.get("/admin").status_code == 200


def test_a_disabled_administrator_does_not_count_as_one_left(
    app: Flask, ada: Browser, session: Session
) -> None:
    other = add_account(session, "Milo", is_admin=True)
    ada.post(f"/admin/accounts/{other.public_id}/state", state="disabled")
    own = session.scalars(select(User).where(User.name == "Ada")).one()
    assert ada.post(f"/admin/accounts/{own.public_id}/role", role="person").status_code == 409


@pytest.mark.both_databases
def test_an_account_is_deleted_after_a_question(ada: Browser, session: Session, lena: User) -> None:
    path = f"/admin/accounts/{lena.public_id}/deletion"
    assert "Lena" in ada.get(path).text
    assert session.scalars(select(User.name).where(User.name == "Lena")).one()
    assert ada.post(path).status_code == 303
    assert session.scalars(select(User.name)).all() == ["Ada"]
    assert ada.post(path).status_code == 404


def test_a_reset_is_started_shown_once_and_audited(
    app: Flask, ada: Browser, session: Session, lena: User
) -> None:
    ada.post(f"/admin/accounts/{lena.public_id}/reset")
    link = re.search(r"/password/reset/[\w-]+", ada.get("/admin").text)
    assert link is not None
    assert "/password/reset/" not in ada.get("/admin").text
    assert Browser(app).post(link[0], password="an otter under the old bridge").status_code == 303
    assert "password_reset_asked" in kinds(session)


@pytest.mark.parametrize(
    ("path", "fields"), [("state", {"state": "x"}), ("role", {}), ("role", {"role": "king"})]
)
def test_unknown_states_and_roles_are_422(
    ada: Browser, lena: User, path: str, fields: dict[str, str]
) -> None:
    assert ada.post(f"/admin/accounts/{lena.public_id}/{path}", **fields).status_code == 422


def test_the_audit_log_names_who_did_what(ada: Browser, lena: User) -> None:
    ada.post(f"/admin/accounts/{lena.public_id}/state", state="disabled")
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", ada.get("/admin/audits").text)).casefold()
    assert re.search(r"disabled.{0,40}ada.{0,40}lena", page)


def test_an_administrator_sees_nothing_of_what_people_learn(ada: Browser, lena: User) -> None:
    page = ada.get("/admin").text
    assert "enrollment" not in page.casefold()


def test_what_people_do_to_themselves_is_said_shortly(session: Session, ada: Browser) -> None:
    ada.post("/settings/sessions")
    assert '<td data-label="Target">(self)</td>' in ada.get("/admin/audits").text
