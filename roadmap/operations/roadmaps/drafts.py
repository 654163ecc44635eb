"""Write a roadmap: begin a draft, save its states, go back to an earlier one, and publish it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from roadmap.cache.editions import stored_outline
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, StaleText, invalid, or_not_found
from roadmap.domain.roadmaps.drafts import (
    MAX_DOCUMENT,
    MAX_DRAFTS,
    MAX_HISTORY,
    MAX_REVISIONS,
    WHAT_LENGTH,
    Draft,
    DraftRevision,
    DraftSource,
)
from roadmap.domain.roadmaps.outline_documents import read_document, write_document
from roadmap.domain.roadmaps.outline_gaps import find_draft_faults
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.roadmaps import Edition, Roadmap, Visibility
from roadmap.operations.roadmaps.authoring import find_free_slug, last_edition, lock_authored
from roadmap.operations.roadmaps.editions import publish_edition

CHANGED = "This draft has changed since you opened it."

Change = Callable[[Outline], Outline]


def start_draft(
    session: Session,
    outline: Outline,
    *,
    by: User,
    at: datetime,
    source: DraftSource,
    what: str,
    is_restricted: bool = False,
    copied_from: Edition | None = None,
) -> Draft:
    """Add a private roadmap with a draft; its slug is made from the title.

    Raises Invalid when the person has too many unpublished roadmaps.
    """
    _check_number(session, by)
    roadmap = Roadmap(
        slug=find_free_slug(session, outline.title),
        created_at=at,
        author_id=by.id,
        visibility=Visibility.PRIVATE,
        is_restricted=is_restricted,
    )
    session.add(roadmap)
    session.flush()
    draft = Draft(
        roadmap_id=roadmap.id,
        source=source,
        outline="",
        version=0,
        updated_at=at,
        copied_from_id=copied_from.id if copied_from else None,
    )
    return _add_draft(session, draft, replace(outline, slug=roadmap.slug), by=by, at=at, what=what)


def lock_draft(session: Session, slug: str, *, by: User, at: datetime) -> Draft:
    """Return the draft of a roadmap of this author, locked until the transaction ends.

    A roadmap without one gets a draft from its newest edition.
    """
    roadmap = lock_authored(session, slug, by=by)
    draft = session.scalar(select(Draft).where(Draft.roadmap_id == roadmap.id).with_for_update())
    if draft is None:
        draft = begin_from_edition(session, roadmap, by=by, at=at)
    return draft


def begin_from_edition(session: Session, roadmap: Roadmap, *, by: User, at: datetime) -> Draft:
    """Add the draft of a published roadmap, as its last edition is."""
    edition = or_not_found(last_edition(session, roadmap), "This roadmap has nothing to edit.")
    draft = Draft(roadmap_id=roadmap.id, source=DraftSource.EMPTY, outline="", version=0, updated_at=at)
    outline = stored_outline(session, edition.id).outline
    return _add_draft(session, draft, outline, by=by, at=at, what=f"Started from edition {edition.number}")


def _add_draft(
    session: Session, draft: Draft, outline: Outline, *, by: User, at: datetime, what: str
) -> Draft:
    session.add(draft)
    session.flush()
    _save(session, draft, outline, by=by, at=at, what=what)
    return draft


def save_draft(
    session: Session,
    draft: Draft,
    change: Change,
    *,
    seen: int,
    by: User,
    at: datetime,
    what: str,
    part: Callable[[Outline], object] = lambda outline: outline,
) -> bool:
    """Save a changed outline as a new revision; return whether anything differs.

    Raises StaleText when `part` of the outline was changed since the version that the person saw.
    """
    outline = draft.read()
    # Whoever opens a roadmap without a draft sees its edition, which became the first revision.
    seen = seen or 1
    if seen != draft.version and part(outline) != part(_as_seen(session, draft, seen)):
        raise StaleText(f"{CHANGED} Both versions are below. Combine them and save again.", "", draft.version)
    changed = replace(change(outline), slug=outline.slug)
    if changed == outline:
        return False
    _save(session, draft, changed, by=by, at=at, what=what)
    return True


def restore_revision(session: Session, draft: Draft, number: int, *, by: User, at: datetime) -> None:
    """Make the outline of an earlier revision the newest one; that is a revision too."""
    text = session.scalar(_select_text(draft, number))
    outline = read_document(or_not_found(text, "This draft no longer has this revision."))
    if outline != draft.read():
        _save(session, draft, outline, by=by, at=at, what=f"Restored revision {number}")


def publish_draft(session: Session, draft: Draft, *, seen: int, at: datetime) -> Edition | None:
    """Publish the draft as the next edition; return None when it says the same as the newest one.

    Raises Conflict when it was changed since the person saw it, and Invalid when it has faults.
    """
    if seen != draft.version:
        raise Conflict(f"{CHANGED} Look at it again before you publish it.")
    outline = draft.read()
    if faults := find_draft_faults(outline):
        raise invalid(outline=f"{len(faults)} things are missing or wrong. They are listed on this page.")
    roadmap = session.get_one(Roadmap, draft.roadmap_id)
    return publish_edition(session, roadmap, outline, at=at)


def _select_text(draft: Draft, number: int) -> Select[str]:
    of_number = (DraftRevision.draft_id == draft.id, DraftRevision.number == number)
    return select(DraftRevision.outline).where(*of_number)


def _as_seen(session: Session, draft: Draft, number: int) -> Outline:
    text = session.scalar(_select_text(draft, number))
    if text is None:
        raise StaleText(f"{CHANGED} Open it again.", "", draft.version)
    return read_document(text)


def _save(session: Session, draft: Draft, outline: Outline, *, by: User, at: datetime, what: str) -> None:
    text = write_document(outline)
    if len(text.encode()) > MAX_DOCUMENT:
        raise invalid(text="This roadmap is too large. The limit is 2 MB.")
    draft.outline, draft.version = text, draft.version + 1
    draft.updated_at, draft.updated_by_id = at, by.id
    revision = DraftRevision(
        draft_id=draft.id,
        number=draft.version,
        what=what[:WHAT_LENGTH],
        outline=text,
        saved_at=at,
        saved_by_id=by.id,
    )
    session.add(revision)
    session.flush()
    _forget_old_revisions(session, draft, len(text))


def _forget_old_revisions(session: Session, draft: Draft, size: int) -> None:
    """Keep the newest hundred, and fewer of a long text."""
    most = max(2, min(MAX_REVISIONS, MAX_HISTORY // max(size, 1)))
    old = DraftRevision.number <= draft.version - most
    session.execute(delete(DraftRevision).where(DraftRevision.draft_id == draft.id, old))


def _check_number(session: Session, by: User) -> None:
    unpublished = ~select(Edition.id).where(Edition.roadmap_id == Roadmap.id).exists()
    query = select(func.count()).select_from(Roadmap).where(Roadmap.author_id == by.id, unpublished)
    if not by.is_admin and (session.scalar(query) or 0) >= MAX_DRAFTS:
        raise invalid(title=f"You have {MAX_DRAFTS} drafts. Publish or delete one first.")
