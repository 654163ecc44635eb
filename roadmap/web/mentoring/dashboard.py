"""The mentor's desk: the queue, all mentees, invitations."""

from typing import Any

from flask import Blueprint, render_template, request

from roadmap import clock
from roadmap.config import Mentors
from roadmap.domain.mentoring.invitations import INVITATION_LIFETIME, InvitedAs
from roadmap.queries.mentoring.mentees import MenteeOrder
from roadmap.queries.mentoring.mentor_dashboard import Dashboard, DashboardQuery, find_dashboard
from roadmap.queries.mentoring.past_mentorships import MAX_PAST
from roadmap.web.mentoring.forms import InvitationForm
from roadmap.web.requests import config, current_person, database

blueprint = Blueprint("mentoring", __name__)
_SHOWN = ("queue", "mentees", "mentorships", "past", "invitations", "usual")


@blueprint.get("/mentoring")
def index() -> str:
    """What waits, oldest first; mentees and invitations below."""
    return _render(_find_dashboard(), _asked(), InvitationForm(**_suggested()))


def render_invalid(form: InvitationForm) -> str:
    """The page with an invitation that was invalid."""
    return _render(_find_dashboard(), _asked(), form)


def needs_approval() -> bool:
    """Whether only accounts that the administrators approved may mentor."""
    return config().mentors is Mentors.APPROVED


def _find_dashboard() -> Dashboard:
    with database().reading() as session:
        return find_dashboard(session, _asked(), seen_by=current_person(), at=clock.now())


def _asked() -> DashboardQuery:
    order = request.args.get("order", "name")
    return DashboardQuery(
        mentee=request.args.get("mentee", ""),
        roadmap=request.args.get("roadmap", ""),
        order=MenteeOrder(order) if order in list(MenteeOrder) else MenteeOrder.NAME,
        words=request.args.get("q", "").strip()[:100],
    )


def _render(dashboard: Dashboard, asked: DashboardQuery, form: InvitationForm) -> str:
    form.offer(dashboard.choices)
    form.invited_as.data = form.invited_as.data or _likely_role(dashboard)
    return render_template(
        "mentoring/index.html",
        **{name: getattr(dashboard, name) for name in _SHOWN},
        most_past=MAX_PAST,
        form=form,
        order=asked.order,
        words=asked.words,
        needs_approval=needs_approval(),
        lifetime=INVITATION_LIFETIME,
        here="mentoring",
    )


def _suggested() -> dict[str, Any]:
    """What a link that leads here fills in: as what, and for which roadmap."""
    return {"invited_as": request.args.get("as"), "roadmap": request.args.get("for", "")}


def _likely_role(dashboard: Dashboard) -> str:
    """Whoever mentors already mostly invites learners."""
    mentors_somebody = any(mentorship.is_mentor for mentorship in dashboard.mentorships)
    return (InvitedAs.LEARNER if mentors_somebody else InvitedAs.MENTOR).value
