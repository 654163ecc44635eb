"""Reports for tests of formats: made by the rules from events that need no database."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from roadmap.cache.editions import StoredOutline
from roadmap.domain.learning.enrollments import Settings
from roadmap.domain.learning.events import Event, EventKind
from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.reports.builder import make_report
from roadmap.domain.reports.records import Record, Texts
from roadmap.domain.reports.reports import ProgressReport
from roadmap.domain.reports.rows import INVITED, ReportEvidence, Reviewer
from roadmap.domain.reports.seals import Seal
from roadmap.domain.roadmaps.outlines import Outline
from tests.support.outlines import sample

START = date(2026, 3, 2)
ODD_TEXTS = [
    "=1+1",
    "+49 30",
    "-x",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "'=quoted",
    "“quotes” and \"more\", 'all'",
    "line\nbreak",
    "<script>alert(1)</script> &amp; <b>",
    "محمد بن موسى",
    "李小龙 和 王",
    "é̱ Z̷a̛",
    "🎉 party 👩‍💻",
    "| a | `b` *c* _d_ [e](f) # g",
    "#set page(width: 1pt) $x$ @label",
    "1. first",
    "x" * 10_000,
]


@dataclass
class Book:
    """Writes events of one enrollment, a day later each time."""

    content: Outline = field(default_factory=sample)
    person: str = "Lena"
    pathways: Sequence[str] = ()
    day: date = START
    events: list[Event] = field(default_factory=list)
    texts: Texts = field(default_factory=lambda: Texts({}, {}, {}, {}))
    target_on: date | None = None

    def __post_init__(self) -> None:
        settings = Settings(tuple(self.pathways), 6.0, self.target_on).as_json()
        self.write(EventKind.ENROLLED, edition_id=1, settings=settings)

    @property
    def ids(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.content.milestones, 1)}

    def write(self, kind: EventKind, **more: Any) -> None:
        number = len(self.events) + 1
        self.events.append(
            Event(
                enrollment_id=1,
                number=number,
                change=number,
                kind=kind,
                actor_id=1,
                recorded_at=datetime.combine(self.day, time(12), UTC),
                recorded_on=self.day,
                **more,
            )
        )

    def mark(self, key: str, status: Status, reason: str | None = None) -> None:
        """Set a milestone's progress on the next day."""
        self.day += timedelta(days=1)
        on = self.day if status is Status.DONE else None
        reason_id = len(self.texts.reasons) + 1 if reason else None
        if reason:
            self.texts.reasons[reason_id] = reason
        self.write(
            EventKind.PROGRESS_SET,
            milestone_id=self.ids[key],
            status=status,
            occurred_on=on,
            known=False,
            reason_id=reason_id,
        )

    def show(self, key: str, *pieces: ReportEvidence) -> None:
        """Add evidence to a milestone."""
        for piece in pieces:
            number = len(self.texts.revisions) + 1
            self.texts.revisions[number] = (self.ids[key], piece)
            self.write(
                EventKind.EVIDENCE_SET, milestone_id=self.ids[key], evidence_id=number, revision_id=number
            )

    def review(self, key: str, outcome: Verification, reviewer: str = "Milo") -> None:
        """Hand a milestone in and answer it, both on the next day."""
        self.day += timedelta(days=1)
        number = len(self.events)
        place = {"milestone_id": self.ids[key], "submission_id": number}
        self.write(EventKind.SUBMITTED, verification=Verification.SUBMITTED, **place)
        self.texts.reviewers[number] = Reviewer(reviewer, INVITED)
        pieces = [piece for owner, piece in self.texts.revisions.values() if owner == self.ids[key]]
        self.texts.frozen[number] = tuple(pieces)
        self.write(EventKind.REVIEWED, verification=outcome, review_id=number, **place)

    def record(self) -> Record:
        edition = StoredOutline(1, 1, 1, self.content, self.ids)
        return Record(self.person, START, self.day, self.events, {1: edition}, self.texts)

    def report(self, since: date | None = None) -> ProgressReport:
        return make_report(self.record(), self.day, since)


def sealed(report: ProgressReport, seal: Seal) -> ProgressReport:
    """The report as it is frozen."""
    return replace(report, issued=seal)


def finished(content: Outline | None = None, **more: Any) -> Book:
    """Everything done and verified."""
    book = Book(content or sample(), pathways=("seer", "reader") if content is None else (), **more)
    for key in book.ids:
        book.mark(key, Status.DONE)
        book.review(key, Verification.VERIFIED)
    return book


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=40) | st.sampled_from(ODD_TEXTS)


@st.composite
def reports(draw: st.DrawFn) -> ProgressReport:
    """A report of a random state: any pathways, any marks and reviews, any texts."""
    book = Book(
        person=draw(TEXT),
        pathways=draw(st.lists(st.sampled_from(("seer", "reader")), unique=True, max_size=2)),
    )
    keys = draw(st.lists(st.sampled_from(list(book.ids)), max_size=14))
    for key in keys:
        book.mark(key, draw(st.sampled_from(Status)), draw(st.none() | TEXT))
        if draw(st.booleans()):
            book.show(key, ReportEvidence(draw(TEXT), None, draw(TEXT)))
        if draw(st.booleans()):
            outcomes = (Verification.VERIFIED, Verification.RETURNED)
            book.review(key, draw(st.sampled_from(outcomes)), draw(TEXT))
    return book.report()
