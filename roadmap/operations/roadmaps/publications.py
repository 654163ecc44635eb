"""Who may see a roadmap, and the end of one."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import invalid
from roadmap.domain.roadmaps.roadmaps import Edition, EditionState, Roadmap, Visibility
from roadmap.operations.roadmaps.authoring import last_edition, lock_authored
from roadmap.operations.roadmaps.editions import retire_edition

STAYS_PRIVATE = "This roadmap’s source allows personal use only, so it stays private."


def set_visibility(session: Session, slug: str, visibility: Visibility, *, by: User) -> None:
    """Set who may see a roadmap and start it; whoever follows it already goes on.

    Raises Invalid for a roadmap that has to stay private.
    """
    roadmap = lock_authored(session, slug, by=by, of_built_in=True)
    if roadmap.is_restricted and visibility is not Visibility.PRIVATE:
        raise invalid(visibility=STAYS_PRIVATE)
    roadmap.visibility = visibility


def end_roadmap(session: Session, slug: str, *, by: User, at: datetime) -> bool:
    """Retire every edition, so that nobody new starts it; delete a roadmap that was never published.

    Returns whether it was deleted.
    """
    return end_editions(session, lock_authored(session, slug, by=by), at=at)


def end_editions(session: Session, roadmap: Roadmap, *, at: datetime) -> bool:
    """Do the same for a roadmap, without asking who does it."""
    if last_edition(session, roadmap) is None:
        session.delete(roadmap)
        session.flush()
        return True
    published = Edition.state == EditionState.PUBLISHED
    for edition in session.scalars(select(Edition).where(Edition.roadmap_id == roadmap.id, published)).all():
        retire_edition(session, edition, at=at)
    return False
