"""The page that asks for another email address says what happens with and without a mail server."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from roadmap.app import create_app
from roadmap.config import Config
from roadmap.db.database import Database
from tests.support.browsing import Browser, add_account


@pytest.mark.parametrize(
    ("smtp_url", "sentence", "button"),
    [
        ("", "ask an administrator for the link.", "Create confirmation link"),
        ("smtp://127.0.0.1:1", "a notice to the old one.", "Send confirmation link"),
    ],
)
def test_a_link_for_a_new_address_is_sent_only_where_mail_is(
    config: Config, database: Database, session: Session, smtp_url: str, sentence: str, button: str
) -> None:
    add_account(session, "Lena")
    app = create_app(replace(config, smtp_url=smtp_url, mail_from="roadmap@example.org"), database)
    browser = Browser(app)
    browser.sign_in("lena@example.org")
    page = " ".join(browser.get("/settings/address").text.split())
    assert sentence in page
    assert f">{button}</button>" in page
    assert ("We’ll send" in page) == bool(smtp_url)
