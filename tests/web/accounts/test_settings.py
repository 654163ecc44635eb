"""What people set about themselves."""

import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import Audit, AuditKind
from roadmap.domain.accounts.mails import Mail
from roadmap.domain.accounts.users import User
from tests.support.browsing import Browser, add_account, browser_of
from tests.support.cast import PASSWORD

NEW = "an otter under the old bridge"


@pytest.fixture
def lena(session: Session) -> User:
    add_account(session, "Ada", is_admin=True)
    return add_account(session, "Lena")


@pytest.fixture
def browser(app: Flask, session: Session, lena: User) -> Browser:
    return browser_of(app, session, lena)


@pytest.mark.both_databases
def test_name_zone_and_keys_are_saved(browser: Browser, session: Session, lena: User) -> None:
    assert browser.post("/settings", name=" Lena L. ", time_zone="Asia/Tokyo").status_code == 303
    session.refresh(lena)
    assert (lena.name, lena.time_zone, lena.letter_keys) == ("Lena L.", "Asia/Tokyo", False)


@pytest.mark.both_databases
def test_the_zone_of_the_person_is_chosen_in_the_form(browser: Browser) -> None:
    browser.post("/settings", name="Lena", time_zone="Asia/Tokyo")
    page = browser.get("/settings").text
    assert '<option selected value="Asia/Tokyo">Asia/Tokyo</option>' in page
    assert page.count("<option selected ") == 1


@pytest.mark.parametrize(
    "fields", [{"name": ""}, {"name": "L", "time_zone": "Mars/Olympus"}, {"name": "L" * 101}]
)
def test_settings_that_do_not_fit_are_422_and_kept(browser: Browser, fields: dict[str, str]) -> None:
    answer = browser.post("/settings", **{"time_zone": "UTC", **fields})
    assert answer.status_code == 422
    assert f'value="{fields["name"]}"' in answer.text


@pytest.mark.both_databases
def test_the_password_is_changed_and_other_sessions_end(
    app: Flask, session: Session, browser: Browser, lena: User
) -> None:
    elsewhere = browser_of(app, session, lena)
    assert browser.post("/settings/password", password=PASSWORD, new_password=NEW).status_code == 303
    assert (browser.is_signed_in(), elsewhere.is_signed_in()) == (True, False)
    assert Browser(app).sign_in("lena@example.org", NEW).status_code == 303


@pytest.mark.parametrize(
    ("present", "new", "reason"),
    [("not my password at all", NEW, "Incorrect password"), (PASSWORD, "short", "15 characters")],
)
def test_the_password_stays_with_a_reason(browser: Browser, present: str, new: str, reason: str) -> None:
    answer = browser.post("/settings/password", password=present, new_password=new)
    assert answer.status_code == 422
    assert reason in answer.text


def test_the_address_changes_only_by_the_link_sent_to_the_new_one(
    browser: Browser, session: Session, lena: User
) -> None:
    browser.post("/settings/address", email="new@example.org", password=PASSWORD)
    mails = {mail.recipient: mail.body or "" for mail in session.scalars(select(Mail))}
    assert "new@example.org" in mails["lena@example.org"]
    assert "/address/" not in mails["lena@example.org"]
    link = re.search(r"/address/\S+", mails["new@example.org"])
    assert link is not None
    assert browser.get(link[0]).status_code == 200
    session.refresh(lena)
    assert lena.email == "lena@example.org"
    assert lena.email_confirmed_at is None
    assert browser.post(link[0]).status_code == 303
    session.refresh(lena)
    assert lena.email == "new@example.org"
    assert lena.email_confirmed_at is not None


def test_a_taken_address_gets_the_same_answer_and_no_link(browser: Browser, session: Session) -> None:
    answer = browser.post("/settings/address", email="ada@example.org", password=PASSWORD)
    assert answer.status_code == 303
    bodies = session.scalars(select(Mail.body)).all()
    assert bodies
    assert not any("/address/" in (body or "") for body in bodies)


def test_the_address_needs_the_password(browser: Browser, session: Session) -> None:
    assert browser.post("/settings/address", email="n@example.org", password="wrong").status_code == 422
    assert session.scalars(select(Mail)).all() == []


