"""Bring a roadmap from a foreign file: its rows wait for a review, and then become the draft."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import or_not_found
from roadmap.domain.imports.import_rows import ImportedFile, ImportRow
from roadmap.domain.imports.row_matches import keep_keys
from roadmap.domain.imports.row_outlines import ImportDefaults, build_outline
from roadmap.domain.roadmaps.drafts import Draft, DraftSource
from roadmap.domain.roadmaps.outline_documents import read_value
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.operations.roadmaps.drafts import save_draft, start_draft

_OF_THE_REVIEW = {"file", "answers"}


def begin_import(session: Session, imported: ImportedFile, *, by: User, at: datetime) -> Draft:
    """Add a private roadmap whose draft is empty until its rows are reviewed."""
    outline = Outline("", imported.title, imported.title, "", imported.source, ())
    draft = start_draft(
        session,
        outline,
        by=by,
        at=at,
        source=DraftSource.IMPORT,
        what="Started",
        is_restricted=imported.is_restricted,
    )
    bring_rows(draft, imported)
    return draft


def bring_rows(draft: Draft, imported: ImportedFile) -> None:
    """Put the rows of a file beside a draft, in the place of others that wait."""
    draft.notes = draft.notes | {"file": asdict(imported)}


def waiting_rows(draft: Draft) -> ImportedFile:
    """Return the file whose rows wait for a review; raise NotFound without one."""
    values = or_not_found(draft.notes.get("file"), "There are no rows to review.")
    imported: ImportedFile = read_value(ImportedFile, values)
    return imported


def save_rows(draft: Draft, rows: Sequence[ImportRow], answers: dict[str, Any]) -> ImportedFile:
    """Save changed rows with the answers that hold for all of them, and return the file with them."""
    imported = replace(waiting_rows(draft), rows=tuple(rows))
    bring_rows(draft, imported)
    draft.notes = draft.notes | {"answers": answers}
    return imported


def take_rows(
    session: Session,
    draft: Draft,
    defaults: ImportDefaults,
    *,
    language: str,
    takes_ticked: bool,
    by: User,
    at: datetime,
    matches: dict[int, str] | None = None,
) -> None:
    """Make the draft from its rows; ticked milestones are marked when this person starts the roadmap.

    `matches` are the keys that rows keep, by their number. Raises Invalid like `build_outline`.
    """
    imported, before = waiting_rows(draft), draft.read()
    built = build_outline(imported, defaults, slug=before.slug, keys=matches, reserved=before.titles.keys())
    outline = replace(keep_keys(before, built.outline), language=language)
    count = len(outline.milestones)
    what = f"Imported {count:,} milestones: {imported.format}"
    save_draft(session, draft, lambda _: outline, seen=draft.version, by=by, at=at, what=what)
    notes: dict[str, Any] = {key: value for key, value in draft.notes.items() if key not in _OF_THE_REVIEW}
    notes["foreign"] = notes.get("foreign", {}) | built.foreign
    notes["licence"] = imported.licence
    notes.pop("ticked", None)
    if takes_ticked and built.ticked:
        notes["ticked"] = {"by": by.public_id, "keys": list(built.ticked)}
    draft.notes = notes


def take_ticked(session: Session, roadmap_id: int, *, by: User) -> tuple[str, ...]:
    """Return the keys that this person had ticked in what they imported, and forget them."""
    draft = session.scalar(select(Draft).where(Draft.roadmap_id == roadmap_id).with_for_update())
    ticked = draft.notes.get("ticked") if draft else None
    if draft is None or not ticked or ticked["by"] != by.public_id:
        return ()
    draft.notes = {key: value for key, value in draft.notes.items() if key != "ticked"}
    return tuple(ticked["keys"])
