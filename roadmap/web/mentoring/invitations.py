"""Invitations to a mentorship: made, sent again, withdrawn, answered."""

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from roadmap import clock
from roadmap.config import SignUp
from roadmap.domain.accounts.audits import AuditKind
from roadmap.domain.mentoring.invitations import InvitedAs
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.operations.accounts.audits import record
from roadmap.operations.mentoring.invitations import invite, resend_invitation, withdraw_invitation
from roadmap.operations.mentoring.mentorships import answer_invitation
from roadmap.queries.mentoring.invitations import find_invitation
from roadmap.queries.mentoring.queues import queue_items
from roadmap.web.accounts.recent_accounts import was_used_by
from roadmap.web.forms.posted import only_once
from roadmap.web.mentoring import dashboard
from roadmap.web.mentoring.dashboard import needs_approval
from roadmap.web.mentoring.forms import InvitationAnswerForm, InvitationForm
from roadmap.web.redirects import flash_link, redirect_to
from roadmap.web.requests import config, current_person, database, person_or_none, redirect_after_post

blueprint = Blueprint("invitations", __name__)
DECLINED = "Invitation declined. They won’t be given a reason."
ACCEPTED_BY_LEARNER = "Invitation accepted. When you’ve finished a milestone, submit it from its page."
ACCEPTED_WITH_WORK = "Invitation accepted. Open what waits below to review it."
ACCEPTED_BY_MENTOR = (
    "Invitation accepted. This is your learner’s page. What they submit will appear here and under Mentoring."
)


@blueprint.post("/mentoring/invitations")
def create() -> ResponseReturnValue:
    """Invite somebody; without mail the link is shown to whoever made it."""
    form = InvitationForm()
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            only_once(session)
            invitation, secret = invite(
                session,
                email=form.email.data or "",
                invited_as=InvitedAs(form.invited_as.data),
                slug=form.roadmap.data or "",
                by=current_person(),
                at=clock.now(),
                base_url=config().base_url,
                approved_only=needs_approval(),
            )
            session.commit()
        _flash_invitation(invitation.email, secret)
        return redirect_after_post(_page_after(form))
    return dashboard.index(form), form.status_code


def _page_after(form: InvitationForm) -> str:
    """The desk, with the page that led to the form, so that it leads back there."""
    enrollment, milestone = form.enrollment.data or None, form.milestone.data or None
    return url_for("mentoring.index", enrollment=enrollment, milestone=milestone)


@blueprint.post("/mentoring/invitations/<public_id>/resend")
def update(public_id: str) -> ResponseReturnValue:
    """Send it again with a new link; the old one ends."""
    with database().writing() as session:
        only_once(session)
        invitation, secret = resend_invitation(
            session, public_id, by=current_person(), at=clock.now(), base_url=config().base_url
        )
        session.commit()
    _flash_invitation(invitation.email, secret)
    return redirect_to("mentoring.index")


@blueprint.post("/mentoring/invitations/<public_id>/withdrawal")
def destroy(public_id: str) -> ResponseReturnValue:
    with database().writing() as session:
        withdraw_invitation(session, public_id, by=current_person(), at=clock.now())
        session.commit()
    return redirect_to("mentoring.index", "Invitation withdrawn.")


@blueprint.get("/invitations/<token>")
def show(token: str) -> str:
    """Who invites whom to what; looking changes nothing."""
    with database().reading() as session:
        view = find_invitation(session, token, at=clock.now())
    person = person_or_none()
    is_invited = person is not None and person.email == view.email
    return render_template(
        "mentoring/invitation.html",
        invitation=view,
        token=token,
        is_invited=is_invited,
        may_register=config().sign_up is not SignUp.CLOSED,
        lacks_approval=needs_approval() and not view.mentor_is_approved,
    )


@blueprint.post("/invitations/<token>")
def answer(token: str) -> ResponseReturnValue:
    form = InvitationAnswerForm()
    if not form.validate():
        with database().reading() as session:
            find_invitation(session, token, at=clock.now())
    form.check()
    with database().writing() as session:
        mentorship = answer_invitation(
            session,
            token,
            accepts=form.answer.data == "accept",
            by=current_person(),
            at=clock.now(),
            approved_only=needs_approval(),
        )
        if mentorship is not None:
            _note_shared_browser(session, mentorship)
        is_mentor = mentorship is not None and mentorship.mentor_id == current_person().id
        session.commit()
    if mentorship is not None and is_mentor:
        return _lead_to_work(mentorship)
    return redirect_to("mentoring.index", DECLINED if mentorship is None else ACCEPTED_BY_LEARNER)


def _lead_to_work(mentorship: Mentorship) -> ResponseReturnValue:
    """A new mentor goes to the queue where something waits, else to the page of the learner."""
    with database().reading() as session:
        is_waiting = bool(queue_items(session, seen_by=current_person(), at=clock.now()))
        page = url_for("mentorships.show", public_id=mentorship.public_id)
        flash(ACCEPTED_WITH_WORK if is_waiting else ACCEPTED_BY_MENTOR, "notice")
    return redirect_after_post(url_for("mentoring.index") if is_waiting else page)


def _note_shared_browser(session: Session, mentorship: Mentorship) -> None:
    """Write to the audit log when the other side was signed in here lately: it may be the same person."""
    other = mentorship.mentor if mentorship.learner_id == current_person().id else mentorship.learner
    if was_used_by(other):
        kind = AuditKind.ACCEPTED_IN_SAME_BROWSER
        record(session, kind, at=clock.now(), by=current_person(), subject=other, address=request.remote_addr)


def _flash_invitation(email: str, secret: str) -> None:
    if config().sends_mail:
        flash(f"Invitation sent to {email}.", "message")
        return
    link = config().base_url + url_for("invitations.show", token=secret)
    flash_link(f"Email isn’t set up here. Give {email} this link:", link)
