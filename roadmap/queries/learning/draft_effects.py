"""What publishing a draft would change, and for how many learners."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.editions import stored_outline
from roadmap.cache.states import states_by_ids
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment, EnrollmentState
from roadmap.domain.learning.merged_milestones import best_of
from roadmap.domain.learning.numbers import counts_for_claimed, measure
from roadmap.domain.learning.progress import MilestoneState
from roadmap.domain.roadmaps.edition_diff import OutlineDifference, compare_outlines, is_something_else
from roadmap.domain.roadmaps.editions import MilestoneText, select_milestone_keys
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.plans import make_plan
from roadmap.domain.roadmaps.roadmaps import last_edition_of
from roadmap.queries.roadmaps.drafts import DraftView, FaultLine, faults_of, find_draft


@dataclass(frozen=True, slots=True)
class LostMilestone:
    """A milestone that the draft drops, with how many people have it done."""

    key: str
    title: str
    done_by: int
    same_title: str
    """The key of a new milestone with the same title: perhaps it was only renamed."""


@dataclass(frozen=True, slots=True)
class ReusedKey:
    """A key with its title before and in the draft, and how many people did what it was before."""

    key: str
    title_before: str
    title: str
    done_by: int


@dataclass(frozen=True, slots=True)
class DraftEffects:
    """Whom an outline would touch once they accept it; `largest` is the largest step down, in points."""

    learners: int
    going_down: int
    largest: int
    lost: tuple[LostMilestone, ...]
    reused: tuple[ReusedKey, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishPage:
    """A draft before it is published; without an earlier edition there is no difference."""

    draft: DraftView
    faults: list[FaultLine]
    difference: OutlineDifference | None
    before: Outline | None
    effects: DraftEffects


def find_publish_page(session: Session, slug: str, *, seen_by: User) -> PublishPage:
    """What is missing in the draft, the difference to the last edition, and whom it touches."""
    draft = find_draft(session, slug, seen_by=seen_by)
    before = _last_outline(session, draft)
    return PublishPage(
        draft=draft,
        faults=faults_of(draft.outline),
        difference=compare_outlines(before, draft.outline) if before else None,
        before=before,
        effects=effects_of(session, draft.roadmap.id, draft.outline, before),
    )


def effects_of(session: Session, roadmap_id: int, outline: Outline, before: Outline | None) -> DraftEffects:
    """Return whom an outline touches: people whose enrollment is not archived."""
    query = select(Enrollment).where(
        Enrollment.roadmap_id == roadmap_id, Enrollment.state != EnrollmentState.ARCHIVED
    )
    enrollments = session.scalars(query).all()
    ids = dict(session.execute(select_milestone_keys(roadmap_id)).all())
    states, steps = states_by_ids(session, enrollments), []
    dropped = set(before.milestones) - set(outline.milestones) if before else set()
    kept = {key for milestone in outline.milestones.values() for key in milestone.was}
    titles = find_reused_keys(session, outline, before, ids) if before else {}
    done_by = dict.fromkeys((*sorted(dropped), *titles), 0)
    for enrollment in enrollments:
        own = states[enrollment.id]
        stored = stored_outline(session, enrollment.edition_id)
        # An edition may know a milestone by another key than the one it was published under first.
        known = ids | stored.ids
        now = measure(stored.plan_for(enrollment.pathways), _by_key(stored.outline, known, own)).claimed
        then = measure(make_plan(outline, enrollment.pathways), _by_key(outline, known, own)).claimed
        steps.append((now.percent or 0) - (then.percent or 0))
        for key in done_by:
            done_by[key] += known.get(key) in own and counts_for_claimed(own[known[key]])
    down = [step for step in steps if step > 0]
    marks = {key: count for key, count in done_by.items() if key in dropped}
    lost = () if before is None else tuple(_lost(before, outline, marks, kept))
    reused = (ReusedKey(key, old, outline.titles[key], done_by[key]) for key, old in titles.items())
    return DraftEffects(len(steps), len(down), max(down, default=0), lost, tuple(reused))


def _lost(before: Outline, after: Outline, done_by: Mapping[str, int], kept: set[str]) -> list[LostMilestone]:
    new = {m.title: key for key, m in after.milestones.items() if key not in before.milestones}
    return [
        LostMilestone(key, before.milestones[key].title, count, new.get(before.milestones[key].title, ""))
        for key, count in done_by.items()
        if key not in kept
    ]


def _by_key(
    outline: Outline, ids: Mapping[str, int], states: Mapping[int, MilestoneState]
) -> dict[str, MilestoneState]:
    """The states by the keys of an outline; a milestone has the best of those it was called before."""
    states_by_key = {}
    for key, milestone in outline.milestones.items():
        own = [states[ids[name]] for name in (key, *milestone.was) if ids.get(name) in states]
        if own:
            states_by_key[key] = best_of(*own)
    return states_by_key


def _last_outline(session: Session, draft: DraftView) -> Outline | None:
    edition = session.scalar(last_edition_of(draft.roadmap.id))
    return stored_outline(session, edition.id).outline if edition is not None else None


def find_reused_keys(
    session: Session, outline: Outline, before: Outline, ids: Mapping[str, int]
) -> dict[str, str]:
    """Return the title that each reused key had when it was published last.

    `ids` are the milestones by their published keys: one may have left in an earlier edition than the last.
    """
    earlier = {ids[key]: key for key in outline.milestones if key in ids and key not in before.milestones}
    published = {key: (old.title, old.done_when) for key, old in before.milestones.items()}
    if earlier:
        texts = select(MilestoneText).where(MilestoneText.milestone_id.in_(earlier))
        for text in session.scalars(texts.order_by(MilestoneText.edition_id)):
            published[earlier[text.milestone_id]] = (text.title, tuple(text.done_when))
    return {
        key: published[key][0]
        for key, milestone in outline.milestones.items()
        if key in published and is_something_else(published[key], (milestone.title, milestone.done_when))
    }
