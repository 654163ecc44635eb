"""A served installation with a mail server: the link arrives by itself and opens the account."""

import re
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from tests.support.browsing import TOKEN
from tests.support.cast import PASSWORD
from tests.support.fixtures.instances import Instance
from tests.support.fixtures.mails import MailServer


@pytest.fixture
def instance(
    new_instance: Callable[..., Instance], mail_server: MailServer, installed_file: Path
) -> Instance:
    sends = {"ROADMAP_SMTP_URL": mail_server.url, "ROADMAP_MAIL_FROM": "roadmap@example.org"}
    return new_instance(**sends).installed(installed_file).start()


def post(browser: OpenerDirector, url: str, **fields: str) -> str:
    """Open the form at this address, send it, and return the page it leads to."""
    token = TOKEN.search(browser.open(url).read().decode())
    assert token is not None
    with browser.open(url, urlencode({"csrf_token": token[1], **fields}).encode()) as answer:
        return str(answer.read().decode())


def test_an_account_is_made_by_the_mailed_link(instance: Instance, mail_server: MailServer) -> None:
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    page = post(browser, f"{instance.url}/register", name="Lena", email="lena@example.org", password=PASSWORD)
    assert "Check your email" in page
    [message] = mail_server.wait_for(1)
    link = re.search(r"http://\S+/register/\S+", message.get_content())
    assert link is not None
    assert link[0].startswith(instance.url)
    assert "Lena" in post(browser, link[0])
    assert link[0].rpartition("/")[2] not in "\n".join(instance.log)
