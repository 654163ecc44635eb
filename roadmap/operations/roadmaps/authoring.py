"""Find a roadmap to write, and the address of a new one."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.roadmaps.authors import check_author
from roadmap.domain.roadmaps.keys import make_key
from roadmap.domain.roadmaps.roadmaps import Edition, EditionState, Roadmap

RESERVED = frozenset({"new"})
"""Words that are pages in the place of a slug."""
SUFFIX = 4
_LETTERS = "abcdefghjkmnpqrstuvwxyz"


def lock_authored(session: Session, slug: str, *, by: User, of_built_in: bool = False) -> Roadmap:
    """Return a roadmap that this person may write, locked until the transaction ends.

    Authors write their own, administrators any but the built-in one. Raises NotFound for a roadmap that the
    person does not see, Forbidden for one of somebody else.
    """
    roadmap = session.scalar(select(Roadmap).where(Roadmap.slug == slug).with_for_update())
    return check_author(roadmap, by, of_built_in=of_built_in)


def last_edition(session: Session, roadmap: Roadmap) -> Edition | None:
    """Return the last edition, published or retired, or None."""
    query = select(Edition).where(Edition.roadmap_id == roadmap.id, Edition.state != EditionState.DRAFT)
    return session.scalar(query.order_by(Edition.number.desc()).limit(1))


def find_free_slug(session: Session, title: str) -> str:
    """Return a slug from the title; with letters at its end when another roadmap has it.

    A number would tell how many others there are, private ones too.
    """
    slug = make_key(title, RESERVED, kind="roadmap")
    while session.scalar(select(Roadmap.id).where(Roadmap.slug == slug)) is not None:
        ending = "".join(secrets.choice(_LETTERS) for _ in range(SUFFIX))
        slug = f"{make_key(title, (), kind='roadmap')}-{ending}"
    return slug
