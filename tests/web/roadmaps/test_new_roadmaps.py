"""The page with the ways to begin: a refused form comes back with its own errors, and the others without."""

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user

TOO_LONG = "x" * 201
NO_TITLE = "Enter a title."


@pytest.fixture
def author(app: Flask, session: Session) -> Browser:
    return browser_of(app, session, add_user(session, "Lena"))


def refused(author: Browser, **fields: str) -> dict[str, str]:
    """The forms of the refused page by their sources."""
    answer = author.post("/roadmaps/new", **fields)
    assert answer.status_code == 422
    forms = re.findall(r'<form class="card flow".*?</form>', answer.text, re.DOTALL)
    return {re.findall(r'name="source" value="(\w+)"', form)[0]: form for form in forms}


def test_an_empty_roadmap_without_a_title_is_refused_at_its_own_field(author: Browser) -> None:
    forms = refused(author, source="empty", title="")
    assert f'<p class="error" id="empty-title-error">{NO_TITLE}</p>' in forms["empty"]
    assert 'aria-describedby="empty-title-error" aria-invalid="true"' in forms["empty"]
    assert [source for source, form in forms.items() if NO_TITLE in form] == ["empty"]


@pytest.mark.parametrize(("source", "other"), [("empty", "text"), ("text", "empty")])
def test_a_title_that_is_refused_stays_in_its_own_form(author: Browser, source: str, other: str) -> None:
    forms = refused(author, source=source, title=TOO_LONG, text="- One")
    assert TOO_LONG in forms[source]
    assert 'class="error"' in forms[source]
    assert TOO_LONG not in forms[other]
    assert 'class="error"' not in forms[other]
