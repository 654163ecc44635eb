"""The mentor's desk: the queue, all mentees, invitations."""

from functools import partial
from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from roadmap import clock
from roadmap.config import Mentors
from roadmap.domain.mentoring.invitations import INVITATION_LIFETIME, InvitedAs
from roadmap.queries.mentoring.invitations import Origin, find_origin
from roadmap.queries.mentoring.mentee_tables import HIGHEST_FIRST, MenteeOrder, MenteeTable
from roadmap.queries.mentoring.mentor_dashboard import Dashboard, DashboardQuery, find_dashboard
from roadmap.queries.mentoring.past_mentorships import MAX_PAST
from roadmap.web.mentoring.forms import InvitationForm
from roadmap.web.mentoring.mentee_tables import REASON_WORDS, asked_mentees, mentees_args
from roadmap.web.requests import config, current_person, database

blueprint = Blueprint("mentoring", __name__)
_SHOWN = ("queue", "mentees", "mentorships", "past", "invitations", "usual")


@blueprint.get("/mentoring")
def index(refused: InvitationForm | None = None) -> str:
    """What waits, oldest first; mentees and invitations below."""
    asked, form = _asked(), refused or InvitationForm(**_suggested())
    with database().reading() as session:
        dashboard = find_dashboard(session, asked, seen_by=current_person(), at=clock.now())
    form.offer(dashboard.choices)
    form.invited_as.data = form.invited_as.data or _likely_role(dashboard)
    return render_template(
        "mentoring/index.html",
        **{name: getattr(dashboard, name) for name in _SHOWN},
        most_past=MAX_PAST,
        form=form,
        origin=_find_origin(form),
        asked=asked.mentees,
        args=_args(asked),
        others=partial(_others, asked),
        page_url=partial(_page_url, asked),
        sorted_url=partial(_sorted_url, asked),
        mentee_urls=_mentee_urls(dashboard.mentees),
        reason_words=REASON_WORDS,
        needs_approval=needs_approval(),
        lifetime=INVITATION_LIFETIME,
    )


def needs_approval() -> bool:
    """Whether only accounts that the administrators approved may mentor."""
    return config().mentors is Mentors.APPROVED


def _find_origin(form: InvitationForm) -> Origin | None:
    if not form.enrollment.data:
        return None
    with database().reading() as session:
        return find_origin(
            session, form.enrollment.data, form.milestone.data or "", seen_by=current_person(), at=clock.now()
        )


def _asked() -> DashboardQuery:
    return DashboardQuery(
        mentee=request.args.get("mentee", ""),
        roadmap=request.args.get("roadmap", ""),
        mentees=asked_mentees(),
    )


def _mentee_urls(table: MenteeTable) -> dict[str, str]:
    """The page of each mentee by enrollment, for the table and for the list of those who need attention."""
    rows = {row.enrollment: row for row in (*table.rows, *table.attention)}
    return {
        enrollment: url_for("mentorships.show", public_id=row.mentorship, enrollment=enrollment)
        for enrollment, row in rows.items()
    }


def _args(asked: DashboardQuery) -> dict[str, Any]:
    """All filters and the order of this page, as they stand in its address."""
    filters = {"mentee": asked.mentee, "roadmap": asked.roadmap}
    return {name: value for name, value in filters.items() if value} | mentees_args(asked.mentees)


def _others(asked: DashboardQuery, *names: str) -> list[tuple[str, str]]:
    """The filters other than these, as the hidden fields of a form that changes these."""
    args = MultiDict(_args(asked))
    return [(name, value) for name, value in args.items(multi=True) if name not in names]


def _page_url(asked: DashboardQuery, _anchor: str = "", **changes: Any) -> str:
    """The address of this page with some filters changed, the others as they are."""
    return url_for("mentoring.index", **(_args(asked) | changes), _anchor=_anchor or None)


def _sorted_url(asked: DashboardQuery, name: str) -> str:
    """The address that sorts by a column, or the other way round where the page is sorted by it."""
    order, current, direction = MenteeOrder(name), asked.mentees, None
    if order is current.order:
        wanted = not current.goes_down
        if wanted != (order in HIGHEST_FIRST):
            direction = "descending" if wanted else "ascending"
    return _page_url(
        asked, _anchor="mentees", order=None if order is MenteeOrder.NEED else name, direction=direction
    )


def _suggested() -> dict[str, Any]:
    """What a link that leads here fills in: as what, for which roadmap, and where from."""
    names = {"invited_as": "as", "roadmap": "for", "enrollment": "enrollment", "milestone": "milestone"}
    return {field: request.args.get(name, "") for field, name in names.items()}


def _likely_role(dashboard: Dashboard) -> str:
    """The role to suggest: whoever mentors already mostly invites learners."""
    mentors_somebody = any(mentorship.is_mentor for mentorship in dashboard.mentorships)
    return (InvitedAs.LEARNER if mentors_somebody else InvitedAs.MENTOR).value
