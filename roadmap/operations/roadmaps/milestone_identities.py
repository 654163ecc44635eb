"""Which milestone of a roadmap is meant by a key, also after the key has changed."""

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from roadmap.domain.errors import Conflict
from roadmap.domain.roadmaps.editions import select_milestone_keys
from roadmap.domain.roadmaps.outlines import MilestoneOutline, Outline
from roadmap.domain.roadmaps.roadmaps import Milestone


def identify_milestones(session: Session, roadmap_id: int, outline: Outline) -> dict[str, int]:
    """Return the ids of the outline's milestones by key; add those that no earlier edition had.

    A new key that says what it `was` is the milestone of the first of those keys, with all that hangs on it.
    Raises Conflict where two keys of the outline are the same milestone.
    """
    known = dict(session.execute(select_milestone_keys(roadmap_id)).all())
    found = {key: _known_id(milestone, known) for key, milestone in outline.milestones.items()}
    missing = [key for key, number in found.items() if number is None]
    if missing:
        session.execute(insert(Milestone), [{"roadmap_id": roadmap_id, "key": key} for key in missing])
        known |= {key: number for number, key in first_keys_of(session, roadmap_id).items() if key in missing}
    ids = {key: known[key] if number is None else number for key, number in found.items()}
    _check_distinct(ids)
    return ids


def first_keys_of(session: Session, roadmap_id: int) -> dict[int, str]:
    """Return the key under which each milestone of a roadmap was published first, by id."""
    query = select(Milestone.id, Milestone.key).where(Milestone.roadmap_id == roadmap_id)
    return dict(session.execute(query).all())


def _known_id(milestone: MilestoneOutline, known: dict[str, int]) -> int | None:
    return next((known[key] for key in (milestone.key, *milestone.was) if key in known), None)


def _check_distinct(ids: dict[str, int]) -> None:
    keys: dict[int, str] = {}
    for key, number in ids.items():
        other = keys.setdefault(number, key)
        if other != key:
            raise Conflict(
                f"In an earlier edition, “{other}” and “{key}” were one milestone. Choose a new key."
            )
