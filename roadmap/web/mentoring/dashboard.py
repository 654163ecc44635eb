"""The mentor's desk: the queue, all mentees, invitations."""

from flask import Blueprint, render_template, request

from roadmap import clock
from roadmap.domain.mentoring.invitations import InvitedAs
from roadmap.queries.mentoring.mentees import MenteeOrder
from roadmap.queries.mentoring.mentor_dashboard import Desk, DeskQuestion, find_desk
from roadmap.queries.mentoring.past_mentorships import MOST_PAST
from roadmap.web.mentoring.forms import InvitationForm
from roadmap.web.requests import current_person, database

blueprint = Blueprint("mentoring", __name__)
_SHOWN = ("queue", "mentees", "mentorships", "past", "invitations", "usual")


@blueprint.get("/mentoring")
def index() -> str:
    """What waits, oldest first; mentees and invitations below."""
    return _render(_find_desk(), _asked(), InvitationForm(**_suggested()))


def render_refused(form: InvitationForm) -> str:
    """The page with an invitation that was refused."""
    return _render(_find_desk(), _asked(), form)


def _find_desk() -> Desk:
    with database().reading() as session:
        return find_desk(session, _asked(), seen_by=current_person(), at=clock.now())


def _asked() -> DeskQuestion:
    order = request.args.get("order", "name")
    return DeskQuestion(
        mentee=request.args.get("mentee", ""),
        roadmap=request.args.get("roadmap", ""),
        order=MenteeOrder(order) if order in list(MenteeOrder) else MenteeOrder.NAME,
        words=request.args.get("q", "").strip()[:100],
    )


def _render(desk: Desk, asked: DeskQuestion, form: InvitationForm) -> str:
    form.offer(desk.choices)
    form.invited_as.data = form.invited_as.data or _likely_role(desk)
    return render_template(
        "mentoring/index.html",
        **{name: getattr(desk, name) for name in _SHOWN},
        most_past=MOST_PAST,
        form=form,
        order=asked.order,
        words=asked.words,
        here="mentoring",
    )


def _suggested() -> dict[str, str | None]:
    """What a link that leads here fills in: as what, and for which roadmap."""
    return {"invited_as": request.args.get("as"), "roadmap": request.args.get("for", "")}


def _likely_role(desk: Desk) -> str:
    """Whoever mentors already mostly invites learners."""
    mentors_somebody = any(each.is_mentor for each in desk.mentorships)
    return (InvitedAs.LEARNER if mentors_somebody else InvitedAs.MENTOR).value
