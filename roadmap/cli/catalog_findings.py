"""What commands find in roadmap files, in words: what an import would change, totals, and dead links."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import OpenerDirector, build_opener

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.editions import stored_outline
from roadmap.domain.imports.import_rows import Certainty, UnreadableFile
from roadmap.domain.imports.row_outlines import ImportDefaults, build_outline
from roadmap.domain.roadmaps.edition_diff import OutlineDifference, compare_outlines
from roadmap.domain.roadmaps.outline_texts import make_key
from roadmap.domain.roadmaps.outline_totals import HoursTotal, outline_totals
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.exports.formatting import plural
from roadmap.imports.foreign.foreign_files import read_foreign_file
from roadmap.imports.outline_problems import OutlineProblems
from roadmap.operations.roadmaps.authoring import last_edition
from roadmap.queries.learning.draft_effects import DraftEffects, effects_of

AT_ONCE = 16
SECONDS = 10
_HEADERS = [("User-Agent", "Mozilla/5.0 (roadmap catalog check)"), ("Accept", "*/*")]
# The page is there, but only for people with an account or a browser.
_THERE = frozenset({401, 403, 405, 406, 429})


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
    most = f", by up to {plural(effects.largest, 'percentage point')}" if effects.going_down else ""
    yield f"{plural(effects.learners, 'person follows', 'people follow')} it; {down}{most}"
    for reused in effects.reused:
        before = f"previously “{reused.title_before}”, done by {reused.done_by}"
        yield f"{reused.key} now means something else: “{reused.title}”, {before}"
    for lost in effects.lost:
        if lost.done_by or lost.same_title:
            again = f"; {lost.same_title} has the same title; add “was: {lost.key}” there to keep progress"
            yield f"{lost.key} is removed, done by {lost.done_by}{again if lost.same_title else ''}"


def totals_lines(outline: Outline) -> Iterator[str]:
    """Yield the hours of areas and pathways with their share of the core, and the shape of the order."""
    totals = outline_totals(outline)
    yield f"Core: {totals.core_low:.0f} to {totals.core_high:.0f} hours"
    yield from (_total("Area", total) for total in totals.areas)
    yield from (_total("Pathway", total) for total in totals.pathways)
    yield f"Longest chain of prerequisites: {totals.depth} milestones"
    yield _keys("Without prerequisites", totals.roots)
    yield _keys("Not connected to any other", totals.unconnected)
    yield _keys("Optional next to alternatives", totals.optional_beside_alternatives)


def dead_links(outline: Outline) -> list[str]:
    """Return a line for each address that does not answer, with the milestones that link it."""
    users: dict[str, list[str]] = {}
    for key, milestone in outline.milestones.items():
        for resource in milestone.resources:
            users.setdefault(resource.url, []).append(key)
    problems = find_dead_links(users)
    return [f"{url} ({', '.join(users[url])}): {problem}" for url, problem in problems.items()]


def _total(kind: str, total: HoursTotal) -> str:
    return f"{kind} {total.key}: {total.low:.0f} to {total.high:.0f} hours, {total.share:.0%} of the core"


def _keys(title: str, keys: Sequence[str]) -> str:
    return f"{title}: {', '.join(keys) or 'none'}"


def find_dead_links(urls: Iterable[str], *, seconds: float = SECONDS) -> dict[str, str]:
    """Return why an address does not answer, for those that do not, in their order; each is asked once."""
    opener = build_opener()
    opener.addheaders = _HEADERS
    distinct = list(dict.fromkeys(urls))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        problems = pool.map(lambda url: _problem(opener, url, seconds), distinct)
        return {url: problem for url, problem in zip(distinct, problems, strict=True) if problem}


def _problem(opener: OpenerDirector, url: str, seconds: float) -> str:
    """Return what is wrong with an address, or nothing; its page is not read."""
    try:
        with opener.open(url.partition("#")[0], timeout=seconds):
            return ""
    except HTTPError as error:
        error.close()
        return "" if error.code in _THERE else f"answers {error.code}"
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        is_late = isinstance(reason, TimeoutError)
        return f"no response within {seconds:g} seconds" if is_late else str(reason) or type(error).__name__
