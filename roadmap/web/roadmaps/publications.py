"""Publishing a draft, who may see a roadmap, copies of it, and its end."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.roadmaps.roadmaps import Visibility
from roadmap.operations.roadmaps.authoring import end_roadmap, set_visibility
from roadmap.operations.roadmaps.catalogs import copy_roadmap
from roadmap.operations.roadmaps.drafts import lock_draft, publish_draft
from roadmap.queries.learning.draft_effects import find_publish_page
from roadmap.queries.roadmaps.drafts import find_draft
from roadmap.web.forms.posted import only_once
from roadmap.web.redirects import flash_change, redirect_to
from roadmap.web.requests import current_person, database
from roadmap.web.roadmaps.draft_forms import VersionedForm
from roadmap.web.roadmaps.forms import RoadmapSettingsForm

blueprint = Blueprint("publications", __name__)
copies = Blueprint("copies", __name__)
draft_editions = Blueprint("draft_editions", __name__)


@blueprint.get("/roadmaps/<slug>/settings")
def edit(slug: str, form: RoadmapSettingsForm | None = None) -> str:
    """Who can see it, and how to end it."""
    with database().reading() as session:
        view = find_draft(session, slug, seen_by=current_person(), of_built_in=True)
    return render_template(
        "roadmaps/authoring/settings.html",
        draft=view,
        form=form or RoadmapSettingsForm(visibility=view.roadmap.visibility.value),
    )


@blueprint.post("/roadmaps/<slug>/settings")
def update(slug: str) -> ResponseReturnValue:
    form = RoadmapSettingsForm()
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            set_visibility(session, slug, Visibility(form.visibility.data), by=current_person())
            session.commit()
        return redirect_to("publications.edit", "Saved.", slug=slug)
    return edit(slug, form), form.status_code


@blueprint.post("/roadmaps/<slug>/retirement")
def destroy(slug: str) -> ResponseReturnValue:
    """Retire it, or delete it when it was never published."""
    with database().writing() as session:
        was_deleted = end_roadmap(session, slug, by=current_person(), at=clock.now())
        session.commit()
    return redirect_to(
        "roadmaps.index", "Draft deleted." if was_deleted else "Retired. New learners can’t start it."
    )


@copies.post("/roadmaps/<slug>/copy")
def create(slug: str) -> ResponseReturnValue:
    """Copy it into a roadmap of one's own."""
    with database().writing() as session:
        only_once(session, needs_field=False)
        draft = copy_roadmap(session, slug, by=current_person(), at=clock.now())
        copied = draft.read().slug
        session.commit()
    return redirect_to("drafts.edit", "This is your copy. Only you can see it.", slug=copied)


@draft_editions.get("/roadmaps/<slug>/draft/edition")
def new(slug: str, refused: VersionedForm | None = None) -> str:
    """What publishing would change."""
    with database().reading() as session:
        page = find_publish_page(session, slug, seen_by=current_person())
    return render_template("roadmaps/authoring/publish.html", page=page, form=refused or VersionedForm())


@draft_editions.post("/roadmaps/<slug>/draft/edition", endpoint="create")
def publish(slug: str) -> ResponseReturnValue:
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
            flash_change(f"Edition {number} has been published.")
        is_first = number == 1
        return redirect_to("enrollments.new" if is_first else "roadmaps.show", slug=slug)
    return new(slug, form), form.status_code
