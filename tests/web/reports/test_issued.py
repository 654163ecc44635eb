"""Freeze a report in the browser, find it again, hand its files over, withdraw it."""

import json
import re
from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.db.database import Database
from roadmap.domain.reports.issued import IssuedReport
from tests.support.browsing import Browser, browser_of
from tests.support.cast import NOON, add_user
from tests.support.frozen_reports import issue
from tests.support.learning import TODAY, Learner
from tests.support.mentoring import DAY
from tests.support.statements import counted_statements

IDENTIFIER = re.compile(r'data-identifier="([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})"')


def frozen(learner: Learner, **fields: object) -> str:
    """Freeze and give the identifier of the newest on the list."""
    answer = learner.post("/reports", **fields)
    assert (answer.status_code, answer.location) == (303, f"{learner.base}/reports")
    return IDENTIFIER.findall(learner.page("/reports"))[0]


def frozen_values(learner: Learner, identifier: str) -> dict[str, object]:
    values: dict[str, object] = json.loads(learner.browser.get(f"/reports/{identifier}.json").data)
    return values


def test_freezing_leads_to_the_list_with_its_identifier(learner: Learner) -> None:
    learner.post("/milestones/first/progress", status="done")
    identifier = frozen(learner, as_of=TODAY.isoformat())
    page = learner.page("/reports")
    assert page.count(identifier) > 3
    assert "by you" in page
    assert "valid" in page


def test_without_a_day_it_is_today_and_shows_what_the_report_shows(learner: Learner) -> None:
    values = frozen_values(learner, frozen(learner))
    assert values["as_of"] == TODAY.isoformat()
    assert (values["shows_evidence"], values["shows_names"]) == (True, True)


def test_a_box_that_is_not_ticked_leaves_out(learner: Learner) -> None:
    values = frozen_values(learner, frozen(learner, show_evidence="no", show_names=["no", "yes"]))
    assert (values["shows_evidence"], values["shows_names"]) == (False, True)


@pytest.mark.parametrize("day", ["2999-01-01", "1990-01-01", "soon"])
def test_a_day_that_makes_no_report_is_422_and_kept(learner: Learner, day: str) -> None:
    answer = learner.post("/reports", as_of=day, show_names="no")
    assert answer.status_code == 422
    assert f'value="{day}"' in answer.text
    assert 'id="freeze_as_of-error"' in answer.text
    assert not re.search(r'id="show_names"[^>]*checked', answer.text)


@pytest.mark.both_databases
def test_the_files_are_the_same_bytes_whenever_they_are_fetched(learner: Learner, session: Session) -> None:
    identifier = frozen(learner)
    first = {each: learner.browser.get(f"/reports/{identifier}.{each}") for each in ("json", "pdf")}
    learner.post("/milestones/first/progress", status="done")
    row = session.scalars(select(IssuedReport)).one()
    for extension, stored in (("json", row.json_hash), ("pdf", row.pdf_hash)):
        again = learner.browser.get(f"/reports/{identifier}.{extension}")
        assert again.data == first[extension].data
        assert sha256(again.data).hexdigest() == stored
        assert (
            f'filename="lena-sample-2026-03-02-{identifier}.{extension}"'
            in again.headers["Content-Disposition"]
        )


def test_the_files_say_where_to_check_them(learner: Learner) -> None:
    identifier = frozen(learner)
    issued = frozen_values(learner, identifier)["issued"]
    url = f"http://localhost/verify?id={identifier}"
    assert issued == {
        "identifier": identifier,
        "verify_at": url,
        "issued_on": TODAY.isoformat(),
        "issued_as": "learner",
        "issued_by": "Lena",
        "is_disclosed": False,
    }
    assert url.encode() in learner.browser.get(f"/reports/{identifier}.pdf").data


def test_the_page_shows_what_was_issued_with_its_code_and_qr_code(learner: Learner) -> None:
    identifier = frozen(learner)
    learner.post("/milestones/first/progress", status="done")
    page = learner.browser.get(f"/reports/{identifier.lower().replace('-', '')}").text
    assert 'data-claimed="0" data-verified="0"' in page
    assert "Issued on" in page
    assert "by Lena, the learner" in page
    assert identifier in page
    assert 'viewBox="0 0' in page.partition('class="squares"')[2][:400]


def test_other_formats_of_a_frozen_report_are_not_there(learner: Learner) -> None:
    identifier = frozen(learner)
    assert learner.browser.get(f"/reports/{identifier}.csv").status_code == 404
    assert learner.browser.get("/reports/K7QM-2XPA-9RTD.pdf").status_code == 404
    assert learner.browser.get("/reports/nonsense").status_code == 404


def test_withdrawing_is_told_on_the_list_and_possible_once(learner: Learner) -> None:
    identifier = frozen(learner)
    answer = learner.browser.post(f"/reports/{identifier}/withdrawal")
    assert (answer.status_code, answer.location) == (303, f"{learner.base}/reports")
    assert "withdrawn on" in learner.page("/reports")
    assert "withdrawal" not in learner.page("/reports")
    assert learner.browser.post(f"/reports/{identifier}/withdrawal").status_code == 409


@pytest.mark.both_databases
def test_a_mentor_freezes_and_withdraws_their_own_only(
    learner: Learner, mentor: Browser, session: Session
) -> None:
    identifier = frozen(learner)
    assert mentor.post(f"/reports/{identifier}/withdrawal").status_code == 403
    assert f"/reports/{identifier}/withdrawal" not in mentor.get(f"{learner.base}/reports").text
    mentor.post(f"{learner.base}/reports", show_names="no")
    newest = session.scalars(select(IssuedReport).order_by(IssuedReport.id.desc())).first()
    assert newest is not None
    assert frozen_values(learner, newest.code)["issued"]["issued_as"] == "mentor"
    assert "issued on" in mentor.get(f"{learner.base}/reports").text
    assert mentor.post(f"/reports/{newest.code}/withdrawal").status_code == 303


def test_the_report_page_leads_to_freezing(learner: Learner) -> None:
    page = learner.page("/report?as_of=2026-03-02")
    assert f'action="{learner.base}/reports"' in page
    assert re.search(r'id="freeze_as_of" [^>]*name="as_of" type="date" value="2026-03-02"', page)


def test_the_list_costs_the_same_however_many_there_are(learner: Learner, database: Database) -> None:
    issue(learner)
    learner.session.commit()
    costs = []
    for number in range(2):
        learner.page("/reports")
        with counted_statements(database) as seen:
            learner.page("/reports")
        costs.append(len(seen))
        issue(learner, at=NOON + DAY * (number + 1))
        learner.session.commit()
    assert costs[0] == costs[1] > 0


def test_a_list_reads_no_file(learner: Learner, database: Database) -> None:
    issue(learner)
    learner.session.commit()
    with counted_statements(database) as seen:
        learner.page("/reports")
    assert any("FROM issued_reports" in each for each in seen)
    assert not any("issued_reports.pdf," in each or "issued_reports.json," in each for each in seen)


def test_strangers_find_nothing(learner: Learner, app: Flask, session: Session) -> None:
    identifier = frozen(learner)
    otto = browser_of(app, session, add_user(session, "Otto"))
    for path in (f"{learner.base}/reports", f"/reports/{identifier}", f"/reports/{identifier}.pdf"):
        assert otto.get(path).status_code == 404
    assert otto.post(f"{learner.base}/reports").status_code == 404
    assert otto.post(f"/reports/{identifier}/withdrawal").status_code == 404
