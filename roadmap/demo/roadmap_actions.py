"""Roadmaps of the demo: what is imported and published, and editions that differ from the files."""

from collections.abc import Callable
from dataclasses import replace

from roadmap.demo.entries import FOLDER
from roadmap.demo.steps import Step
from roadmap.domain.imports.import_rows import ImportedFile
from roadmap.domain.imports.row_outlines import ImportDefaults
from roadmap.domain.learning.enrollments import Settings
from roadmap.domain.roadmaps.drafts import Draft
from roadmap.domain.roadmaps.outline_edits import change_milestones, change_skills
from roadmap.domain.roadmaps.outlines import (
    MilestoneOutline,
    Outline,
    ResourceOutline,
    ResourceType,
    SkillOutline,
    VerificationMode,
)
from roadmap.imports.foreign.foreign_files import read_foreign_file
from roadmap.imports.outlines import read_outline
from roadmap.operations.learning.enrollments import start_enrollment
from roadmap.operations.roadmaps.catalogs import import_outline, load_built_in
from roadmap.operations.roadmaps.drafts import publish_draft
from roadmap.operations.roadmaps.row_imports import begin_import, take_rows

HOURS_A_WEEK = 3.0
# The newest edition has added these; nothing depends on them.
ADDED_SINCE = frozenset({"report-negative-result", "write-postmortem"})
REMOVED_FROM = "mlops-devops"
REMOVED = MilestoneOutline(
    key="keep-data-versions",
    title="Keep versions of a dataset",
    summary="A result can be repeated only on the data it came from. Give each state of a dataset a name.",
    done_when=("Two states of the data can be fetched by name.", "A run says which one it used."),
    hours_low=2,
    hours_high=4,
    verification=VerificationMode.SELF,
    resources=(ResourceOutline("DVC documentation", "https://dvc.org/doc", ResourceType.DOCS),),
)
SHORTER = "map-personal-data"
MERGED, INTO = "find-the-data", "answer-real-question"


def earlier_outline(outline: Outline) -> Outline:
    """The outline without what was added, with what was removed, and with other hours on a milestone."""
    return change_skills(outline, lambda skills: tuple(_earlier_skill(skill) for skill in skills))


def _earlier_skill(skill: SkillOutline) -> SkillOutline:
    milestones = [
        replace(milestone, hours_low=2, hours_high=4) if milestone.key == SHORTER else milestone
        for milestone in skill.milestones
        if milestone.key not in ADDED_SINCE
    ]
    if skill.key == REMOVED_FROM:
        milestones.append(REMOVED)
    return replace(skill, milestones=tuple(milestones))


def merged_outline(outline: Outline) -> Outline:
    """The outline where finding the data is no milestone of its own, but part of answering a question."""
    return change_milestones(outline, _merged)


def _merged(milestones: tuple[MilestoneOutline, ...]) -> tuple[MilestoneOutline, ...]:
    return tuple(
        replace(milestone, was=(MERGED,), prerequisites=("set-up-machine",), hours_low=8, hours_high=12)
        if milestone.key == INTO
        else milestone
        for milestone in milestones
        if milestone.key != MERGED
    )


def import_roadmap(step: Step) -> None:
    """Import one of the demo's roadmap files."""
    outline = read_outline((FOLDER / step.value).read_bytes())
    step.perform(import_outline, outline)


def merge_milestones(step: Step) -> None:
    """Publish an edition of one of the demo's roadmap files in which two milestones are one."""
    outline = merged_outline(read_outline((FOLDER / step.value).read_bytes()))
    step.perform(import_outline, outline)


def publish_newest_edition(step: Step) -> None:
    """The software is upgraded, and the built-in roadmap has its newest edition."""
    load_built_in(step.session, step.installation.outline, at=step.at)


def bring_list(step: Step) -> Draft:
    """Import one of the demo's lists; its rows wait for a review."""
    imported = read_foreign_file((FOLDER / step.value).read_bytes(), name=step.value)
    if not isinstance(imported, ImportedFile):
        raise TypeError(f"{step.value} is a roadmap file, no list")
    return step.perform(begin_import, imported)


def follow_list(step: Step) -> None:
    """Import a list, publish it for oneself, and start it."""
    draft = bring_list(step)
    step.perform(take_rows, draft, ImportDefaults(), language="", takes_ticked=False)
    publish_draft(step.session, draft, seen=draft.version, at=step.at)
    slug = draft.read().slug
    step.perform(start_enrollment, slug, Settings((), HOURS_A_WEEK))


ROADMAP_ACTIONS: dict[str, Callable[[Step], object]] = {
    "import_roadmap": import_roadmap,
    "merge_milestones": merge_milestones,
    "publish_newest_edition": publish_newest_edition,
    "bring_list": bring_list,
    "follow_list": follow_list,
}
