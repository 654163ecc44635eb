"""A learner's target, and whether they are late, are their own: no shared or frozen report has them."""

import json
import re
from dataclasses import asdict
from datetime import date, timedelta
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from roadmap.domain.reports.reports import ProgressReport
from roadmap.exports.report_json import read_issued_json
from roadmap.queries.reports.shares import find_shared_report
from tests.support.browsing import Browser
from tests.support.frozen_reports import drafted, issue
from tests.support.learning import TODAY, Learner
from tests.support.mentoring import mentor_of
from tests.support.sharing import EVERYTHING, share, share_url, token_of


@pytest.fixture
def late(learner: Learner) -> Learner:
    learner.choose(target_on=TODAY + timedelta(days=1))
    learner.session.commit()
    assert json.loads(learner.get("/report.json").data)["outlook"]["track"] == "late"
    return learner


def has_no_planning(report: ProgressReport) -> bool:
    """Every format is made from this one value."""
    values = asdict(report)
    return values["outlook"] is None and values["target_on"] is None


def read_pdf(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def says_no_target(page: str) -> bool:
    words = ("data-track", "away, with", "To finish by", "target", "late")
    return not any(re.search(rf"\b{word}\b", re.sub("<[^>]*>", " ", page)) for word in words)


def test_a_share_link_does_not_give_it(late: Learner, app: Flask) -> None:
    path, visitor = share_url(late, **EVERYTHING), Browser(app)
    values = json.loads(visitor.get(f"{path}.json").data)
    assert (values["outlook"], values["target_on"]) == (None, None)
    assert says_no_target(visitor.get(path).text)
    day = (TODAY + timedelta(days=1)).isoformat()
    assert day not in visitor.get(f"{path}.csv").text
    assert says_no_target(read_pdf(visitor.get(f"{path}.pdf").data))
    for day in (None, TODAY):
        token = token_of(share(late, as_of=day))
        assert has_no_planning(find_shared_report(late.session, token, at=late.at).report)


def test_a_frozen_report_does_not_hold_it_whoever_froze_it(late: Learner) -> None:
    for person in (late.person, mentor_of(late)):
        issued = issue(late, person, at=late.at + timedelta(minutes=person.id), prints=True)
        values = json.loads(issued.json)
        assert (values["outlook"], values["target_on"]) == (None, None)
        assert says_no_target(read_pdf(issued.pdf))
        assert has_no_planning(drafted(late, person, late.at).draft.report)
    late.session.commit()
    assert "data-track" not in late.browser.get(f"/reports/{issued.code}").text


def test_the_learner_and_the_mentor_still_have_it(late: Learner) -> None:
    assert not says_no_target(late.page("/report"))
    assert json.loads(late.get("/report.json").data)["target_on"] == (TODAY + timedelta(days=1)).isoformat()


def test_a_report_frozen_with_its_target_stays_readable(late: Learner) -> None:
    frozen = issue(late, late.person, at=late.at)
    values = json.loads(frozen.json) | {"target_on": "2026-12-31"}
    assert read_issued_json(json.dumps(values).encode())[0].target_on == date(2026, 12, 31)
