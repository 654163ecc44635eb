"""The rules for outlines from any source; each violation is a fault with its path."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from roadmap.domain.errors import invalid
from roadmap.domain.roadmaps.outlines import MilestoneOutline, Outline, SkillOutline

KEY_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LANGUAGE_PATTERN = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
MIN_HOURS, MAX_HOURS, HOUR_STEP = 0.5, 999, 0.5
HOURS_RANGE = f"{MIN_HOURS} to {MAX_HOURS}"
MAX_MILESTONES = 2000
MAX_CYCLES = 20

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class OutlineFault:
    """A violated rule; `path` is the place in a roadmap file: `("areas", 0, "skills", 2, "needs")`."""

    path: Path
    message: str


def find_outline_faults(outline: Outline) -> tuple[OutlineFault, ...]:
    """Return every fault in plan order of its rule; an outline without any can become an edition."""
    rules = (_size, _repeated_keys, _earlier_keys, _hours, _needs, _prerequisites, _pathway_skills, _cycles)
    return tuple(fault for rule in rules for fault in rule(outline))


def _placed_skills(outline: Outline) -> Iterator[tuple[Path, SkillOutline]]:
    for area_number, area in enumerate(outline.areas):
        for number, skill in enumerate(area.skills):
            yield ("areas", area_number, "skills", number), skill


def _placed_milestones(outline: Outline) -> Iterator[tuple[Path, SkillOutline, MilestoneOutline]]:
    for path, skill in _placed_skills(outline):
        for number, milestone in enumerate(skill.milestones):
            yield (*path, "milestones", number), skill, milestone


def _size(outline: Outline) -> Iterator[OutlineFault]:
    count = sum(1 for _ in _placed_milestones(outline))
    if count > MAX_MILESTONES:
        yield OutlineFault(("areas",), f"{count} milestones are too many; the limit is {MAX_MILESTONES}")


def _repeated_keys(outline: Outline) -> Iterator[OutlineFault]:
    areas = [(("areas", number), area.key) for number, area in enumerate(outline.areas)]
    pathways = [(("pathways", number), pathway.key) for number, pathway in enumerate(outline.pathways)]
    groups = [(("groups", number), group.key) for number, group in enumerate(outline.groups)]
    skills = [(path, skill.key) for path, skill in _placed_skills(outline)]
    milestones = [(path, milestone.key) for path, _, milestone in _placed_milestones(outline)]
    yield from _repeats(areas, "another area")
    yield from _repeats(pathways, "another pathway")
    yield from _repeats(groups, "another group")
    yield from _repeats([*skills, *milestones], "another skill or milestone")


def _repeats(placed: Iterable[tuple[Path, str]], owner: str) -> Iterator[OutlineFault]:
    seen: set[str] = set()
    for path, key in placed:
        if key in seen:
            yield OutlineFault((*path, "key"), f"{owner} already has the key “{key}”")
        seen.add(key)


def _earlier_keys(outline: Outline) -> Iterator[OutlineFault]:
    skills = [(path, skill.was) for path, skill in _placed_skills(outline)]
    milestones = [(path, milestone.was) for path, _, milestone in _placed_milestones(outline)]
    yield from _still_in_use(skills, outline.skills, "skill")
    yield from _still_in_use(milestones, outline.milestones, "milestone")


def _still_in_use(
    placed: Iterable[tuple[Path, tuple[str, ...]]], current: Iterable[str], kind: str
) -> Iterator[OutlineFault]:
    current, taken = frozenset(current), set[str]()
    for path, keys in placed:
        for number, key in enumerate(keys):
            if key in current:
                yield OutlineFault((*path, "was", number), f"“{key}” is the key of a {kind} in this file")
            elif key in taken:
                yield OutlineFault((*path, "was", number), f"another {kind} already has “{key}” here")
            taken.add(key)


def _hours(outline: Outline) -> Iterator[OutlineFault]:
    for path, _, milestone in _placed_milestones(outline):
        low, high = milestone.hours_low, milestone.hours_high
        for hours in (low, high):
            if not MIN_HOURS <= hours <= MAX_HOURS or hours % HOUR_STEP:
                yield OutlineFault(
                    (*path, "hours"), f"{hours:g} is not {HOURS_RANGE} in steps of half an hour"
                )
        if high < low:
            yield OutlineFault((*path, "hours"), f"the high end, {high:g}, is below the low end, {low:g}")


def _needs(outline: Outline) -> Iterator[OutlineFault]:
    for path, skill in _placed_skills(outline):
        most = len(skill.required)
        if skill.needs is not None and not 1 <= skill.needs <= most:
            wanted = f"must be from 1 to {most}" if most else "must be left out"
            reason = f"this skill has {most} required milestones, so this {wanted}, not {skill.needs}"
            yield OutlineFault((*path, "needs"), reason)


def _prerequisites(outline: Outline) -> Iterator[OutlineFault]:
    known = outline.skills.keys() | outline.milestones.keys()
    for path, skill, milestone in _placed_milestones(outline):
        place = (*path, "prerequisites")
        yield from _references(place, milestone.prerequisites, known, "milestone or skill")
        for number, key in enumerate(milestone.prerequisites):
            if key == milestone.key:
                yield OutlineFault((*place, number), f"a milestone can’t depend on itself: {key}→{key}")
            elif key == skill.key:
                cycle_text = f"{milestone.key}→{key}→{milestone.key}"
                yield OutlineFault(
                    (*place, number), f"a milestone can’t depend on its own skill: {cycle_text}"
                )


def _pathway_skills(outline: Outline) -> Iterator[OutlineFault]:
    groups = {group.key for group in outline.pathway_groups}
    for number, pathway in enumerate(outline.pathways):
        if pathway.group not in groups:
            known = ", ".join(group.key for group in outline.pathway_groups)
            message = f"there is no group with the key “{pathway.group}”; choose from {known}"
            yield OutlineFault(("pathways", number, "group"), message)
        yield from _references(("pathways", number, "skills"), pathway.skills, outline.skills.keys(), "skill")


def _references(path: Path, keys: tuple[str, ...], known: Iterable[str], kind: str) -> Iterator[OutlineFault]:
    known = frozenset(known)
    counts: Counter[str] = Counter()
    for number, key in enumerate(keys):
        counts[key] += 1
        if key not in known:
            yield OutlineFault((*path, number), f"there is no {kind} with the key “{key}”")
        elif counts[key] > 1:
            yield OutlineFault((*path, number), f"“{key}” is listed twice")


def _cycles(outline: Outline) -> Iterator[OutlineFault]:
    places = {milestone.key: path for path, _, milestone in _placed_milestones(outline)}
    order = {key: number for number, key in enumerate(places)}
    waits = _waiting(outline)
    # Each iteration removes one cycle; the limit protects against files with thousands of cycles.
    for _ in range(MAX_CYCLES):
        cycle = _find_cycle(waits)
        if not cycle:
            return
        start = min((key for key in cycle if key in order), key=order.__getitem__)
        first = cycle.index(start)
        cycle = [*cycle[first:], *cycle[:first]]
        number = outline.milestones[start].prerequisites.index(cycle[1])
        cycle_text = "→".join([*cycle, start])
        yield OutlineFault(
            (*places[start], "prerequisites", number), f"these depend on each other: {cycle_text}"
        )
        waits[start].remove(cycle[1])


def _waiting(outline: Outline) -> dict[str, list[str]]:
    # Each skill is a node that depends on its required milestones, so the graph is linear in the file size.
    waits = {key: [milestone.key for milestone in skill.required] for key, skill in outline.skills.items()}
    for key, milestone in outline.milestones.items():
        own = {key, outline.skill_of[key].key}
        waits[key] = [
            prerequisite for prerequisite in dict.fromkeys(milestone.prerequisites) if prerequisite not in own
        ]
    return waits


def _find_cycle(waits: dict[str, list[str]]) -> list[str]:
    try:
        TopologicalSorter(waits).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))[:-1]
    return []


def check_hours(low: float, high: float) -> None:
    """Raise Invalid for hours of one milestone that somebody typed."""
    for name, hours in (("hours_low", low), ("hours_high", high)):
        if not MIN_HOURS <= hours <= MAX_HOURS or hours % HOUR_STEP:
            raise invalid(**{name: f"Enter {HOURS_RANGE} hours, in steps of {HOUR_STEP}."})
    if low > high:
        raise invalid(hours_high="The maximum can’t be below the minimum.")
