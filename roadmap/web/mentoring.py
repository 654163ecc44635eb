"""The mentor's desk: the queue, all mentees, invitations."""

from flask import Blueprint, render_template, request

from roadmap import clock
from roadmap.queries.invitations import people_of
from roadmap.queries.mentees import MenteeOrder, mentees_of
from roadmap.queries.queues import find_queue
from roadmap.queries.roadmaps import roadmap_choices
from roadmap.web.mentoring_forms import InvitationForm
from roadmap.web.requests import current_person, database

blueprint = Blueprint("mentoring", __name__)


@blueprint.get("/mentoring")
def index() -> str:
    """What waits, oldest first; mentees and invitations below."""
    return render_mentoring(InvitationForm(**_suggested()))


def render_mentoring(form: InvitationForm) -> str:
    """The page with this invitation form, which perhaps was refused."""
    person, moment = current_person(), clock.now()
    wanted = request.args.get("order", "name")
    order = MenteeOrder(wanted) if wanted in list(MenteeOrder) else MenteeOrder.NAME
    words = request.args.get("q", "").strip()[:100]
    with database().reading() as session:
        form.offer(roadmap_choices(session, person))
        queue = find_queue(
            session,
            seen_by=person,
            at=moment,
            mentee=request.args.get("mentee", ""),
            roadmap=request.args.get("roadmap", ""),
        )
        mentees = mentees_of(session, seen_by=person, at=moment, order=order, words=words)
        mentorships, invitations = people_of(session, person, at=moment)
        shown = {"mentees": mentees, "mentorships": mentorships, "invitations": invitations}
    return render_template(
        "mentoring/index.html", queue=queue, form=form, order=order, words=words, here="mentoring", **shown
    )


def _suggested() -> dict[str, str]:
    """What a link that leads here fills in: as what, and for which roadmap."""
    return {
        "invited_as": request.args.get("as", "mentor"),
        "roadmap": request.args.get("for", ""),
    }
