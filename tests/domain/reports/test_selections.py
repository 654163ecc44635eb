"""Which milestones a report lists, and what it then says of them."""

import pytest

from roadmap.domain.errors import Invalid
from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.reports.reports import ProgressReport
from roadmap.domain.reports.rows import Listed, ReportMilestone
from roadmap.domain.reports.selections import read_listed, select_milestones
from tests.support.report_records import Book

NONE, SUBMITTED, RETURNED, VERIFIED = Verification


@pytest.fixture(scope="module")
def report() -> ProgressReport:
    """One milestone verified at the second try, one returned, one claimed, one skipped, one in progress."""
    book = Book()
    for key in ("first", "second", "habit"):
        book.mark(key, Status.DONE)
    book.mark("red", Status.SKIPPED, "Known from school")
    book.mark("blue", Status.IN_PROGRESS)
    book.review("first", RETURNED)
    book.review("first", VERIFIED)
    book.review("second", RETURNED)
    return book.report()


def rows(report: ProgressReport, only: Listed) -> dict[str, ReportMilestone]:
    return {each.key: each for each in select_milestones(report, only).milestones}


def test_only_what_is_asked_for_is_listed_and_the_numbers_stay(report: ProgressReport) -> None:
    assert list(rows(report, Listed.DONE)) == ["first", "second", "habit"]
    assert list(rows(report, Listed.VERIFIED)) == ["first"]
    assert len(rows(report, Listed.ALL)) == 14
    for only in Listed:
        selected = select_milestones(report, only)
        assert (selected.only, selected.claimed, selected.areas) == (only, report.claimed, report.areas)
        assert selected.verified_by == report.verified_by


def test_returns_are_told_only_where_all_are_listed(report: ProgressReport) -> None:
    whole, listed = rows(report, Listed.ALL), rows(report, Listed.DONE)
    assert (whole["first"].returns, whole["second"].returns) == (1, 1)
    assert whole["second"].verification is RETURNED
    assert whole["second"].returned_on == whole["second"].submitted_on is not None
    for each in listed.values():
        assert (each.returns, each.rounds, each.waited_days, each.returned_on) == (None, None, None, None)
    assert [each.verification for each in listed.values()] == [VERIFIED, NONE, NONE]
    assert listed["second"].submitted_on is None


def test_what_was_left_out_does_not_come_back(report: ProgressReport) -> None:
    verified = select_milestones(report, Listed.VERIFIED)
    assert select_milestones(verified, Listed.ALL) == verified
    assert select_milestones(select_milestones(report, Listed.DONE), Listed.VERIFIED).milestones == (
        verified.milestones
    )


def test_a_word_that_is_no_choice_is_refused() -> None:
    assert [read_listed(text) for text in ("", "done", "verified", "all")] == [
        None,
        Listed.DONE,
        Listed.VERIFIED,
        Listed.ALL,
    ]
    with pytest.raises(Invalid) as refused:
        read_listed("Done")
    assert refused.value.errors.keys() == {"only"}


def test_a_submission_that_waits_says_since_when() -> None:
    book = Book()
    book.mark("first", Status.DONE)
    book.review("first", RETURNED)
    book.review("first", VERIFIED)
    (first, *_) = book.report().milestones
    assert (first.submitted_on, first.returned_on) == (book.day, None)
