"""Begin a roadmap: from a list or a file, from another roadmap, or empty."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from roadmap import clock
from roadmap.domain.errors import invalid
from roadmap.domain.imports.import_rows import ImportedFile, UnreadableFile
from roadmap.domain.roadmaps.drafts import Draft, DraftSource
from roadmap.domain.roadmaps.outline_gaps import with_field
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.exports.languages import text_keywords
from roadmap.imports.foreign.foreign_files import FileFormat, read_foreign_file
from roadmap.imports.foreign.foreign_texts import MAX_BYTES
from roadmap.imports.outline_problems import OutlineProblems
from roadmap.imports.outlines import TEMPLATES, read_template
from roadmap.operations.roadmaps.catalogs import copy_roadmap
from roadmap.operations.roadmaps.drafts import start_draft
from roadmap.operations.roadmaps.row_imports import begin_import
from roadmap.queries.roadmaps.roadmaps import catalog_for
from roadmap.web.forms.posted import only_once
from roadmap.web.redirects import redirect_to
from roadmap.web.requests import current_person, database
from roadmap.web.roadmaps.forms import NewRoadmapForm

SHOWN_PROBLEMS = 20
TEMPLATE = "template:"
blueprint = Blueprint("new_roadmaps", __name__)


@blueprint.get("/roadmaps/new")
def new(refused: NewRoadmapForm | None = None) -> str:
    """The ways to begin."""
    form = refused or NewRoadmapForm(copy=request.args.get("copy", ""))
    with database().reading() as session:
        catalog = catalog_for(session, current_person())
    templates = [(TEMPLATE + name, title, text_keywords("")) for name, title in TEMPLATES.items()]
    form.copy.choices = templates + [
        (entry.slug, entry.title, text_keywords(entry.language))
        for entry in catalog
        if not entry.is_restricted
    ]
    # Two forms of the page have a title: what was typed, and what is wrong with it, is shown in the one sent.
    other, is_empty = NewRoadmapForm(reads_request=False), form.source.data == "empty"
    pasted, empty = (other, form) if is_empty else (form, other)
    return render_template("roadmaps/authoring/new.html", form=form, pasted=pasted, empty=empty)


@blueprint.post("/roadmaps/new")
def create() -> ResponseReturnValue:
    """Begin a draft; rows of a foreign file go to their review first."""
    form = NewRoadmapForm()
    with form.shows_refusals():
        form.check()
        brought = _brought(form)
        with database().writing() as session:
            only_once(session)
            draft = _start(session, form, brought)
            slug = session.get_one(Draft, draft.id).read().slug
            session.commit()
        if isinstance(brought, ImportedFile):
            return redirect_to("row_reviews.edit", slug=slug)
        return redirect_to("drafts.edit", "Your draft is ready. Only you can see it.", slug=slug)
    return new(form), form.status_code


def read_brought(text: str, title: str = "", kind: FileFormat = FileFormat.AUTO) -> ImportedFile | Outline:
    """Return what was pasted or chosen as a file; raise Invalid with a sentence for what cannot be read."""
    file = request.files.get("file")
    is_file = file is not None and bool(file.filename)
    data = file.read(MAX_BYTES + 1) if file and is_file else text.encode("utf-8", "replace")
    name = (file.filename or "") if file and is_file else ""
    place = "file" if is_file else "text"
    try:
        return read_foreign_file(data, title=title, name=name, kind=kind)
    except UnreadableFile as error:
        raise invalid(**{place: str(error)}) from error
    except OutlineProblems as error:
        lines = [
            f"Line {problem.line}: {with_field(f'“{problem.field}”', problem.message)}."
            for problem in error.problems
        ]
        more = f" {len(lines) - SHOWN_PROBLEMS} more." if len(lines) > SHOWN_PROBLEMS else ""
        raise invalid(**{place: " ".join(lines[:SHOWN_PROBLEMS]) + more}) from error


def _brought(form: NewRoadmapForm) -> ImportedFile | Outline | None:
    if form.source.data in {"empty", "copy"}:
        return None
    return read_brought(form.text.data or "", form.title.data or "", FileFormat(form.format.data))


def _start(session: Session, form: NewRoadmapForm, brought: ImportedFile | Outline | None) -> Draft:
    by, at = current_person(), clock.now()
    if isinstance(brought, ImportedFile):
        return begin_import(session, brought, by=by, at=at)
    if form.source.data == "copy" and (form.copy.data or "").startswith(TEMPLATE):
        brought = read_template((form.copy.data or "").removeprefix(TEMPLATE))
    elif form.source.data == "copy":
        return copy_roadmap(session, form.copy.data or "", by=by, at=at)
    if brought is not None:
        return start_draft(
            session, brought, by=by, at=at, source=DraftSource.IMPORT, what="Imported from a roadmap file"
        )
    title = form.title.data or ""
    if not title:
        raise invalid(title="Enter a title.")
    outline = Outline("", title, "", "", "", ())
    return start_draft(session, outline, by=by, at=at, source=DraftSource.EMPTY, what="Started")
