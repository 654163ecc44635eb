"""A roadmap as its author has it: found to write, the slug of a new one, who may see it, and its end."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import invalid
from roadmap.domain.roadmaps.outline_texts import make_key
from roadmap.domain.roadmaps.roadmaps import (
    Edition,
    EditionState,
    Roadmap,
    Visibility,
    check_author,
    last_edition_of,
)
from roadmap.operations.roadmaps.editions import retire_edition

RESERVED = frozenset({"new"})
"""Words that are pages in the place of a slug."""
SUFFIX = 4
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
STAYS_PRIVATE = "This roadmap’s source allows personal use only, so it stays private."


def lock_authored(session: Session, slug: str, *, by: User, of_built_in: bool = False) -> Roadmap:
    """Return a roadmap that this person may write, locked until the transaction ends.

    Authors write their own, administrators any but the built-in one. Raises NotFound for a roadmap that the
    person does not see, Forbidden for one of somebody else.
    """
    roadmap = session.scalar(select(Roadmap).where(Roadmap.slug == slug).with_for_update())
    return check_author(roadmap, by, of_built_in=of_built_in)


def last_edition(session: Session, roadmap: Roadmap) -> Edition | None:
    """Return the last edition, published or retired, or None."""
    return session.scalar(last_edition_of(roadmap.id))


def find_free_slug(session: Session, title: str) -> str:
    """Return a slug from the title; with letters at its end when another roadmap has it.

    A number would tell how many others there are, private ones too.
    """
    slug = make_key(title, RESERVED, kind="roadmap")
    while session.scalar(select(Roadmap.id).where(Roadmap.slug == slug)) is not None:
        ending = "".join(secrets.choice(_LETTERS) for _ in range(SUFFIX))
        slug = f"{make_key(title, (), kind='roadmap')}-{ending}"
    return slug


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
