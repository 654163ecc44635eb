"""A checkbox means the same in every form, also for programs that send a word for no."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.sessions import SignIn
from roadmap.domain.accounts.users import User
from tests.support.browsing import Browser, add_account


@pytest.fixture
def browser(app: Flask, session: Session) -> Browser:
    add_account(session, "Lena")
    return Browser(app)


@pytest.mark.both_databases
@pytest.mark.parametrize("word", ["0", "off", "no", "n", "false", "False", " OFF ", ""])
def test_a_program_that_says_no_is_not_remembered(browser: Browser, session: Session, word: str) -> None:
    browser.sign_in("lena@example.org", remember=word)
    assert not session.scalars(select(SignIn.is_remembered)).one()


@pytest.mark.both_databases
@pytest.mark.parametrize(("word", "is_on"), [("0", False), ("off", False), ("No", False), ("on", True)])
def test_a_checkbox_of_the_settings_takes_no_for_no(
    browser: Browser, session: Session, word: str, *, is_on: bool
) -> None:
    browser.sign_in("lena@example.org")
    browser.post("/settings", name="L", time_zone="UTC", letter_keys=word, wants_digest=word)
    assert session.execute(select(User.letter_keys, User.wants_digest)).one() == (is_on, is_on)
