"""Publish a draft: what is missing, what it changes, and for whom."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.operations.roadmaps.drafts import lock_draft, publish_draft
from roadmap.queries.learning.draft_effects import find_publish_page
from roadmap.web.redirects import flash_change
from roadmap.web.requests import current_person, database, redirect_after_post
from roadmap.web.roadmaps.draft_forms import VersionedForm

blueprint = Blueprint("draft_editions", __name__)


@blueprint.get("/roadmaps/<slug>/draft/edition")
def new(slug: str) -> str:
    """What publishing would change."""
    return _page(slug, VersionedForm())


@blueprint.post("/roadmaps/<slug>/draft/edition")
def create(slug: str) -> ResponseReturnValue:
    """Publish what was looked at; the first edition leads to its start."""
    form = VersionedForm()
    with form.shows_refusals():
        with database().writing() as session:
            draft = lock_draft(session, slug, by=current_person(), at=clock.now())
            edition = publish_draft(session, draft, seen=form.seen or draft.version, at=clock.now())
            number = edition.number if edition else None
            session.commit()
        if number is None:
            flash_change("This is identical to the latest edition, so nothing was published.")
        else:
            flash_change(f"Edition {number} is published.")
        first = number == 1
        return redirect_after_post(url_for("enrollments.new" if first else "roadmaps.show", slug=slug))
    return _page(slug, form), form.status_code


def _page(slug: str, form: VersionedForm) -> str:
    with database().reading() as session:
        page = find_publish_page(session, slug, seen_by=current_person())
    return render_template("roadmaps/authoring/publish.html", page=page, form=form, here="roadmaps")
