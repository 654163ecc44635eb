"""Add roadmaps: the built-in one at startup, others from files, and copies of those in the catalog."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from roadmap.cache.editions import stored_outline
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Forbidden, ForbiddenReason, NotFound
from roadmap.domain.roadmaps.drafts import Draft, DraftSource
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.roadmaps import Edition, Roadmap
from roadmap.operations.roadmaps.authoring import last_edition
from roadmap.operations.roadmaps.drafts import start_draft
from roadmap.operations.roadmaps.editions import newest_edition, publish_edition
from roadmap.paths import CONTENT

BUILT_IN_SLUGS = frozenset(file.stem for file in CONTENT.glob("*.yaml"))


def load_built_in(session: Session, outline: Outline, *, at: datetime) -> Edition | None:
    """Publish the built-in roadmap, or its next edition when a release changed it.

    Returns None when nothing changed, when it was retired, or when a roadmap of a person has the slug.
    """
    roadmap = _find_or_add(session, Roadmap(slug=outline.slug, created_at=at, is_built_in=True))
    is_retired = newest_edition(session, roadmap) is None and last_edition(session, roadmap) is not None
    if not roadmap.is_built_in or is_retired:
        return None
    return publish_edition(session, roadmap, outline, at=at)


def import_outline(session: Session, outline: Outline, *, by: User | None, at: datetime) -> Edition | None:
    """Publish an outline under its slug; its author is `by`, None on the command line.

    Returns None when nothing changed; raises Forbidden when the slug belongs to another roadmap.
    """
    roadmap = _find_or_add(
        session, Roadmap(slug=outline.slug, created_at=at, author_id=by.id if by else None)
    )
    # Also before the built-in one is loaded, because a copy with its slug would block it for good.
    if roadmap.is_built_in or outline.slug in BUILT_IN_SLUGS:
        raise Forbidden("The built-in roadmap comes with the software. Give your copy another slug.")
    if by is not None and roadmap.author_id != by.id and not by.is_admin:
        raise Forbidden("This slug belongs to someone else’s roadmap. Choose another one.")
    return publish_edition(session, roadmap, outline, at=at)


def _find_or_add(session: Session, new: Roadmap) -> Roadmap:
    """Return the roadmap of this slug, locked, and add it if there is none."""
    query = select(Roadmap).where(Roadmap.slug == new.slug).with_for_update()
    roadmap = session.scalar(query)
    if roadmap is not None:
        return roadmap
    try:
        with session.begin_nested():
            session.add(new)
    except IntegrityError:
        return session.scalars(query).one()
    return new


def find_open_roadmap(session: Session, slug: str, *, by: User) -> tuple[Roadmap, Edition]:
    """Return a roadmap that this person may start, with its newest edition; raise NotFound."""
    roadmap = session.scalar(select(Roadmap).where(Roadmap.slug == slug))
    edition = newest_edition(session, roadmap) if roadmap is not None else None
    if roadmap is None or edition is None or not roadmap.is_open_to(by):
        raise NotFound("There is no such roadmap.")
    return roadmap, edition


def copy_roadmap(session: Session, slug: str, *, by: User, at: datetime) -> Draft:
    """Add a private roadmap of this person with a draft from the newest edition of another.

    Raises NotFound for a roadmap that they do not see, Forbidden for one that may not be copied.
    """
    roadmap, edition = find_open_roadmap(session, slug, by=by)
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
