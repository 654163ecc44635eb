"""What a draft lacks before it can be published, beside the rules for all outlines."""

from collections.abc import Iterator

from roadmap.domain.roadmaps.outline_rules import OutlineFault, Path, find_outline_faults
from roadmap.domain.roadmaps.outlines import Outline, SkillOutline

MISSING = "is missing"


def find_draft_faults(outline: Outline) -> tuple[OutlineFault, ...]:
    """Return what is missing, then every violated rule; a draft without any can be published."""
    return (*_gaps(outline), *find_outline_faults(outline))


def describe_place(outline: Outline, path: Path) -> tuple[str, str]:
    """Return the key of the milestone or skill that a fault is in, and its title; empty for the roadmap."""
    part: object = outline
    place = ("", "")
    for step in path:
        part = (
            part[step]
            if isinstance(step, int) and isinstance(part, tuple)
            else getattr(part, str(step), None)
        )
        if part is None or isinstance(part, str):
            break
        if hasattr(part, "done_when") or (hasattr(part, "milestones") and part is not outline):
            place = (part.key, part.title)
    return place


def with_field(name: str, message: str) -> str:
    """Return the message of a fault with the name of its field before it where that is its subject."""
    return f"{name} {message}" if message.split(maxsplit=1)[0] in {"is", "must", "has", "needs"} else message


def _gaps(outline: Outline) -> Iterator[OutlineFault]:
    for name in ("title", "summary"):
        if not getattr(outline, name):
            yield OutlineFault((name,), MISSING)
    if not outline.areas:
        yield OutlineFault(("areas",), "there are no areas yet; add at least one")
    for number, area in enumerate(outline.areas):
        path: Path = ("areas", number)
        yield from _title_gap(path, area.title)
        if not area.skills:
            yield OutlineFault(
                (*path, "skills"), f"the area “{area.title}” has no skills yet; add at least one"
            )
        for index, skill in enumerate(area.skills):
            yield from _gaps_of_skill((*path, "skills", index), skill)


def _gaps_of_skill(path: Path, skill: SkillOutline) -> Iterator[OutlineFault]:
    yield from _title_gap(path, skill.title)
    if not skill.milestones:
        yield OutlineFault((*path, "milestones"), "no milestones yet; add at least one")
    for number, milestone in enumerate(skill.milestones):
        place = (*path, "milestones", number)
        yield from _title_gap(place, milestone.title)
        if not milestone.done_when:
            yield OutlineFault((*place, "done_when"), "is empty; describe what shows that it’s done")


def _title_gap(path: Path, title: str) -> Iterator[OutlineFault]:
    if not title:
        yield OutlineFault((*path, "title"), MISSING)
