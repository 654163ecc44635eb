"""Copy a roadmap into a new one of one's own, and take over what changes in it later."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.editions import stored_outline
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Forbidden, ForbiddenReason, NotFound
from roadmap.domain.roadmaps.drafts import Draft, DraftSource
from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.operations.roadmaps.drafts import start_draft
from roadmap.operations.roadmaps.editions import newest_edition


def copy_roadmap(session: Session, slug: str, *, by: User, at: datetime) -> Draft:
    """Add a private roadmap of this person with a draft from the newest edition of another.

    Raises NotFound for a roadmap that they do not see, Forbidden for one that may not be copied.
    """
    roadmap = session.scalar(select(Roadmap).where(Roadmap.slug == slug))
    edition = newest_edition(session, roadmap) if roadmap is not None else None
    if roadmap is None or edition is None or not roadmap.is_open_to(by):
        raise NotFound("There is no such roadmap.")
    if roadmap.is_restricted:
        raise Forbidden(
            "This roadmap’s source allows personal use only, so it can’t be copied.",
            ForbiddenReason.RESTRICTED,
        )
    outline = stored_outline(session, edition.id).outline
    what = f"Copied from {outline.title}, edition {edition.number}"
    return start_draft(
        session, outline, by=by, at=at, source=DraftSource.COPY, what=what, copied_from=edition
    )
