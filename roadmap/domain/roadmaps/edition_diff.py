"""The differences between two editions of a roadmap, as text for readers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum

from roadmap.domain.roadmaps.outlines import MilestoneOutline, Outline, ResourceOutline

LIKENESS = 0.5
"""Titles that are less alike than this, from 0 to 1, hardly name the same."""


class Aspect(StrEnum):
    TITLE = "title"
    SUMMARY = "description"
    HOURS = "hours"
    CRITERIA = "done when"
    PREREQUISITES = "prerequisites"
    VERIFICATION = "review"
    OPTIONAL = "optional"
    SKILL = "skill"
    TOPICS = "topics"
    RESOURCES = "resources"


@dataclass(frozen=True, slots=True)
class Alteration:
    """One aspect of a milestone before and after, as text."""

    aspect: Aspect
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AlteredMilestone:
    """A milestone that is in both editions and differs."""

    milestone: MilestoneOutline
    alterations: tuple[Alteration, ...]


@dataclass(frozen=True, slots=True)
class RenamedMilestone:
    """A milestone with another key than before; `titles` are those of the milestones it takes over."""

    milestone: MilestoneOutline
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutlineDifference:
    """What a newer edition adds, removes, renames and changes; pathways are given by title."""

    added: tuple[MilestoneOutline, ...]
    removed: tuple[MilestoneOutline, ...]
    altered: tuple[AlteredMilestone, ...]
    pathways_added: tuple[str, ...]
    pathways_removed: tuple[str, ...]
    skills_altered: tuple[str, ...]
    renamed: tuple[RenamedMilestone, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether no milestone, pathway or skill differs, but perhaps the texts about them."""
        return not any(getattr(self, field.name) for field in fields(self))


def compare_outlines(
    old: Outline, new: Outline, old_keys: Mapping[str, str] | None = None
) -> OutlineDifference:
    """Compare two outlines of one roadmap; milestones, skills and pathways are matched by key.

    A milestone or skill that is not in the old outline is the one that it `was`. `old_keys` are the old keys
    of milestones by their new ones, where they are known better, such as over several editions.
    """
    old_pathways = {pathway.key: pathway.title for pathway in old.pathways}
    new_pathways = {pathway.key: pathway.title for pathway in new.pathways}
    taken = {key: _taken_over(old, milestone, old_keys or {}) for key, milestone in new.milestones.items()}
    gone = old.milestones.keys() - {key for keys in taken.values() for key in keys}
    altered = (
        AlteredMilestone(new.milestones[key], tuple(_alterations(old, new, keys[0], key)))
        for key, keys in taken.items()
        if keys
    )
    return OutlineDifference(
        added=tuple(new.milestones[key] for key, keys in taken.items() if not keys),
        removed=tuple(milestone for key, milestone in old.milestones.items() if key in gone),
        altered=tuple(milestone for milestone in altered if milestone.alterations),
        pathways_added=tuple(title for key, title in new_pathways.items() if key not in old_pathways),
        pathways_removed=tuple(title for key, title in old_pathways.items() if key not in new_pathways),
        skills_altered=tuple(_altered_skills(old, new)),
        renamed=tuple(
            RenamedMilestone(new.milestones[key], tuple(old.milestones[old_key].title for old_key in keys))
            for key, keys in taken.items()
            if keys and keys != (key,)
        ),
    )


def _taken_over(old: Outline, milestone: MilestoneOutline, old_keys: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of the old milestones that are this one now, the one that it is foremost first."""
    own = old_keys.get(milestone.key, milestone.key)
    return tuple(key for key in dict.fromkeys((own, *milestone.was)) if key in old.milestones)


def _altered_skills(old: Outline, new: Outline) -> Iterator[str]:
    """Yield a sentence for each skill that is called or counts differently than before."""
    for key, skill in new.skills.items():
        old_key = next((name for name in (key, *skill.was) if name in old.skills), None)
        if old_key is None:
            continue
        before = old.skills[old_key]
        if before.title != skill.title:
            yield f"{before.title} is now called {skill.title}"
        if before.optional != skill.optional:
            yield f"{skill.title} {'is now optional' if skill.optional else 'is no longer optional'}"
        if before.needs != skill.needs:
            yield f"{skill.title} now requires {_needs(skill.needs)} (before: {_needs(before.needs)})"
        if (old_key in old.chosen_by_pathway) != (key in new.chosen_by_pathway):
            now = "is now part of a pathway" if key in new.chosen_by_pathway else "is now core"
            yield f"{skill.title} {now}"


def _needs(needs: int | None) -> str:
    return "all of its milestones" if needs is None else f"{needs} of its milestones"


def _alterations(old: Outline, new: Outline, old_key: str, key: str) -> Iterator[Alteration]:
    before, after = _aspects(old, old_key), _aspects(new, key)
    for aspect in Aspect:
        if before[aspect] != after[aspect]:
            yield Alteration(aspect, before[aspect], after[aspect])


def _aspects(outline: Outline, key: str) -> dict[Aspect, str]:
    milestone = outline.milestones[key]
    return {
        Aspect.TITLE: milestone.title,
        Aspect.SUMMARY: milestone.summary,
        Aspect.HOURS: f"{milestone.hours_low:g}–{milestone.hours_high:g} h",
        Aspect.CRITERIA: "\n".join(milestone.done_when),
        Aspect.PREREQUISITES: ", ".join(outline.titles[other] for other in milestone.prerequisites) or "none",
        Aspect.VERIFICATION: "required" if milestone.verification == "mentor" else "optional",
        Aspect.OPTIONAL: "yes" if milestone.optional else "no",
        Aspect.SKILL: outline.skill_of[key].title,
        Aspect.TOPICS: ", ".join(milestone.topics) or "none",
        Aspect.RESOURCES: "\n".join(map(_resource, milestone.resources)) or "none",
    }


def _resource(resource: ResourceOutline) -> str:
    access = f", {resource.access.label}" if resource.access else ""
    return f"{resource.title} ({resource.url}{access})"


def is_something_else(old: tuple[str, Sequence[str]], new: tuple[str, Sequence[str]]) -> bool:
    """Return whether the title and criteria of a milestone have hardly anything of the earlier ones."""
    (old_title, old_criteria), (new_title, new_criteria) = old, new
    if set(old_criteria) & set(new_criteria):
        return False
    return SequenceMatcher(None, old_title.casefold(), new_title.casefold()).ratio() < LIKENESS
