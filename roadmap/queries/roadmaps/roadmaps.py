"""The catalog, one roadmap as a visitor sees it, and all roadmaps for those who run the installation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.cache.editions import StoredOutline, stored_outline
from roadmap.domain.accounts.users import User
from roadmap.domain.characters import plain
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.enrollments import Enrollment, EnrollmentState
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.plans import Plan, make_plan
from roadmap.domain.roadmaps.roadmaps import Edition, EditionState, Roadmap, Visibility, is_open_to
from roadmap.queries.roadmaps.pathways import PathwayGroupChoice, Size, pathway_choices, size_of


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """A roadmap that can be started; `enrollment` is the public id of the viewer's own on it."""

    slug: str
    title: str
    summary: str
    edition: int
    is_built_in: bool
    milestones: int
    skills: int
    core: Size
    enrollment: str | None
    visibility: Visibility
    is_restricted: bool
    author: str | None
    is_own: bool
    published_at: datetime | None
    language: str

    def matches(self, words: str, language: str) -> bool:
        """Return whether each of the words is in its texts or its author's name, and it has this language."""
        texts = plain(f"{self.title} {self.summary} {self.author or ''} {self.slug}")
        return all(word in texts for word in plain(words).split()) and (
            not language or self.language == language
        )


@dataclass(frozen=True)
class RoadmapView:
    """One roadmap with its stored outline and what each pathway adds."""

    entry: CatalogEntry
    stored: StoredOutline
    groups: tuple[PathwayGroupChoice, ...]

    @property
    def outline(self) -> Outline:
        return self.stored.outline

    def plan_with(self, pathways: Iterable[str]) -> Plan:
        """The plan of these pathways; unknown ones are ignored."""
        known = {pathway.key for pathway in self.outline.pathways}
        return self.stored.plan_for(known.intersection(pathways))


def catalog_for(session: Session, person: User | None) -> list[CatalogEntry]:
    """The roadmaps this person, or a visitor, can start: the built-in one first, then by title."""
    own = _enrollments(session, person)
    entries = [
        _entry(stored_outline(session, row.edition_id), row, own, person)
        for row in session.execute(newest_editions(person))
    ]
    return sorted(entries, key=lambda entry: (not entry.is_built_in, entry.title.casefold()))


def find_roadmap(session: Session, slug: str, *, seen_by: User | None) -> RoadmapView:
    """The newest edition of one roadmap, if it is public or the viewer's own."""
    row = session.execute(newest_editions(seen_by).where(Roadmap.slug == slug)).one_or_none()
    if row is None:
        raise NotFound("There is no such roadmap.")
    stored = stored_outline(session, row.edition_id)
    entry = _entry(stored, row, _enrollments(session, seen_by), seen_by)
    return RoadmapView(entry, stored, pathway_choices(stored.outline))


def newest_editions(person: User | None) -> Any:
    """Roadmaps that this person may start: id, whether it is built in, id of the newest edition."""
    newest = (
        select(Edition.roadmap_id, func.max(Edition.number).label("number"))
        .where(Edition.state == EditionState.PUBLISHED)
        .group_by(Edition.roadmap_id)
        .subquery()
    )
    return (
        select(Roadmap.id, Roadmap.is_built_in, Edition.id.label("edition_id"), Roadmap.visibility)
        .add_columns(
            Roadmap.is_restricted, Roadmap.author_id, User.name.label("author"), Edition.published_at
        )
        .join(newest, newest.c.roadmap_id == Roadmap.id)
        .join(Edition, (Edition.roadmap_id == Roadmap.id) & (Edition.number == newest.c.number))
        .outerjoin(User, User.id == Roadmap.author_id)
        .where(is_open_to(person))
    )


def _enrollments(session: Session, person: User | None) -> dict[int, str]:
    """Public ids of the person's enrollments that are not archived, by roadmap."""
    if person is None:
        return {}
    of_person = (Enrollment.user_id == person.id, Enrollment.state != EnrollmentState.ARCHIVED)
    return dict(session.execute(select(Enrollment.roadmap_id, Enrollment.public_id).where(*of_person)).all())


def _entry(stored: StoredOutline, row: Any, own: dict[int, str], person: User | None) -> CatalogEntry:
    outline = stored.outline
    return CatalogEntry(
        slug=outline.slug,
        title=outline.title,
        summary=outline.summary,
        edition=stored.number,
        is_built_in=row.is_built_in,
        milestones=len(outline.milestones),
        skills=len(outline.skills),
        core=size_of(make_plan(outline, ())),
        enrollment=own.get(row.id),
        visibility=row.visibility,
        is_restricted=row.is_restricted,
        author=row.author,
        is_own=person is not None and row.author_id == person.id,
        published_at=row.published_at,
        language=outline.language,
    )


@dataclass(frozen=True, slots=True)
class RoadmapRow:
    """A roadmap with its last edition; `state` says whether new learners still get it."""

    slug: str
    title: str
    edition: int
    state: EditionState
    published_at: datetime | None
    author: str | None
    is_built_in: bool
    visibility: Visibility


def all_roadmaps(session: Session) -> list[RoadmapRow]:
    """Every roadmap by slug, each with the last edition that is more than a draft."""
    rows = session.execute(_EDITIONS.order_by(Roadmap.slug, Edition.number))
    return list({row[0]: RoadmapRow(*row) for row in rows}.values())


def find_outline(session: Session, slug: str) -> Outline:
    """What the last edition of a roadmap says; raises NotFound."""
    newest = select(Edition.id).join(Roadmap).where(Roadmap.slug == slug, Edition.state != EditionState.DRAFT)
    edition_id = session.scalars(newest.order_by(Edition.number.desc())).first()
    if edition_id is None:
        raise NotFound(f"There is no roadmap “{slug}”. See: roadmap catalog list")
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
        Roadmap.visibility,
    )
    .join(Edition, Edition.roadmap_id == Roadmap.id)
    .outerjoin(User, User.id == Roadmap.author_id)
    .where(Edition.state != EditionState.DRAFT)
)
