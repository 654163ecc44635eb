"""Mark milestones: status, what was known before, and the day to revisit one."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.learning.progress import Status
from roadmap.operations.learning.enrollments import lock_open_enrollment
from roadmap.operations.learning.progress import mark_known, set_progress, set_revisit
from roadmap.queries.learning.snapshots import own_snapshot
from roadmap.web.learning.forms import KnownForm, ProgressForm, RevisitForm
from roadmap.web.learning.fragments import render_changes, with_numbers
from roadmap.web.learning.milestones import show_milestone
from roadmap.web.redirects import flash_change, referring_page, with_anchor
from roadmap.web.requests import current_person, database, redirect_after_post, wants_fragment

blueprint = Blueprint("progress", __name__)


@blueprint.post("/enrollments/<public_id>/milestones/<key>/progress")
def update(public_id: str, key: str) -> ResponseReturnValue:
    form = ProgressForm()
    with form.shows_refusals():
        form.check()
        status = Status(form.status.data or "")
        with database().writing() as session:
            person, moment = current_person(), clock.now()
            enrollment = lock_open_enrollment(session, public_id, by=person)
            change = set_progress(
                session,
                enrollment,
                key,
                status,
                by=person,
                at=moment,
                occurred_on=form.occurred_on.data,
                reason=form.reason.data,
            )
            snapshot = own_snapshot(session, enrollment, at=moment)
            session.commit()
        outline = snapshot.enrollment.stored.outline
        words = status.replace("_", " ")
        toast = f"“{outline.milestones[key].title}” is {words}"
        if wants_fragment():
            return render_changes(
                snapshot, [key], words.capitalize(), change, view=form.view.data, toast=toast
            )
        flash_change(with_numbers(toast, snapshot.numbers), public_id=public_id, change=change)
        here = referring_page(url_for("milestones.show", public_id=public_id, key=key))
        return redirect_after_post(with_anchor(here, public_id, outline.skill_of[key].key))
    return show_milestone(public_id, key, progress_form=form), form.status_code


@blueprint.post("/enrollments/<public_id>/known")
def create(public_id: str) -> ResponseReturnValue:
    """Mark milestones as known before; with `skill`, all of that skill."""
    form, skill = KnownForm(), request.args.get("skill")
    keys = form.milestones.data or []
    with database().writing() as session:
        person, moment = current_person(), clock.now()
        enrollment = lock_open_enrollment(session, public_id, by=person)
        change = mark_known(session, enrollment, keys, by=person, at=moment, skill=skill)
        snapshot = own_snapshot(session, enrollment, at=moment)
        session.commit()
    text = "Marked as already known" if change is not None else "Already done"
    if wants_fragment() and skill is None:
        return render_changes(snapshot, keys, text, change, view=form.view.data)
    flash_change(with_numbers(text, snapshot.numbers), public_id=public_id, change=change)
    return redirect_after_post(
        with_anchor(referring_page(url_for("enrollments.show", public_id=public_id)), public_id, skill)
    )


@blueprint.post("/enrollments/<public_id>/milestones/<key>/revisit")
def revisit(public_id: str, key: str) -> ResponseReturnValue:
    form = RevisitForm()
    with form.shows_refusals():
        form.check()
        day = form.revisit_on.data
        with database().writing() as session:
            enrollment = lock_open_enrollment(session, public_id, by=current_person())
            change = set_revisit(session, enrollment, key, day, by=current_person(), at=clock.now())
            session.commit()
        flash_change(
            "Revisit date set." if day else "Revisit date cleared.", public_id=public_id, change=change
        )
        return redirect_after_post(referring_page(url_for("milestones.show", public_id=public_id, key=key)))
    return show_milestone(public_id, key, revisit_form=form), form.status_code