def test_a_new_address_makes_older_reset_links_useless(
    app: Flask, browser: Browser, session: Session, lena: User
) -> None:
    Browser(app).post("/password/forgotten", email="lena@example.org")
    browser.post("/settings/address", email="new@example.org", password=PASSWORD)
    bodies = "".join(body or "" for body in session.scalars(select(Mail.body)))
    address = re.search(r"/address/\S+", bodies)
    reset = re.search(r"/password/reset/\S+", bodies)
    assert address is not None
    assert reset is not None
    browser.post(address[0])
    assert Browser(app).get(reset[0]).status_code == 404


def numbers(browser: Browser) -> list[str]:
    return re.findall(r'name="which" value="(\d+)"', browser.get("/settings/sessions").text)


def test_a_session_is_ended_from_the_list(app: Flask, session: Session, browser: Browser, lena: User) -> None:
    elsewhere = browser_of(app, session, lena)
    [other] = set(numbers(browser)) - {max(numbers(browser), key=int)} or {""}
    assert browser.post("/settings/sessions", which=max(numbers(browser), key=int)).status_code == 303
    assert (browser.is_signed_in(), elsewhere.is_signed_in()) == (True, False)
    assert numbers(browser) == [other]


@pytest.mark.parametrize(("which", "stays"), [("others", True), ("all", False)])
def test_all_others_or_all_are_ended(
    app: Flask, session: Session, browser: Browser, lena: User, which: str, stays: bool
) -> None:
    elsewhere = browser_of(app, session, lena)
    browser.post("/settings/sessions", which=which)
    assert (browser.is_signed_in(), elsewhere.is_signed_in()) == (stays, False)


def test_a_session_that_is_not_there_is_404(browser: Browser) -> None:
    for which in ("", "x", "-1", "99999999999999999999", "٣"):
        assert browser.post("/settings/sessions", which=which).status_code == 404, which


def test_nobody_ends_the_session_of_another(app: Flask, session: Session, browser: Browser) -> None:
    otto = browser_of(app, session, add_account(session, "Otto"))
    assert otto.post("/settings/sessions", which=numbers(browser)[0]).status_code == 404
    assert browser.is_signed_in()


@pytest.mark.both_databases
def test_an_account_is_deleted_with_its_password(browser: Browser, session: Session) -> None:
    assert browser.post("/settings/deletion", password="wrong").status_code == 422
    assert browser.post("/settings/deletion", password=PASSWORD).status_code == 303
    assert not browser.is_signed_in()
    assert session.scalars(select(User.email)).all() == ["ada@example.org"]
    assert AuditKind.USER_DELETED in session.scalars(select(Audit.kind)).all()


def test_the_last_administrator_cannot_delete_the_account(app: Flask, session: Session, lena: User) -> None:
    ada = session.scalars(select(User).where(User.name == "Ada")).one()
    answer = browser_of(app, session, ada).post("/settings/deletion", password=PASSWORD)
    assert answer.status_code == 409
    assert "last administrator" in answer.text


def test_password_managers_find_the_way(browser: Browser) -> None:
    assert browser.get("/.well-known/change-password").location == "/settings/password"
    page = browser.get("/settings/password").text
    assert 'autocomplete="current-password"' in page
    assert 'autocomplete="new-password"' in page


def test_the_theme_is_a_cookie_set_by_a_form(app: Flask) -> None:
    browser = Browser(app)
    assert browser.post("/theme", theme="dark", next="/login").location == "/login"
    assert 'data-theme="dark"' in browser.get("/login").text
    browser.post("/theme", theme="system")
    assert "data-theme=" not in browser.get("/login").text
    assert browser.post("/theme", theme="pink").status_code == 422


def test_the_choice_of_time_zones_names_places_only(browser: Browser) -> None:
    page = browser.get("/settings").text
    assert 'value="Europe/Berlin"' in page
    assert not re.search(r'value="(Factory|localtime|posixrules)"', page)
    assert browser.post("/settings", name="L", time_zone="localtime").status_code == 422
