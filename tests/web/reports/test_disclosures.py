"""A printed frozen report is checked by its identifier where its learner lets others see what was issued."""

import io
import re

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.orm import Session

from roadmap.domain.reports.issued import IssuedReport, write_identifier
from roadmap.operations.accounts.users import delete_user, disable_user
from tests.support.browsing import Browser, browser_of
from tests.support.cast import NOON, add_user
from tests.support.frozen_reports import drafted, issue, withdraw
from tests.support.learning import Learner
from tests.support.mentoring import DAY, mentor_of

PAIRS = re.compile(r"<dt>([^<]+)</dt><dd[^>]*>(.*?)</dd>", re.DOTALL)
DAYS = ["Identifier", "As of", "Issued on"]
NUMBERS = {"Name": "Lena", "Roadmap": "Sample", "Claimed": "13%", "Verified": "0%"}
LINE = "Check this report at http://localhost/verify with the identifier"


@pytest.fixture
def visitor(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def issued(learner: Learner) -> IssuedReport:
    """Nothing of it is disclosed yet; later marks are not in it."""
    learner.mark("first")
    report = issue(learner)
    learner.mark("second")
    learner.session.commit()
    return report


def shown(visitor: Browser, issued: IssuedReport) -> dict[str, str]:
    """What the answer to the identifier lists."""
    return dict(PAIRS.findall(visitor.get(f"/verify?id={issued.code}").text))


def choose(browser: Browser, issued: IssuedReport, choice: str) -> int:
    return browser.post(f"/reports/{issued.code}/disclosure", disclose=choice).status_code


def shows_days_only(visitor: Browser, issued: IssuedReport) -> bool:
    page = visitor.get(f"/verify?id={issued.code}").text
    return list(shown(visitor, issued)) == DAYS and not any(each in page for each in ("Lena", "Sample"))


@pytest.mark.both_databases
def test_it_is_chosen_taken_back_and_given_again(
    visitor: Browser, learner: Learner, issued: IssuedReport
) -> None:
    assert shows_days_only(visitor, issued)
    for _ in range(2):
        assert choose(learner.browser, issued, "yes") == 303
        pairs = shown(visitor, issued)
        assert {name: pairs[name] for name in NUMBERS} == NUMBERS
        assert set(pairs) == {*DAYS, *NUMBERS}
        assert choose(learner.browser, issued, "no") == 303
        assert shows_days_only(visitor, issued)


@pytest.mark.both_databases
def test_freezing_offers_it_unticked_and_stores_the_choice(
    visitor: Browser, learner: Learner, session: Session
) -> None:
    assert re.search(r'<input [^>]*id="disclose"[^>]*>', learner.page("/reports"))
    assert not re.search(r'<input [^>]*checked[^>]*id="disclose"', learner.page("/reports"))
    learner.post("/reports")
    learner.post("/reports", disclose="yes")
    for report in session.query(IssuedReport):
        pairs = shown(visitor, report)
        assert ("Name" in pairs) is report.is_disclosed
        page = learner.browser.get(f"/reports/{report.code}").text
        assert (f"{LINE} {write_identifier(report.code)}." in page) is report.is_disclosed
    assert {report.is_disclosed for report in session.query(IssuedReport)} == {True, False}


def test_the_list_says_it_and_takes_it_back(learner: Learner, issued: IssuedReport) -> None:
    assert 'name="disclose" value="yes"' in learner.page("/reports")
    choose(learner.browser, issued, "yes")
    page = learner.page("/reports")
    assert "identifier shows name, roadmap and numbers" in page
    assert 'name="disclose" value="no"' in page


@pytest.mark.both_databases
def test_a_withdrawal_ends_it(visitor: Browser, learner: Learner, issued: IssuedReport) -> None:
    choose(learner.browser, issued, "yes")
    withdraw(learner, issued)
    learner.session.commit()
    assert list(shown(visitor, issued)) == [*DAYS, "Withdrawn on"]
    assert choose(learner.browser, issued, "yes") == 409
    assert "disclosure" not in learner.page("/reports")
    assert LINE not in learner.browser.get(f"/reports/{issued.code}").text


@pytest.mark.both_databases
def test_an_account_that_is_disabled_or_gone_shows_nothing(
    visitor: Browser, learner: Learner, issued: IssuedReport
) -> None:
    choose(learner.browser, issued, "yes")
    code, session = issued.code, learner.session
    session.refresh(issued)
    assert issued.is_disclosed
    disable_user(session, learner.person, by=add_user(session, "Ada", is_admin=True), at=NOON)
    session.commit()
    assert shows_days_only(visitor, issued)
    delete_user(session, learner.person, by=learner.person, at=NOON)
    session.commit()
    page = visitor.get(f"/verify?id={code}").text
    assert 'data-finding="unknown"' in page
    assert "Lena" not in page


def test_a_file_gets_the_answer_without_a_name(
    visitor: Browser, learner: Learner, issued: IssuedReport
) -> None:
    choose(learner.browser, issued, "yes")
    for content in (issued.json, issued.json.replace(b"Lena", b"Olga")):
        page = visitor.post("/verify", file=(io.BytesIO(content), "report.json")).text
        assert [name for name, _ in PAIRS.findall(page)] == DAYS
        assert "Lena" not in page


def test_another_identifier_is_not_ours(visitor: Browser, learner: Learner, issued: IssuedReport) -> None:
    choose(learner.browser, issued, "yes")
    page = visitor.get("/verify?id=K7QM-2XPA-9RTD").text
    assert "Not issued here" in page
    assert not PAIRS.findall(page)
    assert "Lena" not in page


def test_an_answer_is_neither_stored_nor_listed(visitor: Browser, issued: IssuedReport) -> None:
    headers = visitor.get(f"/verify?id={issued.code}").headers
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "X-Robots-Tag" not in visitor.get("/verify").headers


@pytest.mark.both_databases
def test_only_the_learner_chooses(app: Flask, learner: Learner, visitor: Browser, session: Session) -> None:
    milo = mentor_of(learner)
    issued = issue(learner, milo)
    session.commit()
    mentor, otto = (browser_of(app, session, each) for each in (milo, add_user(session, "Otto")))
    assert (choose(mentor, issued, "yes"), choose(otto, issued, "yes")) == (403, 404)
    page = mentor.get(f"{learner.base}/reports").text
    assert "disclos" not in page
    assert mentor.post(f"{learner.base}/reports", disclose="yes").status_code == 403
    assert shows_days_only(visitor, issued)
    assert choose(learner.browser, issued, "yes") == 303
    assert shown(visitor, issued)["Name"] == "Lena"


def test_the_last_line_of_the_pdf_says_where(learner: Learner) -> None:
    for number, is_disclosed in enumerate((True, False)):
        freezing = drafted(
            learner, learner.person, NOON + DAY * number, prints=True, is_disclosed=is_disclosed
        )
        text = PdfReader(io.BytesIO(freezing.files.pdf)).pages[-1].extract_text()
        line = f"{LINE} {freezing.draft.seal.identifier}."
        assert (line in " ".join(text.split())) is is_disclosed
