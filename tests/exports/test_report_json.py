"""The report as canonical JSON, and its published schema."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from roadmap.domain.canonical_json import canonical_json
from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.reports.reports import COMPUTATION, ProgressReport
from roadmap.domain.reports.rows import ReportEvidence, Reviewer
from roadmap.domain.reports.seals import IssuedAs, Seal
from roadmap.exports.report_json import read_issued_json, report_schema, write_json
from tests.support.report_records import START, Book, finished, reports, sealed

VALIDATOR = Draft202012Validator(
    json.loads(report_schema()), format_checker=Draft202012Validator.FORMAT_CHECKER
)


SEAL = Seal("K7QM-2XPA-9RTD", "https://example.org/verify", START, IssuedAs.MENTOR, None)
ADDED: dict[str, Any] = {"criteria": (), "submitted_on": None}
"""What reports have said of milestones since then."""
FIRST_FORMULA = Path(__file__).with_name("frozen-report.json")
FROZEN = Path(__file__).with_name("frozen-report-2.json")
COMPUTATION_THEN = (
    "Claimed counts what the learner says is done, verified what of it somebody else reviewed and verified. "
    "Each milestone is weighted by the midpoint of its estimated hours; percentages are rounded down."
)
"""The sentence of that file; later reports say the same in other words."""


def frozen() -> ProgressReport:
    """The report that was frozen as `frozen-report-2.json`, and as `frozen-report.json` before formula 2."""
    book = Book(person='Zoë "李" & Söhne', pathways=("seer",), target_on=date(2026, 12, 31))
    book.mark("first", Status.DONE)
    book.show("first", ReportEvidence("My work", "https://example.org/a?b=c&d", None))
    book.review("first", Verification.RETURNED)
    book.review("first", Verification.VERIFIED)
    book.mark("second", Status.SKIPPED, "Known from\nschool.")
    book.mark("habit", Status.DONE)
    book.show("habit", ReportEvidence("Diary", None, "<b>Every</b> day \u2028 since May"))
    book.mark("red", Status.IN_PROGRESS)
    book.mark("blue", Status.DONE)
    seal = Seal("K7QM-20AP-9R1D", "https://example.org/verify?id=x", book.day, IssuedAs.LEARNER, book.person)
    return sealed(book.report(since=date(2026, 3, 4)), seal)


def test_a_frozen_report_is_written_as_it_always_was_but_for_newer_fields() -> None:
    values = json.loads(write_json(frozen()))
    assert values["issued"].pop("is_disclosed") is False
    assert values["roadmap"].pop("language") == ""
    assert values.pop("outlook") == {
        "track": "on_track",
        "hours_remaining_low": 9.0,
        "hours_remaining_high": 15.0,
        "hours_needed_low": 0.5,
        "hours_needed_high": 0.5,
        "earliest": "2026-03-20",
        "latest": "2026-03-27",
    }
    assert values["computation"] == COMPUTATION
    values["computation"] = COMPUTATION_THEN
    assert canonical_json(values) == FROZEN.read_bytes()


def test_a_report_that_was_frozen_before_some_fields_existed_is_read() -> None:
    values = json.loads(FROZEN.read_bytes())
    for milestone in (*values["milestones"], *values["retired"]):
        for name in ("reviewer_known_as", "reviewer_domain", "criteria", "topics", "submitted_on"):
            del milestone[name]
    del values["only"]
    report, _ = read_issued_json(json.dumps(values).encode())
    assert report.reviewers == {Reviewer("Milo", ""): 1}


def test_a_report_that_was_frozen_before_sign_offs_is_read() -> None:
    values = json.loads(FROZEN.read_bytes())
    for part in (values, *values["areas"], *values["areas"][0]["skills"], *values["milestones"]):
        del part["signed_off"]
    report, _ = read_issued_json(json.dumps(values).encode())
    assert (report.signed_off, report.made_of) == (0, "1 milestone")


def test_a_frozen_report_reads_as_it_was_issued() -> None:
    report, seal = read_issued_json(FROZEN.read_bytes())
    assert (report, seal) == (
        replace(frozen(), outlook=None, computation=COMPUTATION_THEN),
        frozen().issued,
    )
    assert report.hours_credited == 3 + 3 + 7.5


def test_a_report_of_the_first_formula_reads_with_its_own_numbers() -> None:
    report, seal = read_issued_json(FIRST_FORMULA.read_bytes())
    assert (report.formula, seal) == (1, frozen().issued)
    assert (report.claimed.percent, report.verified.percent) == (47, 26)
    assert report.made_of == "1 reviewed, 1 not reviewed"
    assert "needs no review" in report.computation
    now = frozen()
    assert (report.person, report.pathways, report.change) == (now.person, now.pathways, report.change)
    assert [replace(each, **ADDED) for each in now.milestones] == list(report.milestones)
    assert [area.claimed for area in report.areas] == [area.claimed for area in now.areas]


def test_a_later_formula_is_not_read_as_one_that_is_known() -> None:
    values = json.loads(FROZEN.read_bytes()) | {"formula": 3}
    with pytest.raises(ValueError, match="formula"):
        read_issued_json(json.dumps(values).encode())


def test_what_is_no_frozen_report_is_not_read() -> None:
    with pytest.raises(ValueError, match="not frozen"):
        read_issued_json(write_json(finished().report()))
    with pytest.raises(ValueError, match="Field required"):
        read_issued_json(b"{}")


def test_the_published_schema_equals_the_models() -> None:
    published = Path(__file__).parents[2] / "docs" / "report.schema.json"
    assert published.read_bytes() == report_schema()


@given(reports())
def test_reports_are_valid_and_read_back_the_same(report: ProgressReport) -> None:
    content = write_json(report)
    VALIDATOR.validate(json.loads(content))
    read, seal = read_issued_json(write_json(sealed(report, SEAL)))
    assert (replace(read, issued=None), seal) == (report, SEAL)
    assert write_json(replace(read, issued=None)) == content


def test_the_schema_allows_no_other_fields() -> None:
    values = json.loads(FROZEN.read_bytes())
    VALIDATOR.validate(values)
    values["areas"][0]["skills"][0]["level"] = 3
    assert not VALIDATOR.is_valid(values)


def test_a_finished_report_with_a_change_is_valid() -> None:
    values = json.loads(write_json(finished().report(since=START)))
    VALIDATOR.validate(values)
    assert values["change"]["claimed"] == 0
    assert (values["claimed"]["percent"], values["verified"]["percent"]) == (100, 100)


def test_a_frozen_report_is_valid_and_names_where_to_check_it() -> None:
    values = json.loads(write_json(sealed(finished().report(), SEAL)))
    VALIDATOR.validate(values)
    assert values["issued"]["identifier"] == "K7QM-2XPA-9RTD"
    assert json.loads(write_json(finished().report())) == values | {"issued": None}


def test_the_same_question_has_the_same_bytes() -> None:
    book = Book()
    book.mark("first", Status.DONE)
    asked, day = write_json(book.report()), book.day
    book.review("first", Verification.VERIFIED)
    assert write_json(book.report()) != asked
    assert day.isoformat().encode() in asked
    assert (
        asked
        == json.dumps(json.loads(asked), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
        + b"\n"
    )
