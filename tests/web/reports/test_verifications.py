"""Anybody checks a report by its identifier or its file, and learns days and no name."""

import io
import json
import re

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.db.database import Database
from roadmap.domain.reports.issued import IssuedReport, write_identifier
from roadmap.operations.accounts.users import delete_user
from roadmap.web.limits.rate_limits import LIMITS
from tests.support.browsing import Browser
from tests.support.cast import NOON
from tests.support.frozen_reports import issue, withdraw
from tests.support.learning import Learner
from tests.support.statements import counted_statements

FINDING = re.compile(r'data-finding="([a-z]+)"')
PDF = {"prints": True}


@pytest.fixture
def visitor(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def issued(learner: Learner) -> IssuedReport:
    report = issue(learner)
    learner.session.commit()
    return report


def page_of(visitor: Browser, content: bytes, name: str = "report.pdf", **fields: str) -> str:
    answer = visitor.post("/verify", file=(io.BytesIO(content), name), **fields)
    assert answer.status_code == 200, answer.text
    return answer.text


def finding(page: str) -> str:
    return FINDING.findall(page)[0]


def says_no_name(page: str) -> bool:
    return not any(each in page for each in ("Lena", "Milo", "Sample", "sample"))


def test_the_page_asks_for_an_identifier_or_a_file(visitor: Browser) -> None:
    page = visitor.get("/verify").text
    assert 'name="id"' in page
    assert 'enctype="multipart/form-data"' in page
    assert not FINDING.search(page)


def test_an_identifier_is_known_however_it_is_typed(visitor: Browser, issued: IssuedReport) -> None:
    identifier = write_identifier(issued.code)
    for typed in (identifier, identifier.lower(), identifier.replace("-", " ")):
        page = visitor.get("/verify", query_string={"id": typed}).text
        assert finding(page) == "known", typed
        assert page.count("2 March 2026") == 2, typed
        assert says_no_name(page), typed


def test_a_posted_identifier_leads_to_its_own_page(visitor: Browser, issued: IssuedReport) -> None:
    answer = visitor.post("/verify", id=issued.code)
    assert (answer.status_code, answer.location) == (303, f"/verify?id={issued.code}")


@pytest.mark.usefixtures("issued")
def test_other_identifiers_are_not_ours(visitor: Browser) -> None:
    for typed in ("K7QM-2XPA-9RTD", "nonsense", "x" * 5_000, "<b>", "٣"):
        page = visitor.get("/verify", query_string={"id": typed}).text
        assert (finding(page), "Not issued here" in page) == ("unknown", True), typed


def test_an_empty_form_asks_again(visitor: Browser) -> None:
    answer = visitor.post("/verify", id=" ", file=(io.BytesIO(), ""))
    assert answer.status_code == 422
    assert "choose the file" in answer.text


@pytest.mark.both_databases
def test_both_files_are_unchanged(visitor: Browser, learner: Learner) -> None:
    report = issue(learner, **PDF)
    learner.session.commit()
    for content in (report.json, report.pdf):
        page = page_of(visitor, content)
        assert finding(page) == "unchanged"
        assert write_identifier(report.code) in page
        assert says_no_name(page)


def test_json_laid_out_in_another_way_is_unchanged(visitor: Browser, issued: IssuedReport) -> None:
    assert finding(page_of(visitor, json.dumps(json.loads(issued.json), indent=4).encode())) == "unchanged"


def test_json_that_a_browser_wrote_anew_is_unchanged(visitor: Browser, issued: IssuedReport) -> None:
    # JavaScript writes 13.0 as 13.
    written = re.sub(rb"(\d)\.0(?=[,}\]])", rb"\1", issued.json)
    assert written != issued.json
    assert finding(page_of(visitor, written)) == "unchanged"
    assert finding(page_of(visitor, written.replace(b"[]", b"[0]", 1))) == "changed"


def test_a_changed_file_is_ours_but_changed(visitor: Browser, learner: Learner) -> None:
    report = issue(learner, **PDF)
    learner.session.commit()
    for content in (report.json.replace(b"Lena", b"Olga"), report.pdf + b"\n", report.pdf[:-900]):
        page = page_of(visitor, content)
        assert finding(page) == "changed"
        assert "the file was changed" in page
        assert says_no_name(page)
        assert "Olga" not in page


@pytest.mark.both_databases
def test_a_withdrawn_report_says_when(visitor: Browser, learner: Learner, issued: IssuedReport) -> None:
    withdraw(learner, issued)
    learner.session.commit()
    for page in (visitor.get(f"/verify?id={issued.code}").text, page_of(visitor, issued.json)):
        assert 'data-withdrawn="2026-03-02"' in page
        assert "Withdrawn on" in page
        assert says_no_name(page)


@pytest.mark.both_databases
def test_a_report_that_was_not_frozen_is_not_ours(visitor: Browser, learner: Learner) -> None:
    for extension in ("json", "pdf", "csv"):
        assert finding(page_of(visitor, learner.get(f"/report.{extension}").data)) == "unknown"


ODD = (b"", b"\0", b"%PDF-1.7", b"{", b"[" * 200_000, b"\xff\xfe" * 9, b'{"identifier":"K7QM-2XPA-9RTD"}')


@pytest.mark.usefixtures("issued")
def test_damaged_files_are_not_ours(visitor: Browser) -> None:
    for content in ODD:
        page = page_of(visitor, content, name='<b>"\u202e.exe')
        assert (finding(page), "This file was not issued here" in page) == ("unknown", True), content[:9]


def test_after_its_account_is_gone_nothing_is_known(
    visitor: Browser, learner: Learner, issued: IssuedReport
) -> None:
    content, code = issued.json, issued.code
    delete_user(learner.session, learner.person, by=learner.person, at=NOON)
    learner.session.commit()
    assert finding(visitor.get(f"/verify?id={code}").text) == "unknown"
    assert finding(page_of(visitor, content)) == "unknown"


def test_a_check_asks_for_a_token(visitor: Browser, issued: IssuedReport) -> None:
    data = {"id": "kept", "file": (io.BytesIO(issued.json), "report.json")}
    answer = visitor.client.post("/verify", data=data)
    assert answer.status_code == 400
    assert 'value="kept"' in answer.text


def test_checks_are_limited(visitor: Browser) -> None:
    often = int(LIMITS["verifications.create"].split()[0])
    found = [visitor.post("/verify", id="x").status_code for _ in range(often + 1)]
    assert found == [303] * often + [429]
    assert int(LIMITS["verifications.show"].split()[0]) >= often


def test_a_check_costs_one_statement_and_changes_nothing(
    visitor: Browser, database: Database, issued: IssuedReport, session: Session
) -> None:
    before = session.scalar(select(func.count()).select_from(IssuedReport))
    with counted_statements(database) as seen:
        page_of(visitor, issued.json)
    assert len(seen) == 1
    assert seen[0].startswith("SELECT")
    assert session.scalar(select(func.count()).select_from(IssuedReport)) == before
