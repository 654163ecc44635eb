"""Every roadmap of the installation, private ones too, for those who run it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.roadmaps import Edition, EditionState, Roadmap
from roadmap.edition_cache import stored_outline


@dataclass(frozen=True, slots=True)
class RoadmapRow:
    """A roadmap with its last edition; `state` tells whether that one is still given to new learners."""

    slug: str
    title: str
    edition: int
    state: EditionState
    published_at: datetime | None
    author: str | None
    is_built_in: bool
    is_public: bool


def all_roadmaps(session: Session) -> list[RoadmapRow]:
    """Every roadmap by slug, each with the last edition that is more than a draft."""
    rows = session.execute(_EDITIONS.order_by(Roadmap.slug, Edition.number))
    return list({row[0]: RoadmapRow(*row) for row in rows}.values())


def find_outline(session: Session, slug: str) -> Outline:
    """What the last edition of a roadmap says; raises NotFound."""
    newest = select(Edition.id).join(Roadmap).where(Roadmap.slug == slug, Edition.state != EditionState.DRAFT)
    edition_id = session.scalars(newest.order_by(Edition.number.desc())).first()
    if edition_id is None:
        raise NotFound(f"There is no roadmap “{slug}”. Look at: roadmap catalog list")
    return stored_outline(session, edition_id).outline


_EDITIONS = (
    select(
        Roadmap.slug,
        Edition.title,
        Edition.number,
        Edition.state,
        Edition.published_at,
        User.email,
        Roadmap.is_built_in,
        Roadmap.is_public,
    )
    .join(Edition, Edition.roadmap_id == Roadmap.id)
    .outerjoin(User, User.id == Roadmap.author_id)
    .where(Edition.state != EditionState.DRAFT)
)
