"""What people of the demo do with lists of their own."""

from collections.abc import Callable

from roadmap.demo.people import FOLDER
from roadmap.demo.steps import Step
from roadmap.domain.imports.import_rows import ImportedFile
from roadmap.domain.imports.row_outlines import ImportDefaults
from roadmap.domain.learning.enrollments import Settings
from roadmap.domain.roadmaps.drafts import Draft
from roadmap.imports.foreign.foreign_files import read_foreign_file
from roadmap.operations.learning.enrollments import start_enrollment
from roadmap.operations.roadmaps.drafts import publish_draft
from roadmap.operations.roadmaps.row_imports import begin_import, take_rows

HOURS_A_WEEK = 3.0


def bring_list(step: Step) -> Draft:
    """Import one of the demo's lists; its rows wait for a review."""
    imported = read_foreign_file((FOLDER / step.value).read_bytes(), name=step.value)
    if not isinstance(imported, ImportedFile):
        raise TypeError(f"{step.value} is a roadmap file, no list")
    return begin_import(step.session, imported, by=step.by, at=step.at)


def follow_list(step: Step) -> None:
    """Import a list, publish it for oneself, and start it."""
    draft = bring_list(step)
    take_rows(step.session, draft, ImportDefaults(), language="", takes_ticked=False, by=step.by, at=step.at)
    publish_draft(step.session, draft, seen=draft.version, at=step.at)
    slug = draft.read().slug
    start_enrollment(step.session, slug, Settings((), HOURS_A_WEEK), by=step.by, at=step.at)


AUTHORING_ACTIONS: dict[str, Callable[[Step], object]] = {
    "bring_list": bring_list,
    "follow_list": follow_list,
}
