"""Which milestones of a report are listed: for readers usually those that are done, without their returns."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from roadmap.domain.errors import invalid
from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.reports.reports import ProgressReport
from roadmap.domain.reports.rows import Listed, ReportMilestone

NARROWEST_LAST = (Listed.ALL, Listed.DONE, Listed.VERIFIED)


def read_listed(text: str) -> Listed | None:
    """Return the choice that somebody typed, None for nothing; raises Invalid for any other word."""
    try:
        return Listed(text) if text else None
    except ValueError:
        raise invalid(only="Choose which milestones to list: done, verified or all.") from None


def select_milestones(report: ProgressReport, only: Listed) -> ProgressReport:
    """Return the report with only these milestones; both numbers stay as they are.

    Unless all are listed, what was returned is shown as done, and nothing says how often it came back.
    A report that was frozen with fewer milestones stays as it is.
    """
    if NARROWEST_LAST.index(only) <= NARROWEST_LAST.index(report.only):
        return report
    milestones, retired = (tuple(_listed(rows, only)) for rows in (report.milestones, report.retired))
    return replace(report, only=only, milestones=milestones, retired=retired)


def numbers_only(report: ProgressReport) -> ProgressReport:
    """Return the report without the texts of its roadmap: for readers of one that stays with its owner.

    Both numbers, their lines and the roadmap's own title stay.
    """
    return replace(report, pathways=(), areas=(), milestones=(), retired=(), change=None)


def without_planning(report: ProgressReport) -> ProgressReport:
    """Return the report without target and outlook, which are the learner's own and for nobody else."""
    return replace(report, target_on=None, outlook=None)


def _listed(milestones: Iterable[ReportMilestone], only: Listed) -> Iterator[ReportMilestone]:
    for milestone in milestones:
        is_verified = milestone.verification is Verification.VERIFIED
        if milestone.status is Status.DONE and (is_verified or only is Listed.DONE):
            yield _without_returns(milestone)


def _without_returns(milestone: ReportMilestone) -> ReportMilestone:
    shown = replace(milestone, rounds=None, returns=None, waited_days=None, returned_on=None)
    if milestone.verification is not Verification.RETURNED:
        return shown
    return replace(shown, verification=Verification.NONE, submitted_on=None)
