"""A person at a browser without scripts: keeps cookies, sends forms with the CSRF token that pages hold."""

import re
from datetime import datetime

from flask import Flask
from flask import session as flask_session
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from roadmap import clock
from roadmap.domain.accounts.users import User
from roadmap.operations.accounts.sign_ins import begin_session
from roadmap.passwords import Passwords
from roadmap.web.login import COOKIE, STATE_COOKIE
from tests.support.cast import PASSWORD, add_user

TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


class Browser:
    """One browser; `get` and `post` do not follow redirects."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.client = app.test_client()
        self._token: tuple[str, str] = "", ""

    def get(self, path: str, **more: object) -> TestResponse:
        return self.client.get(path, **more)

    def post(self, path: str, more: dict[str, str] | None = None, **fields: object) -> TestResponse:
        """Send a form with the token that pages hold; `more` are headers."""
        return self.client.post(path, data={"csrf_token": self.token(), **fields}, headers=more)

    def token(self) -> str:
        """The CSRF token that pages hold; made anew once the session has another."""
        secret, token = self._token
        if not secret or secret != self._session_token():
            token = self.token_of_new_page()
            self._token = self._session_token(), token
        return token

    def token_of_new_page(self) -> str:
        """The CSRF token that a page opened now would hold: it says when. No page is opened."""
        with self.client.session_transaction() as state, self._app.test_request_context():
            flask_session.update(state)
            token = str(generate_csrf())
            state.update(flask_session)
        return token

    def _session_token(self) -> str:
        cookie = self.client.get_cookie(STATE_COOKIE)
        if cookie is None:
            return ""
        state = self._app.session_interface.get_signing_serializer(self._app).loads(cookie.value)
        return str(state.get("csrf_token", ""))

    def sign_in(self, email: str, password: str = PASSWORD, **fields: object) -> TestResponse:
        return self.post("/login", email=email, password=password, **fields)

    def is_signed_in(self) -> bool:
        return self.get("/settings").status_code == 200

    def secret(self) -> str | None:
        """What the session cookie carries."""
        cookie = self.client.get_cookie(COOKIE)
        return cookie.value if cookie else None


def add_account(session: Session, name: str = "Lena", **more: object) -> User:
    """Add a person who can sign in with PASSWORD."""
    return add_user(session, name, password_hash=Passwords("cheap").hash(PASSWORD), **more)


def browser_of(app: Flask, session: Session, user: User, *, at: datetime | None = None) -> Browser:
    """A browser in which this person is signed in, without the form."""
    browser = Browser(app)
    secret = begin_session(session, by=user, at=at or clock.now(), is_remembered=False)
    session.commit()
    browser.client.set_cookie(COOKIE, secret)
    return browser
