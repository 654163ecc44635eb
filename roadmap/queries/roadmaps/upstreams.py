"""The roadmap that another was copied from, as it is now."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.editions import stored_outline
from roadmap.domain.accounts.users import User
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.roadmaps import Edition, EditionState, Roadmap
from roadmap.domain.roadmaps.upstream import UpstreamChange, find_upstream_changes
from roadmap.queries.roadmaps.drafts import DraftView


def newest_upstream(session: Session, copied_from_id: int | None, *, seen_by: User) -> Outline | None:
    """Return the newest edition of the roadmap that was copied, if it is newer and the person sees it."""
    if copied_from_id is None:
        return None
    base = session.get_one(Edition, copied_from_id)
    roadmap = session.get_one(Roadmap, base.roadmap_id)
    query = select(Edition.id).where(
        Edition.roadmap_id == base.roadmap_id,
        Edition.state == EditionState.PUBLISHED,
        Edition.number > base.number,
    )
    newest = session.scalar(query.order_by(Edition.number.desc()).limit(1))
    if newest is None or not roadmap.is_open_to(seen_by):
        return None
    return stored_outline(session, newest).outline


def upstream_changes(session: Session, draft: DraftView, *, seen_by: User) -> tuple[UpstreamChange, ...]:
    """Return what changed there since the copy and is not in the draft."""
    newest = newest_upstream(session, draft.copied_from_id, seen_by=seen_by)
    if newest is None or draft.copied_from_id is None:
        return ()
    base = stored_outline(session, draft.copied_from_id).outline
    return find_upstream_changes(base, newest, draft.outline)
