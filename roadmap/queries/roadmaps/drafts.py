"""The pages of an author: the draft, its revisions, what is missing, and what changed where it was copied."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only

from roadmap.cache.editions import stored_outline
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound
from roadmap.domain.imports.import_rows import ImportedFile
from roadmap.domain.roadmaps.drafts import Draft, DraftRevision
from roadmap.domain.roadmaps.outline_documents import read_value
from roadmap.domain.roadmaps.outline_gaps import describe_place, find_draft_faults, with_field
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.roadmaps import (
    Edition,
    EditionState,
    Roadmap,
    check_author,
    last_edition_of,
)
from roadmap.domain.roadmaps.upstream import UpstreamChange, find_upstream_changes

SHOWN_REVISIONS = 20


@dataclass(frozen=True)
class DraftView:
    """A roadmap as its author sees it; without a draft, `outline` is what the last edition says."""

    roadmap: Roadmap
    draft: Draft | None
    last_edition: Edition | None
    outline: Outline

    @property
    def slug(self) -> str:
        return self.roadmap.slug

    @property
    def version(self) -> int:
        """The version of the draft, 0 without one."""
        return self.draft.version if self.draft else 0

    @property
    def edition(self) -> int | None:
        """The number of the last edition, None before the first."""
        return self.last_edition.number if self.last_edition else None

    @property
    def is_retired(self) -> bool:
        return self.last_edition is not None and self.last_edition.state is EditionState.RETIRED

    @property
    def notes(self) -> dict[str, Any]:
        """What an import left to decide."""
        return self.draft.notes if self.draft else {}

    @cached_property
    def imported(self) -> ImportedFile | None:
        return read_value(ImportedFile, self.notes["file"]) if "file" in self.notes else None


@dataclass(frozen=True, slots=True)
class FaultLine:
    """Something to mend before publishing: what, and the key and title of the part that it is in."""

    message: str
    key: str
    title: str
    is_skill: bool


@dataclass(frozen=True, slots=True)
class RevisionRow:
    number: int
    what: str
    saved_at: datetime
    saved_by: str | None


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A roadmap of this person that nobody can start: not published yet, or retired."""

    slug: str
    title: str
    language: str
    updated_at: datetime
    milestones: int
    is_waiting: bool
    is_retired: bool


def find_draft(session: Session, slug: str, *, seen_by: User, of_built_in: bool = False) -> DraftView:
    """Return the draft of a roadmap; raises NotFound or Forbidden like `check_author`."""
    roadmap = session.scalar(select(Roadmap).where(Roadmap.slug == slug))
    roadmap = check_author(roadmap, seen_by, of_built_in=of_built_in)
    draft = session.scalar(select(Draft).where(Draft.roadmap_id == roadmap.id))
    edition = session.scalar(last_edition_of(roadmap.id))
    if draft is None and edition is None:
        raise NotFound("This roadmap has nothing to edit.")
    outline = draft.read() if draft else stored_outline(session, edition.id if edition else 0).outline
    return DraftView(roadmap, draft, edition, outline)


def revisions_of(session: Session, view: DraftView) -> list[RevisionRow]:
    """Return the latest revisions of a draft, the newest first."""
    query = (
        select(DraftRevision, User.name)
        .outerjoin(User, User.id == DraftRevision.saved_by_id)
        .options(load_only(DraftRevision.number, DraftRevision.what, DraftRevision.saved_at))
        .where(DraftRevision.draft_id == (view.draft.id if view.draft else None))
        .order_by(DraftRevision.number.desc())
        .limit(SHOWN_REVISIONS)
    )
    rows = session.execute(query)
    return [RevisionRow(row.number, row.what, row.saved_at, name) for row, name in rows]


def faults_of(outline: Outline) -> list[FaultLine]:
    """Return what has to be mended before a draft can be published, each with its place."""
    lines = []
    for fault in find_draft_faults(outline):
        key, title = describe_place(outline, fault.path)
        name = next((str(step) for step in reversed(fault.path) if not isinstance(step, int)), "")
        message = with_field(name.replace("_", " "), fault.message)
        lines.append(FaultLine(message, key, title, key in outline.skills))
    return lines


def drafts_of(session: Session, person: User | None) -> list[DraftRow]:
    """Return the roadmaps of this person that nobody can start, the last changed first."""
    if person is None:
        return []
    of_roadmap = Edition.roadmap_id == Roadmap.id
    published = select(Edition.id).where(of_roadmap, Edition.state == EditionState.PUBLISHED).exists()
    retired = select(func.max(Edition.id)).where(of_roadmap, Edition.state == EditionState.RETIRED)
    query = (
        select(Draft, Roadmap.slug, Roadmap.created_at, retired.scalar_subquery().label("edition_id"))
        .select_from(Roadmap)
        .outerjoin(Draft, Draft.roadmap_id == Roadmap.id)
        .where(Roadmap.author_id == person.id, ~published)
        .order_by(func.coalesce(Draft.updated_at, Roadmap.created_at).desc(), Roadmap.id)
    )
    rows = []
    for draft, slug, created_at, edition_id in session.execute(query):
        if draft is None and edition_id is None:
            continue
        outline = draft.read() if draft else stored_outline(session, edition_id).outline
        waits, moment = bool(draft) and "file" in draft.notes, draft.updated_at if draft else created_at
        count = len(outline.milestones)
        rows.append(
            DraftRow(slug, outline.title, outline.language, moment, count, waits, edition_id is not None)
        )
    return rows


def newest_upstream(session: Session, copied_from_id: int | None, *, seen_by: User) -> Outline | None:
    """Return the newest edition of the roadmap that was copied, if it is newer and the person sees it."""
    if copied_from_id is None:
        return None
    base = session.get_one(Edition, copied_from_id)
    roadmap = session.get_one(Roadmap, base.roadmap_id)
    query = select(Edition.id).where(
        Edition.roadmap_id == base.roadmap_id,
        Edition.state == EditionState.PUBLISHED,
        Edition.number > base.number,
    )
    newest = session.scalar(query.order_by(Edition.number.desc()).limit(1))
    if newest is None or not roadmap.is_open_to(seen_by):
        return None
    return stored_outline(session, newest).outline


def upstream_changes(session: Session, draft: DraftView, *, seen_by: User) -> tuple[UpstreamChange, ...]:
    """Return what changed in the copied roadmap since the copy and is not in the draft."""
    copied_from_id = draft.draft.copied_from_id if draft.draft else None
    newest = newest_upstream(session, copied_from_id, seen_by=seen_by)
    if newest is None or copied_from_id is None:
        return ()
    base = stored_outline(session, copied_from_id).outline
    return find_upstream_changes(base, newest, draft.outline)
