"""The review of an import: what each row is, and what no foreign file says."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.errors import invalid
from roadmap.domain.imports.import_rows import ImportedFile, ImportRow
from roadmap.domain.imports.row_matches import RowMatches, match_rows
from roadmap.domain.imports.row_outlines import ImportDefaults
from roadmap.domain.roadmaps.outline_rules import check_hours
from roadmap.domain.roadmaps.outlines import VerificationMode
from roadmap.operations.roadmaps.drafts import lock_draft
from roadmap.operations.roadmaps.row_imports import bring_rows, save_rows, take_rows
from roadmap.queries.roadmaps.drafts import DraftView, find_draft
from roadmap.web.forms.fields import typed_number
from roadmap.web.redirects import redirect_to
from roadmap.web.requests import current_person, database
from roadmap.web.roadmaps.drafts import find_view
from roadmap.web.roadmaps.forms import LEVELS, ImportForm, NewRoadmapForm
from roadmap.web.roadmaps.new_roadmaps import read_brought
from roadmap.web.roadmaps.row_changes import change_rows, page_of_rows

blueprint = Blueprint("row_reviews", __name__)
_NO_ROADMAP_FILE = "This is a roadmap file. Paste it under “Edit as text”."


@blueprint.get("/roadmaps/<slug>/import")
def edit(slug: str) -> str:
    """The rows to review; without any, the form that brings a file."""
    draft = find_view(slug)
    return _page(draft, ImportForm(**_asked(draft)))


@blueprint.post("/roadmaps/<slug>/import")
def update(slug: str) -> ResponseReturnValue:
    """Save the rows; with `do` only change the chosen ones or turn the page, else make the draft of them."""
    if "text" in request.form or request.files:
        return _bring(slug)
    form = ImportForm()
    with form.shows_refusals():
        form.check()
        defaults = _defaults(form)
        what = request.form.get("do", "")
        with database().writing() as session:
            draft = lock_draft(session, slug, by=current_person(), at=clock.now())
            before = find_draft(session, slug, seen_by=current_person())
            if before.imported is None:
                raise invalid(rows="These rows were already imported.")
            imported = save_rows(draft, change_rows(before.imported, request.form, form), form.answers())
            if not what:
                take_rows(
                    session,
                    draft,
                    defaults,
                    language=form.language.data or "",
                    takes_ticked=form.take.data == "ticked",
                    by=current_person(),
                    at=clock.now(),
                    matches=_accepted(match_rows(before.outline, imported, before.notes.get("foreign", {}))),
                )
            session.commit()
        if what:
            return redirect_to("row_reviews.edit", slug=slug, page=_page_after(what))
        return redirect_to("drafts.edit", "Your draft is ready. Only you can see it.", slug=slug)
    return _refused(slug, form)


def _refused(slug: str, form: ImportForm) -> ResponseReturnValue:
    """Show the page with what was typed into its rows."""
    draft = find_view(slug)
    typed = change_rows(draft.imported, request.form, None) if draft.imported else ()
    return _page(draft, form, typed), 422


def _bring(slug: str) -> ResponseReturnValue:
    form = NewRoadmapForm()
    with form.shows_refusals():
        brought = read_brought(form.text.data or "")
        if not isinstance(brought, ImportedFile):
            raise invalid(text=_NO_ROADMAP_FILE)
        with database().writing() as session:
            draft = lock_draft(session, slug, by=current_person(), at=clock.now())
            bring_rows(draft, brought)
            session.commit()
        return redirect_to("row_reviews.edit", slug=slug)
    return _bring_page(find_view(slug), form), 422


def _bring_page(draft: DraftView, form: NewRoadmapForm) -> str:
    return render_template("roadmaps/authoring/bring_again.html", draft=draft, form=form)


def _page(draft: DraftView, form: ImportForm, typed: tuple[ImportRow, ...] = ()) -> str:
    """The page of the rows; `typed` are those of a form that was refused."""
    if draft.imported is None:
        return _bring_page(draft, NewRoadmapForm())
    imported = replace(draft.imported, rows=typed) if typed else draft.imported
    page = page_of_rows(draft, imported, number=typed_number(request.values.get("page", "")) or 1)
    context = {"draft": draft, "imported": draft.imported, "page": page, "form": form, "levels": LEVELS}
    return render_template("roadmaps/authoring/review.html", **context)


def _page_after(what: str) -> int:
    return typed_number(what.removeprefix("page-")) or typed_number(request.args.get("page", "")) or 1


def _asked(draft: DraftView) -> dict[str, Any]:
    """What was answered for all rows before, else what is usual."""
    answers: dict[str, Any] = draft.notes.get("answers", {})
    return ImportForm.defaults() | {"language": draft.outline.language} | answers


def _accepted(matches: RowMatches) -> dict[int, str]:
    """The keys that rows keep: those known by key or id, and the titles that were confirmed."""
    confirmed = {
        number: key for number, key in matches.by_title.items() if request.form.get(f"match-{number}")
    }
    return matches.sure | confirmed


def _defaults(form: ImportForm) -> ImportDefaults:
    low, high = form.hours_low.data or 0.0, form.hours_high.data or 0.0
    check_hours(low, high)
    return ImportDefaults((low, high), form.done_when.data or "", VerificationMode(form.verification.data))
