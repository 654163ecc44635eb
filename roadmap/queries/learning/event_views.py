"""The events of a change as people see them, in the terms of the edition followed now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from roadmap.cache.editions import StoredOutline, stored_outline
from roadmap.domain.learning.enrollments import Settings
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import Status
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.queries.learning.enrollment_views import EnrollmentView

Joined = Any
"""A row of the history: the event, then what its links say."""


@dataclass(frozen=True, slots=True)
class EventView:
    """One event in the terms of the edition followed now; what left it has its title from an earlier one."""

    kind: EventKind
    milestone_key: str | None
    milestone_title: str | None
    in_edition: bool
    status: Status | None
    known: bool
    occurred_on: date | None
    reason: str | None
    revisit_on: date | None
    has_note: bool
    evidence_title: str | None
    edition: int | None
    settings: Settings | None
    settings_before: Settings | None
    pathways_added: tuple[str, ...]
    pathways_left: tuple[str, ...]
    verification: str | None
    signed_off: bool


class OtherEditions:
    """The editions that an enrollment has followed, read only for what is not in its present one."""

    def __init__(self, session: Session, edition_ids: Iterable[int]) -> None:
        self._session = session
        self._ids = sorted(set(edition_ids), reverse=True)

    def milestone_title(self, milestone_id: int) -> str | None:
        """The title in the latest edition with this milestone; None if no edition has it."""
        for stored in self._editions:
            key = stored.keys.get(milestone_id)
            if key is not None:
                return stored.outline.milestones[key].title
        return None

    def pathway_title(self, key: str) -> str:
        """The title in the latest edition with this pathway; its key if no edition has it."""
        titles = (
            pathway.title
            for stored in self._editions
            for pathway in stored.outline.pathways
            if pathway.key == key
        )
        return next(titles, key)

    @cached_property
    def _editions(self) -> list[StoredOutline]:
        return [stored_outline(self._session, edition_id) for edition_id in self._ids]


def events_in(
    enrollment: EnrollmentView, others: OtherEditions, rows: Sequence[tuple[Joined, Settings | None]]
) -> Iterator[EventView]:
    """The events of a change that people read.

    Left out are submissions that were reviewed in the same change, and what moved submissions did to others.
    """
    submitted = {row[0].submission_id for row, _ in rows if row[0].kind is EventKind.SUBMITTED}
    reviewed = {row[0].submission_id for row, _ in rows if row[0].kind is EventKind.REVIEWED}
    signed_off = submitted & reviewed
    for row, before in rows:
        if row[0].kind is EventKind.VERIFICATION_SET:
            continue
        is_sign_off = row[0].submission_id in signed_off
        if not (is_sign_off and row[0].kind is EventKind.SUBMITTED):
            yield _event(enrollment, others, row, before, signed_off=is_sign_off)


def _event(
    enrollment: EnrollmentView,
    others: OtherEditions,
    row: Joined,
    before: Settings | None,
    *,
    signed_off: bool,
) -> EventView:
    event, _, reason, evidence_title, edition, first_key = row
    outline = enrollment.stored.outline
    key = enrollment.stored.key_of(event.milestone_id or 0) or first_key
    milestone = outline.milestones.get(key) if key else None
    title = milestone.title if milestone else key
    if event.milestone_id is not None and milestone is None:
        title = others.milestone_title(event.milestone_id) or key
    settings = Settings.from_json(event.settings) if event.settings else None
    return EventView(
        kind=event.kind,
        milestone_key=key,
        milestone_title=title,
        in_edition=milestone is not None,
        status=event.status,
        known=bool(event.known),
        occurred_on=event.occurred_on,
        reason=reason,
        revisit_on=event.revisit_on,
        has_note=event.note_id is not None,
        evidence_title=evidence_title,
        edition=edition,
        settings=settings,
        settings_before=before,
        pathways_added=_titles_in_one(outline, others, settings, before),
        pathways_left=_titles_in_one(outline, others, before, settings),
        verification=event.verification,
        signed_off=signed_off,
    )


def _titles_in_one(
    outline: Outline, others: OtherEditions, one: Settings | None, other: Settings | None
) -> tuple[str, ...]:
    """Titles of pathways that only `one` has, in plan order, then those that are not in the edition."""
    keys = set(one.pathways) - set(other.pathways) if one and other else set()
    known = {pathway.key: pathway.title for pathway in outline.pathways if pathway.key in keys}
    return (*known.values(), *sorted(others.pathway_title(key) for key in keys - known.keys()))
