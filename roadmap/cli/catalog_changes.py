"""What an imported file would change, and roadmap files from lists, in words for a terminal."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.editions import stored_outline
from roadmap.domain.imports.import_rows import Certainty, UnreadableFile
from roadmap.domain.imports.row_outlines import ImportDefaults, build_outline
from roadmap.domain.roadmaps.edition_diff import OutlineDifference, compare_outlines
from roadmap.domain.roadmaps.keys import make_key
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.exports.formatting import plural
from roadmap.imports.foreign.foreign_files import read_foreign_file
from roadmap.imports.outline_problems import OutlineProblems
from roadmap.operations.roadmaps.authoring import last_edition
from roadmap.queries.learning.draft_effects import DraftEffects, effects_of


@dataclass(frozen=True, slots=True)
class ImportChanges:
    """What an import changes, line by line, and how many people follow the roadmap."""

    lines: tuple[str, ...]
    learners: int


def describe_import(session: Session, outline: Outline) -> ImportChanges:
    """Compare a file with the last edition of its roadmap; a new roadmap changes nothing."""
    roadmap = session.scalar(select(Roadmap).where(Roadmap.slug == outline.slug))
    edition = last_edition(session, roadmap) if roadmap is not None else None
    if roadmap is None or edition is None:
        return ImportChanges((), 0)
    before = stored_outline(session, edition.id).outline
    effects = effects_of(session, roadmap.id, outline, before)
    difference = compare_outlines(before, outline)
    return ImportChanges((*_differences(difference), *_effects(effects)), effects.learners)


def draft_outline(data: bytes, *, name: str, title: str) -> tuple[Outline, list[str]]:
    """Return the outline of a foreign file, and remarks on what was guessed and left out.

    Raises UnreadableFile, OutlineProblems or Invalid for a file that gives none.
    """
    read = read_foreign_file(data, title=title, name="" if name == "-" else name)
    if isinstance(read, Outline):
        return read, []
    built = build_outline(read, ImportDefaults(), slug=make_key(read.title, (), kind="roadmap"))
    unsure = sum(row.certainty is not Certainty.SURE for row in read.rows)
    remarks = [f"{read.format}, {read.encoding}: {plural(len(built.outline.milestones), 'milestone')}"]
    remarks += [f"left out: {sentence}" for sentence in read.left_out]
    remarks += [f"{plural(unsure, 'row')} to check: their level or parent is a guess"] if unsure else []
    return built.outline, remarks


def foreign_kind(data: bytes, *, name: str) -> str | None:
    """Return the kind of a file that is no roadmap file but can become one, else None."""
    try:
        read = read_foreign_file(data, name="" if name == "-" else name)
    except (UnreadableFile, OutlineProblems):
        return None
    return None if isinstance(read, Outline) else read.format


def _differences(difference: OutlineDifference) -> Iterator[str]:
    for words, milestones in (("added", difference.added), ("removed", difference.removed)):
        if milestones:
            yield f"{words}: {', '.join(milestone.key for milestone in milestones)}"
    if difference.altered:
        yield f"changed: {', '.join(altered.milestone.key for altered in difference.altered)}"


def _effects(effects: DraftEffects) -> Iterator[str]:
    if not effects.learners:
        return
    down = f"the claimed percentage drops for {effects.going_down}"
    most = f", by {effects.largest} percentage points at most" if effects.going_down else ""
    yield f"{plural(effects.learners, 'person follows', 'people follow')} it; {down}{most}"
    for reused in effects.reused:
        before = f"before “{reused.title_before}”, done by {reused.done_by}"
        yield f"{reused.key} now means something else: “{reused.title}”, {before}"
    for lost in effects.lost:
        if lost.done_by or lost.same_title:
            again = f"; {lost.same_title} has the same title; add “was: {lost.key}” there to keep progress"
            yield f"{lost.key} is removed, done by {lost.done_by}{again if lost.same_title else ''}"
