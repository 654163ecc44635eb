"""The page that asks for another email address says what happens with and without a mail server."""

import pytest
from sqlalchemy.orm import Session

from tests.support.browsing import browser_of
from tests.support.cast import add_user
from tests.support.fixtures.web import LendApp


@pytest.mark.parametrize(
    ("smtp_url", "sentence", "button"),
    [
        ("", "ask an administrator for the link.", "Create confirmation link"),
        ("smtp://127.0.0.1:1", "a notice to the old one.", "Send confirmation link"),
    ],
)
def test_a_link_for_a_new_address_is_sent_only_where_mail_is(
    lend_app: LendApp, session: Session, smtp_url: str, sentence: str, button: str
) -> None:
    app = lend_app(smtp_url=smtp_url, mail_from="roadmap@example.org")
    browser = browser_of(app, session, add_user(session))
    page = " ".join(browser.get("/settings/address").text.split())
    assert sentence in page
    assert f">{button}</button>" in page
    assert ("We’ll send" in page) == bool(smtp_url)
