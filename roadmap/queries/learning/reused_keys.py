"""The keys of a draft under which something else was published before."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.roadmaps.edition_diff import is_something_else
from roadmap.domain.roadmaps.editions import MilestoneText
from roadmap.domain.roadmaps.outlines import Outline


@dataclass(frozen=True, slots=True)
class ReusedKey:
    """A key with its title before and in the draft, and how many people did what it was before."""

    key: str
    title_before: str
    title: str
    done_by: int


def find_reused_keys(
    session: Session, outline: Outline, before: Outline, ids: Mapping[str, int]
) -> dict[str, str]:
    """Return the title that each reused key had when it was published last.

    `ids` are the milestones by their published keys: one may have left in an earlier edition than the last.
    """
    earlier = {ids[key]: key for key in outline.milestones if key in ids and key not in before.milestones}
    published = {key: (each.title, each.done_when) for key, each in before.milestones.items()}
    if earlier:
        texts = select(MilestoneText).where(MilestoneText.milestone_id.in_(earlier))
        for text in session.scalars(texts.order_by(MilestoneText.edition_id)):
            published[earlier[text.milestone_id]] = (text.title, tuple(text.done_when))
    return {
        key: published[key][0]
        for key, milestone in outline.milestones.items()
        if key in published and is_something_else(published[key], (milestone.title, milestone.done_when))
    }
