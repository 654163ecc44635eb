"""The settings of an enrollment, pathways, hours, target, pause and archive, and the edition it follows."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.learning.enrollments import EnrollmentState, Settings
from roadmap.operations.learning.enrollments import (
    accept_edition,
    change_settings,
    lock_enrollment,
    lock_open_enrollment,
)
from roadmap.queries.learning.editions import find_edition_page, withdrawn_titles
from roadmap.queries.learning.roadmap_pages import find_settings_page
from roadmap.web.learning.forms import EditionForm, SettingsForm
from roadmap.web.redirects import flash_change, redirect_to, referring_page
from roadmap.web.requests import current_person, database, redirect_after_post, wants_fragment

blueprint = Blueprint("enrollment_settings", __name__)
editions = Blueprint("editions", __name__)
_MESSAGES = {
    EnrollmentState.ACTIVE: "Active again, and back on Today.",
    EnrollmentState.PAUSED: "Paused. Reminders stop and weeks don’t count toward your pace until you resume.",
    EnrollmentState.ARCHIVED: "Archived. It’s read-only until you unarchive it.",
}


@blueprint.get("/enrollments/<public_id>/settings")
def edit(public_id: str) -> str:
    """The form; with `preview` and `pathways` in the address it shows what would follow from those."""
    chosen = None
    if "preview" in request.args:
        chosen = SettingsForm(pathways=request.args.getlist("pathways"), shows_forecast=True).settings()
    return _page(public_id, None, chosen)


@blueprint.post("/enrollments/<public_id>/settings")
def update(public_id: str) -> ResponseReturnValue:
    """Save them all, only another state, or with `preview` nothing at all."""
    form = SettingsForm()
    if form.preview.data:
        return _page(public_id, form, form.settings())
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            enrollment = lock_enrollment(session, public_id, by=current_person())
            before = enrollment.settings
            settings = form.settings_after(before)
            change = change_settings(session, enrollment, settings, by=current_person(), at=clock.now())
            session.commit()
        flash_change(_message(before, settings), public_id=public_id, change=change)
        return redirect_after_post(referring_page(url_for("enrollment_settings.edit", public_id=public_id)))
    return _page(public_id, form, form.settings()), form.status_code


def _message(before: Settings, after: Settings) -> str:
    if before == after:
        return "Nothing has changed, so nothing was saved."
    return "Settings saved." if before.state is after.state else _MESSAGES[after.state]


def _page(public_id: str, form: SettingsForm | None, chosen: Settings | None) -> str:
    with database().reading() as session:
        page = find_settings_page(session, public_id, seen_by=current_person(), at=clock.now(), chosen=chosen)
    settings = page.enrollment.settings
    shown = form or SettingsForm(of=settings, target_date=settings.target_on)
    template = "learning/settings/_preview.html" if wants_fragment() else "learning/settings/show.html"
    return render_template(template, page=page, form=shown)


@editions.get("/enrollments/<public_id>/edition", endpoint="edit")
def show_edition(public_id: str) -> str:
    """What the newest edition would change, with both numbers before and after."""
    with database().reading() as session:
        page = find_edition_page(session, public_id, seen_by=current_person(), at=clock.now())
    return render_template("learning/edition.html", page=page)


@editions.post("/enrollments/<public_id>/edition", endpoint="update")
def follow_edition(public_id: str) -> ResponseReturnValue:
    number = EditionForm().edition.data
    with database().writing() as session:
        enrollment = lock_open_enrollment(session, public_id, by=current_person())
        change = accept_edition(session, enrollment, number, by=current_person(), at=clock.now())
        withdrawn = withdrawn_titles(session, enrollment.id, change)
        session.commit()
    sentences = ["You’re now on the latest edition."]
    sentences += [f"Your submission of “{title}” was withdrawn." for title in withdrawn]
    return redirect_to("enrollments.show", " ".join(sentences), change=change, public_id=public_id)
