"""Administration: accounts, approvals of mentors, the links of all people, and the audit log."""

from collections.abc import Callable
from datetime import UTC

from flask import Blueprint, Response, abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.accounts.users import User
from roadmap.exports.table_csv import write_table
from roadmap.operations.accounts import users as operations
from roadmap.operations.accounts.passwords import start_reset
from roadmap.queries.accounts.audits import AuditFilter, audits_for, find_audits_page
from roadmap.queries.accounts.users import find_accounts_page
from roadmap.queries.reports.secret_links import find_links_page
from roadmap.web.admin.forms import EVENT_WORDS, AccountsPlace, AccountsQuery, AuditForm, RoleForm, StateForm
from roadmap.web.forms.fields import typed_number
from roadmap.web.forms.posted import only_once
from roadmap.web.redirects import flash_link, redirect_to
from roadmap.web.rendering.template_filters import viewer_zone
from roadmap.web.requests import config, current_person, database

_STATES = {"active": operations.enable_user, "disabled": operations.disable_user}
_ROLES = {"administrator": operations.make_admin, "person": operations.end_admin}
users = Blueprint("users", __name__, url_prefix="/admin")
secret_links = Blueprint("secret_links", __name__, url_prefix="/admin")
audits = Blueprint("audits", __name__, url_prefix="/admin")
AUDIT_HEADER = ("at", "kind", "actor", "subject", "address")
mentor_approvals = Blueprint("mentor_approvals", __name__, url_prefix="/admin/accounts/<public_id>/approval")


@users.get("")
def index() -> str:
    """All accounts by name; `q` looks in names and addresses."""
    form = AccountsQuery()
    words, after = form.words, form.after.data or ""
    with database().reading() as session:
        page = find_accounts_page(session, words=words, after=after, at=clock.now())
    return render_template("admin/accounts.html", page=page, words=words, after=after)


@users.post("/accounts/<public_id>/state")
def update(public_id: str) -> ResponseReturnValue:
    """Disable or enable an account: `state` is `active` or `disabled`."""
    form = StateForm()
    form.check()
    user = _change(public_id, _STATES[form.state.data or ""])
    flash(f"{user.name} is {'disabled' if user.is_disabled else 'active'}.", "message")
    return _redirect_to_accounts()


@users.post("/accounts/<public_id>/role")
def appoint(public_id: str) -> ResponseReturnValue:
    """Make an administrator or end it: `role` is `administrator` or `person`."""
    form = RoleForm()
    form.check()
    user = _change(public_id, _ROLES[form.role.data or ""])
    flash(f"{user.name} is {'now' if user.is_admin else 'no longer'} an administrator.", "message")
    return _redirect_to_accounts()


@users.get("/accounts/<public_id>/<change>")
def confirm(public_id: str, change: str) -> str:
    if change not in {"disabled", "administrator"}:
        abort(404)
    return _ask_for_confirmation(public_id, change)


@users.post("/accounts/<public_id>/reset")
def reset(public_id: str) -> ResponseReturnValue:
    """Start a new password: the link goes by mail, or is shown once where no mail is sent."""
    with database().writing() as session:
        user = operations.find_user(session, public_id)
        only_once(session)
        url = start_reset(
            session,
            user,
            by=current_person(),
            at=clock.now(),
            base_url=config().base_url,
            mails=config().sends_mail,
        )
        session.commit()
    mailed = f"A link is on its way to {user.name}."
    shown = f"Give this link to {user.name}; it is shown only now and works once, within two hours:"
    if config().sends_mail:
        flash(mailed, "notice")
    else:
        flash_link(shown, url)
    return _redirect_to_accounts()


@users.get("/accounts/<public_id>/deletion")
def edit(public_id: str) -> str:
    return render_template("admin/deletion.html", user=_find_user(public_id))


@users.post("/accounts/<public_id>/deletion")
def destroy(public_id: str) -> ResponseReturnValue:
    with database().writing() as session:
        user = operations.find_user(session, public_id)
        name = user.name
        operations.delete_user(session, user, by=current_person(), at=clock.now())
        session.commit()
    return redirect_to("users.index", f"The account of {name} has been deleted.")


def _find_user(public_id: str) -> User:
    with database().reading() as session:
        return operations.find_user(session, public_id)


def _ask_for_confirmation(public_id: str, change: str) -> str:
    form, user = AccountsQuery(), _find_user(public_id)
    context = {"q": form.q.data, "after": form.after.data, "installation": config().installation}
    return render_template("admin/confirmation.html", user=user, change=change, **context)


def _change(public_id: str, change: Callable[..., None]) -> User:
    with database().writing() as session:
        user = operations.find_user(session, public_id)
        change(session, user, by=current_person(), at=clock.now())
        session.commit()
    return user


def _redirect_to_accounts() -> ResponseReturnValue:
    """The page of the accounts on which the button was pressed."""
    form = AccountsPlace()
    return redirect_to("users.index", q=form.q.data or None, after=form.after.data or None)


@secret_links.get("/shares", endpoint="index")
def list_secret_links() -> str:
    """Whose they are and how often they were opened, never what they show; `page` counts from 1."""
    page = typed_number(request.args.get("page", "")) or 1
    with database().reading() as session:
        links = find_links_page(session, page=page, at=clock.now())
    return render_template("admin/shares.html", page=links)


@mentor_approvals.get("")
def new(public_id: str) -> str:
    return _ask_for_confirmation(public_id, "mentor")


@mentor_approvals.post("")
def create(public_id: str) -> ResponseReturnValue:
    user = _change(public_id, operations.approve_mentor)
    flash(f"{user.name} is approved as a mentor.", "message")
    return _redirect_to_accounts()


@mentor_approvals.post("/withdrawal", endpoint="destroy")
def withdraw_approval(public_id: str) -> ResponseReturnValue:
    """Take the approval back; mentorships and reviews stay."""
    user = _change(public_id, operations.end_mentor_approval)
    flash(f"{user.name} is no longer approved as a mentor.", "message")
    return _redirect_to_accounts()


@audits.get("/audits", endpoint="index")
def list_audits() -> ResponseReturnValue:
    """Who did what, the newest first; `before` continues a page."""
    form, only = AuditForm(), AuditFilter()
    with form.shows_refusals():
        form.check()
        only = form.filter(viewer_zone())
    with database().reading() as session:
        page = find_audits_page(session, only, before=form.place)
    words = {"asked": form.typed, "event_words": EVENT_WORDS}
    template = render_template("admin/audits.html", page=page, form=form, **words)
    return template, form.status_code if form.was_refused else 200


@audits.get("/audits.csv")
def download() -> Response:
    """The entries of the same filter as CSV, with times in UTC."""
    form = AuditForm()
    form.check()
    with database().reading() as session:
        rows = audits_for(session, form.filter(viewer_zone()))
    cells = (
        (f"{row.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", row.kind.value, row.actor, row.subject, row.address)
        for row in rows
    )
    response = Response(write_table(AUDIT_HEADER, cells), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="audit-log.csv"'
    return response
