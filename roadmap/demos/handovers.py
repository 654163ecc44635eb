"""What learners of the demo hand to others: share links, frozen reports, a badge, a calendar."""

from collections.abc import Callable
from datetime import timedelta

from roadmap.demos.learners import Learner
from roadmap.demos.stages import Script
from roadmap.domain.issued_reports import write_identifier
from roadmap.domain.reports import ReportQuestion
from roadmap.domain.secret_links import LinkPurpose
from roadmap.domain.shares import Share
from roadmap.exports.report_formats import freeze_report
from roadmap.operations.feeds import make_feed
from roadmap.operations.issued_reports import issue_report, withdraw_report
from roadmap.operations.secret_links import revoke_link
from roadmap.operations.shares import ShareChoice, count_open, make_share
from roadmap.queries.issued_reports import draft_report

Turn = Callable[[Learner], Script]


def share(
    *opened: float, days: int, is_live: bool = True, revoked: float | None = None, **shows: bool
) -> Turn:
    """Make a link for so many days, opened after so many hours each, and perhaps revoked after some."""

    def handover(learner: Learner) -> Script:
        world, today = learner.world, learner.today
        choice = ShareChoice(today + timedelta(days=days), None if is_live else today, **shows)
        made = make_share(
            world.session,
            learner.enrollment.public_id,
            choice,
            by=learner.person,
            at=world.stage.now,
            key=world.key,
        )
        since = world.stage.now
        for hours in opened:
            yield since + timedelta(hours=hours)
            count_open(world.session, made.id, at=world.stage.now)
        if revoked is not None:
            yield since + timedelta(hours=revoked)
            revoke_link(world.session, Share, made.public_id, by=learner.person, at=world.stage.now)

    return handover


def freeze(*, withdrawn: float | None = None, shows_evidence: bool = True) -> Turn:
    """Freeze the report of the day, and perhaps withdraw it after so many minutes."""

    def handover(learner: Learner) -> Script:
        world, person, question = learner.world, learner.person, ReportQuestion(shows_evidence=shows_evidence)
        public_id, at = learner.enrollment.public_id, world.stage.now
        draft = draft_report(
            world.session, public_id, question, seen_by=person, at=at, base_url=world.base_url
        )
        files = freeze_report(draft.report, draft.seal)
        issued = issue_report(world.session, public_id, draft, files, by=person, at=at)
        if withdrawn is not None:
            yield world.stage.in_minutes(withdrawn)
            withdraw_report(world.session, write_identifier(issued.code), by=person, at=world.stage.now)

    return handover


def feed(purpose: LinkPurpose) -> Turn:
    """Make the badge or the calendar."""

    def handover(learner: Learner) -> Script:
        world = learner.world
        make_feed(
            world.session,
            learner.enrollment.public_id,
            purpose,
            by=learner.person,
            at=world.stage.now,
            key=world.key,
        )
        yield from ()

    return handover
