"""The report as canonical JSON, and its published schema."""

import json
from pathlib import Path

from hypothesis import given, settings
from jsonschema import Draft202012Validator

from roadmap.domain.issued_reports import IssuedAs, Seal
from roadmap.domain.progress import Status, Verification
from roadmap.domain.reports import ProgressReport
from roadmap.exports.report_json import write_json
from roadmap.exports.report_schema import ReportValue, report_schema
from tests.report_records import START, Book, finished, reports

VALIDATOR = Draft202012Validator(
    json.loads(report_schema()), format_checker=Draft202012Validator.FORMAT_CHECKER
)


def test_the_published_schema_equals_the_models() -> None:
    published = Path(__file__).parents[2] / "docs" / "report.schema.json"
    assert published.read_bytes() == report_schema()


@given(reports())
@settings(max_examples=30, deadline=None)
def test_reports_are_valid_and_read_back_the_same(report: ProgressReport) -> None:
    content = write_json(report)
    VALIDATOR.validate(json.loads(content))
    value = ReportValue.model_validate_json(content)
    assert json.loads(value.model_dump_json()) == json.loads(content)


def test_a_finished_report_with_a_change_is_valid() -> None:
    values = json.loads(write_json(finished().report(since=START)))
    VALIDATOR.validate(values)
    assert values["change"]["claimed"] == 0
    assert (values["claimed"]["percent"], values["verified"]["percent"]) == (100, 100)


def test_a_frozen_report_is_valid_and_names_where_to_check_it() -> None:
    seal = Seal("K7QM-2XPA-9RTD", "https://example.org/verify", START, IssuedAs.MENTOR, None)
    values = json.loads(write_json(finished().report(), seal))
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
