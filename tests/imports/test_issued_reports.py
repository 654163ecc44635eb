"""A frozen report read back from its JSON says what it said."""

import json
from typing import Any

from hypothesis import given, settings

from roadmap.domain.issued_reports import IssuedAs, Seal
from roadmap.domain.reports import ProgressReport
from roadmap.exports.report_json import write_json
from roadmap.imports.issued_reports import read_issued_json
from tests.learning import TODAY
from tests.report_records import START, finished, reports

SEAL = Seal("K7QM-20AP-9R1D", "https://example.org/verify?id=x", TODAY, IssuedAs.MENTOR, None)


def without_weights(value: Any) -> Any:
    """They were rounded when they were written; the percent must be the same all the same."""
    if isinstance(value, dict):
        return {name: without_weights(each) for name, each in value.items() if name != "done_weight"}
    return [without_weights(each) for each in value] if isinstance(value, list) else value


def said(content: bytes) -> Any:
    return without_weights(json.loads(content))


@given(reports())
@settings(max_examples=30, deadline=None)
def test_any_report_says_the_same(report: ProgressReport) -> None:
    content = write_json(report, SEAL)
    read, seal = read_issued_json(content)
    assert seal == SEAL
    assert said(write_json(read, seal)) == said(content)


def test_what_changed_is_read_too() -> None:
    report = finished().report(since=START)
    assert read_issued_json(write_json(report, SEAL))[0].change == report.change


def test_the_whole_report_is_the_same_value() -> None:
    report = finished().report()
    read, _ = read_issued_json(write_json(report, SEAL))
    assert (read.milestones, read.series, read.retired) == (report.milestones, report.series, report.retired)
