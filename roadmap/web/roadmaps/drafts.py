"""The draft of a roadmap: its texts, what is in it, and its earlier states."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.errors import NotFound, StaleText, invalid
from roadmap.domain.imports.row_outlines import DONE_WHEN
from roadmap.domain.roadmaps import outline_edits as edits
from roadmap.domain.roadmaps.outlines import AreaOutline, Outline, VerificationMode
from roadmap.domain.roadmaps.upstream import take_over
from roadmap.operations.roadmaps.drafts import lock_draft, restore_revision, save_draft
from roadmap.queries.roadmaps.drafts import (
    DraftView,
    faults_of,
    find_draft,
    newest_upstream,
    revisions_of,
    upstream_changes,
)
from roadmap.web.redirects import redirect_to
from roadmap.web.requests import current_person, database
from roadmap.web.roadmaps.draft_forms import AdditionForm, AreaForm, DraftForm, TakeOverForm, VersionedForm

STEPS = {"up": -1, "down": 1}
_ADDED = {"area": "an area", "skill": "skills", "milestones": "milestones"}
TEXTS = ("title", "summary", "description", "source", "language")
blueprint = Blueprint("drafts", __name__)


@blueprint.get("/roadmaps/<slug>/draft")
def edit(slug: str, refused: VersionedForm | None = None) -> str:
    """The whole draft, with what is missing before it can be published."""
    with database().reading() as session:
        view = find_draft(session, slug, seen_by=current_person())
        revisions = revisions_of(session, view)
        upstream = upstream_changes(session, view, seen_by=current_person())
    outline = view.outline
    saved = DraftForm(reads_request=False, of=outline, version=view.version)
    form = refused if isinstance(refused, DraftForm) else saved
    if isinstance(refused, AreaForm):
        area = _find_area(outline, refused.area.data)
        show_conflict(refused, f"{area.title}\n\n{area.summary}".strip())
    elif refused is not None:
        show_conflict(refused, "\n\n".join(filter(None, (saved[name].data for name in TEXTS))))
    return render_template(
        "roadmaps/authoring/draft.html",
        draft=view,
        outline=outline,
        form=form,
        refused=refused,
        faults=faults_of(outline),
        revisions=revisions,
        upstream=upstream,
    )


@blueprint.post("/roadmaps/<slug>/draft")
def update(slug: str) -> ResponseReturnValue:
    """Save the texts of the roadmap; with `add` or `area` add something, or change an area."""
    if "add" in request.form:
        what = _ADDED.get(request.form["add"], "a part")
        return _save(slug, AdditionForm(), _add, f"Added {what}")
    if "take" in request.form:
        return _take_over(slug)
    if "area" in request.form:
        return _save(slug, AreaForm(), _change_area, "Changed an area")
    return _save(slug, DraftForm(), _change_texts, "Changed the roadmap’s details")


@blueprint.post("/roadmaps/<slug>/draft/revisions/<int:number>/restoring", endpoint="restore")
def restore(slug: str, number: int) -> ResponseReturnValue:
    """Go back to an earlier state; going back can be taken back in the same way."""
    with database().writing() as session:
        draft = lock_draft(session, slug, by=current_person(), at=clock.now())
        restore_revision(session, draft, number, by=current_person(), at=clock.now())
        session.commit()
    return redirect_to("drafts.edit", f"Revision {number} has been restored.", slug=slug)


def save(
    slug: str,
    form: VersionedForm,
    change: Callable[[Outline], Outline],
    what: str,
    part: Callable[[Outline], object] = lambda outline: outline,
) -> None:
    """Save a change of a draft; raises StaleText where the part was changed since the form was opened."""
    with database().writing() as session:
        draft = lock_draft(session, slug, by=current_person(), at=clock.now())
        save_draft(
            session, draft, change, seen=form.seen, by=current_person(), at=clock.now(), what=what, part=part
        )
        session.commit()


def find_view(slug: str) -> DraftView:
    """The draft, for its author."""
    with database().reading() as session:
        return find_draft(session, slug, seen_by=current_person())


def show_conflict(form: VersionedForm, current: str) -> None:
    """Show what was saved meanwhile beside what was typed, which may be sent again over it."""
    if isinstance(form.conflict, StaleText):
        form.conflict.current = current


def _save(
    slug: str, form: VersionedForm, change: Callable[[Outline, VersionedForm], Outline], what: str
) -> ResponseReturnValue:
    with form.shows_refusals():
        form.check()
        save(slug, form, lambda outline: change(outline, form), what, part=_part_of(form))
        place = request.form.get("to") or request.form.get("area")
        anchor = f"in-{place}" if place else None
        return redirect_to("drafts.edit", slug=slug, _anchor=anchor)
    return edit(slug, form), form.status_code


def _take_over(slug: str) -> ResponseReturnValue:
    """Take over a milestone as it is now in the roadmap that was copied."""
    key = TakeOverForm().take.data or ""
    with database().writing() as session:
        draft = lock_draft(session, slug, by=current_person(), at=clock.now())
        newest = newest_upstream(session, draft.copied_from_id, seen_by=current_person())
        if newest is None:
            raise NotFound("The roadmap you copied has no newer edition.")
        save_draft(
            session,
            draft,
            lambda outline: take_over(outline, newest, key),
            seen=draft.version,
            by=current_person(),
            at=clock.now(),
            what=f"Applied changes to {key}",
        )
        session.commit()
    return redirect_to("drafts.edit", slug=slug, _anchor="upstream")


def _part_of(form: VersionedForm) -> Callable[[Outline], object]:
    """What must not have changed meanwhile: additions fit into any state."""
    if isinstance(form, AdditionForm):
        return lambda _: None
    if isinstance(form, AreaForm):
        key = form.area.data
        return lambda outline: [(area.title, area.summary) for area in outline.areas if area.key == key]
    return lambda outline: [getattr(outline, name) for name in TEXTS]


def _change_texts(outline: Outline, form: VersionedForm) -> Outline:
    texts: dict[str, Any] = {name: form[name].data or "" for name in TEXTS}
    return replace(outline, **texts)


def _add(outline: Outline, form: VersionedForm) -> Outline:
    kind, to = form["add"].data, form["to"].data or ""
    titles = [line.strip(" \t-*•") for line in (form["titles"].data or "").splitlines()]
    titles = [title for title in titles if title]
    if not titles:
        raise invalid(titles="Enter a title.")
    if kind == "area":
        for title in titles:
            outline = edits.add_area(outline, title)
        return outline
    if kind == "skill" and any(area.key == to for area in outline.areas):
        for title in titles:
            outline = edits.add_skill(outline, to, title)
        return outline
    if kind != "milestones" or to not in outline.skills:
        raise NotFound("This part is no longer in the draft.")
    return edits.add_milestones(outline, to, titles, done_when=DONE_WHEN, verification=VerificationMode.SELF)


def _find_area(outline: Outline, key: str | None) -> AreaOutline:
    area = next((area for area in outline.areas if area.key == key), None)
    if area is None:
        raise NotFound("This area is no longer in the draft.")
    return area


def _change_area(outline: Outline, form: VersionedForm) -> Outline:
    key, step = form["area"].data, request.form.get("step", "save")
    area = _find_area(outline, key)
    if step in STEPS:
        return replace(outline, areas=edits.move_part(outline.areas, key, STEPS[step]))
    if step == "remove":
        return edits.remove_area(outline, key)
    changed = replace(area, title=form["title"].data or "", summary=form["summary"].data or "")
    return edits.replace_area(outline, changed)
