"""What learners of the demo hand to others: share links, frozen reports, a badge, a calendar."""

from collections.abc import Callable
from datetime import timedelta

from roadmap.demo.steps import Step
from roadmap.domain.reports.issued import write_identifier
from roadmap.domain.reports.links import LinkPurpose, Share
from roadmap.domain.reports.reports import ReportQuery
from roadmap.exports.report_formats import freeze_report
from roadmap.operations.reports.issued import issue_report
from roadmap.operations.reports.issued import withdraw_report as withdraw_issued
from roadmap.operations.reports.links import ShareChoice, count_open, make_feed, make_share, revoke_link
from roadmap.queries.reports.issued import draft_report


def share(step: Step) -> None:
    """Make a link; the value has its `days`, its `name`, whether it is `live`, and what it `shows`."""
    value, shown = step.value, step.value.get("shows", ())
    choice = ShareChoice(
        step.today + timedelta(days=value["days"]),
        None if value.get("live", True) else step.today,
        shows_evidence="evidence" in shown,
        shows_names="names" in shown,
        name=value.get("name", ""),
    )
    step.installation.shares[step.learner] = step.perform(
        make_share, step.enrollment.public_id, choice, key=step.installation.key
    )


def open_share(step: Step) -> None:
    """Somebody opens the last link; the value is how often."""
    for _ in range(step.value or 1):
        count_open(step.session, step.installation.shares[step.learner].id, at=step.at)


def revoke_share(step: Step) -> None:
    """Revoke the last link."""
    public_id = step.installation.shares[step.learner].public_id
    step.perform(revoke_link, Share, public_id)


def freeze(step: Step) -> None:
    """Freeze the report of the day; the value may leave out the evidence, or `disclose` it at a check."""
    value = dict(step.value or {})
    is_disclosed = value.pop("disclose", False)
    draft = draft_report(
        step.session,
        step.enrollment.public_id,
        ReportQuery(**value, installation=step.installation.name),
        seen_by=step.by,
        at=step.at,
        base_url=step.installation.base_url,
        is_disclosed=is_disclosed,
    )
    files = freeze_report(draft.report, draft.seal)
    step.installation.reports[step.learner] = step.perform(
        issue_report, step.enrollment.public_id, draft, files
    )


def withdraw_report(step: Step) -> None:
    """Withdraw the last frozen report."""
    identifier = write_identifier(step.installation.reports[step.learner].code)
    step.perform(withdraw_issued, identifier)


def make_link(step: Step) -> None:
    """Make the badge or the calendar."""
    step.perform(
        make_feed, step.enrollment.public_id, LinkPurpose(step.entry.action), key=step.installation.key
    )


REPORT_ACTIONS: dict[str, Callable[[Step], None]] = {
    "share": share,
    "open_share": open_share,
    "revoke_share": revoke_share,
    "freeze_report": freeze,
    "withdraw_report": withdraw_report,
    "badge": make_link,
    "calendar": make_link,
}
