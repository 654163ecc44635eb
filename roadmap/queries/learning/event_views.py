"""The events of a change as people see them, in the terms of the edition followed now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from roadmap.domain.learning.enrollments import Settings
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import Status
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.queries.learning.enrollment_views import EnrollmentView

Joined = Any
"""A row of the history: the event, then what its links say."""


@dataclass(frozen=True, slots=True)
class EventView:
    """One event in the terms of the edition followed now; what left it shows its key as its title."""

    number: int
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


def events_in(
    enrollment: EnrollmentView, rows: Sequence[tuple[Joined, Settings | None]]
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
            yield _event(enrollment, row, before, signed_off=is_sign_off)


def _event(
    enrollment: EnrollmentView, row: Joined, before: Settings | None, *, signed_off: bool
) -> EventView:
    event, _, reason, evidence_title, edition, first_key = row
    outline = enrollment.stored.outline
    key = enrollment.stored.key_of(event.milestone_id or 0) or first_key
    milestone = outline.milestones.get(key) if key else None
    settings = Settings.from_json(event.settings) if event.settings else None
    return EventView(
        number=event.number,
        kind=event.kind,
        milestone_key=key,
        milestone_title=milestone.title if milestone else key,
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
        pathways_added=_titles_in_one(outline, settings, before),
        pathways_left=_titles_in_one(outline, before, settings),
        verification=event.verification,
        signed_off=signed_off,
    )


def _titles_in_one(outline: Outline, one: Settings | None, other: Settings | None) -> tuple[str, ...]:
    """Titles of pathways that only `one` has, in plan order, then keys of those not in the edition."""
    keys = set(one.pathways) - set(other.pathways) if one and other else set()
    known = {pathway.key: pathway.title for pathway in outline.pathways if pathway.key in keys}
    return (*known.values(), *sorted(keys - known.keys()))
