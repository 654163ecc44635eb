"""Accounts and roadmaps: what people of the demo do before and beside learning."""

from collections.abc import Callable

from roadmap.demo.editions import merged_outline
from roadmap.demo.entries import FOLDER
from roadmap.demo.steps import Step
from roadmap.domain.imports.import_rows import ImportedFile
from roadmap.domain.imports.row_outlines import ImportDefaults
from roadmap.domain.learning.enrollments import Settings
from roadmap.domain.roadmaps.drafts import Draft
from roadmap.imports.foreign.foreign_files import read_foreign_file
from roadmap.imports.outlines import read_outline
from roadmap.operations.accounts.accounts import create_account
from roadmap.operations.accounts.sign_ins import begin_session
from roadmap.operations.accounts.users import approve_mentor as approve
from roadmap.operations.learning.enrollments import start_enrollment
from roadmap.operations.roadmaps.catalogs import import_outline, load_built_in
from roadmap.operations.roadmaps.drafts import publish_draft
from roadmap.operations.roadmaps.row_imports import begin_import, take_rows

AGENTS = {
    "administrator": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "mentor": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.5 Safari/605.1.15",
    "learner": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile Safari/604.1",
}
HOURS_A_WEEK = 3.0


def join(step: Step) -> None:
    """Make an account; the first one is the administrator's."""
    person = step.entry.by
    step.installation.users[person.handle] = create_account(
        step.session,
        email=person.email,
        name=person.name,
        password_hash=step.installation.password_hash,
        time_zone=person.zone,
        is_open=True,
        at=step.at,
    )


def sign_in(step: Step) -> None:
    """Begin a session."""
    begin_session(
        step.session,
        by=step.by,
        at=step.at,
        is_remembered=True,
        agent=AGENTS[step.entry.by.role],
        address=f"192.0.2.{10 + list(step.installation.users).index(step.entry.by.handle)}",
    )
    step.installation.signed_in_at[step.entry.by.handle] = step.at


def approve_mentor(step: Step) -> None:
    """Approve somebody as a mentor."""
    approve(step.session, step.installation.users[step.value], by=step.by, at=step.at)


def import_roadmap(step: Step) -> None:
    """Import one of the demo's roadmap files."""
    outline = read_outline((FOLDER / step.value).read_bytes())
    import_outline(step.session, outline, by=step.by, at=step.at)


def merge_milestones(step: Step) -> None:
    """Publish an edition of one of the demo's roadmap files in which two milestones are one."""
    outline = merged_outline(read_outline((FOLDER / step.value).read_bytes()))
    import_outline(step.session, outline, by=step.by, at=step.at)


def publish_newest_edition(step: Step) -> None:
    """The software is upgraded, and the built-in roadmap has its newest edition."""
    load_built_in(step.session, step.installation.outline, at=step.at)


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


ACCOUNT_ACTIONS: dict[str, Callable[[Step], object]] = {
    "join": join,
    "sign_in": sign_in,
    "approve_mentor": approve_mentor,
    "import_roadmap": import_roadmap,
    "merge_milestones": merge_milestones,
    "publish_newest_edition": publish_newest_edition,
    "bring_list": bring_list,
    "follow_list": follow_list,
}
