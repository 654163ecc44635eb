"""Whether a learner is late is their own planning: readers of shared and frozen reports do not get it."""

import json
from dataclasses import asdict
from datetime import timedelta

import pytest
from flask import Flask

from roadmap.domain.reports.reports import ProgressReport
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


def has_no_outlook(report: ProgressReport) -> bool:
    """Every format is made from this one value."""
    return asdict(report)["outlook"] is None


def test_a_share_link_does_not_give_it(late: Learner, app: Flask) -> None:
    path, visitor = share_url(late, **EVERYTHING), Browser(app)
    assert json.loads(visitor.get(f"{path}.json").data)["outlook"] is None
    page = visitor.get(path).text
    assert not any(each in page for each in ("data-track", "remain until", "To finish by"))
    for day in (None, TODAY):
        token = token_of(share(late, as_of=day))
        assert has_no_outlook(find_shared_report(late.session, token, at=late.at).report)


def test_a_frozen_report_does_not_hold_it_whoever_froze_it(late: Learner) -> None:
    for person in (late.person, mentor_of(late)):
        issued = issue(late, person, at=late.at + timedelta(minutes=person.id))
        assert json.loads(issued.json)["outlook"] is None
        assert has_no_outlook(drafted(late, person, late.at).draft.report)
    late.session.commit()
    assert "data-track" not in late.browser.get(f"/reports/{issued.code}").text
