"""The whole draft as the text of a roadmap file."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from roadmap.exports.outline_documents import write_outline
from roadmap.imports.draft_texts import read_draft_text
from roadmap.imports.outline_problems import OutlineProblem, OutlineProblems
from roadmap.web.redirects import flash_change
from roadmap.web.requests import redirect_after_post
from roadmap.web.roadmaps.draft_forms import DraftTextForm
from roadmap.web.roadmaps.drafts import find_view, save, show_conflict

blueprint = Blueprint("draft_texts", __name__)


@blueprint.get("/roadmaps/<slug>/draft/text")
def edit(slug: str) -> str:
    """The text, as an export writes it."""
    return _page(slug)


@blueprint.post("/roadmaps/<slug>/draft/text")
def update(slug: str) -> ResponseReturnValue:
    """Save the text; what is wrong is named with its line and its field."""
    form = DraftTextForm()
    with form.shows_refusals():
        form.check()
        try:
            outline = read_draft_text(form.text.data or "", slug=slug)
            save(slug, form, lambda _: outline, "Edited as text")
        except OutlineProblems as error:
            return _page(slug, form, problems=error.problems), 422
        flash_change("Saved.")
        return redirect_after_post(url_for("draft_texts.edit", slug=slug))
    return _page(slug, form), form.status_code


def _page(slug: str, form: DraftTextForm | None = None, problems: tuple[OutlineProblem, ...] = ()) -> str:
    view = find_view(slug)
    saved = write_outline(view.outline).decode()
    if form:
        show_conflict(form, saved)
    return render_template(
        "roadmaps/authoring/text.html",
        draft=view,
        form=form or DraftTextForm(version=view.version, text=saved),
        problems=problems,
        here="roadmaps",
    )
