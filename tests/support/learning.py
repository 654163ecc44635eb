"""Lena on the sample roadmap: what she does in one short call each, and what is on record afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from roadmap.cache.states import state_of
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import Event
from roadmap.domain.learning.evidence import Evidence
from roadmap.domain.learning.progress import MilestoneState, Note, Reason, Status
from roadmap.domain.mentoring.messages import Message
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.operations.learning.enrollments import accept_edition, change_settings, outline_of
from roadmap.operations.learning.evidence import (
    EvidenceDraft,
    add_evidence,
    revise_evidence,
    withdraw_evidence,
)
from roadmap.operations.learning.progress import (
    find_milestone,
    mark_known,
    set_note,
    set_progress,
    set_revisit,
)
from roadmap.operations.learning.undo import undo_change
from roadmap.operations.roadmaps.editions import publish_edition
from tests.support.cast import NOON
from tests.support.outlines import newer_sample

if TYPE_CHECKING:
    from tests.support.browsing import Browser

TODAY = NOON.date()
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)


@dataclass
class Learning:
    """One person on one roadmap; she acts at `at`."""

    session: Session
    person: User
    enrollment: Enrollment
    at: datetime = NOON

    def mark(self, key: str, status: Status = Status.DONE, **more: object) -> int | None:
        return set_progress(self.session, self.enrollment, key, status, by=self.person, at=self.at, **more)

    def know(self, *keys: str, skill: str | None = None) -> int | None:
        return mark_known(self.session, self.enrollment, keys, by=self.person, at=self.at, skill=skill)

    def revisit(self, key: str, day: date | None) -> int | None:
        return set_revisit(self.session, self.enrollment, key, day, by=self.person, at=self.at)

    def note(self, key: str, text: str, *, version: int | None = None) -> int | None:
        seen = version if version is not None else self.milestone_state(key).note_id or 0
        return set_note(self.session, self.enrollment, key, text, version=seen, by=self.person, at=self.at)

    def show(self, key: str, title: str = "Work", url: str = "https://example.org/a", text: str = "") -> int:
        draft = EvidenceDraft(title, url, text)
        return add_evidence(self.session, self.enrollment, key, draft, by=self.person, at=self.at)

    def revise(self, key: str, piece: Evidence, draft: EvidenceDraft, *, version: int = 0) -> int | None:
        return revise_evidence(
            self.session,
            self.enrollment,
            key,
            piece.public_id,
            draft,
            version=version or piece.revision_id or 0,
            by=self.person,
            at=self.at,
        )

    def withdraw(self, key: str, piece: Evidence) -> int:
        return withdraw_evidence(
            self.session, self.enrollment, key, piece.public_id, by=self.person, at=self.at
        )

    def choose(self, **changes: object) -> int | None:
        settings = replace(self.enrollment.settings, **changes)
        return change_settings(self.session, self.enrollment, settings, by=self.person, at=self.at)

    def publish(self, outline: Outline | None = None) -> None:
        """The roadmap gets its second edition."""
        roadmap = self.session.get_one(Roadmap, self.enrollment.roadmap_id)
        publish_edition(self.session, roadmap, outline or newer_sample(roadmap.slug), at=self.at)

    def accept(self, number: int | None = None) -> int | None:
        return accept_edition(self.session, self.enrollment, number, by=self.person, at=self.at)

    def undo(self, number: int | None) -> int:
        assert number is not None
        return undo_change(self.session, self.enrollment, number, by=self.person, at=self.at)

    def milestone_state(self, key: str) -> MilestoneState:
        """Where a milestone stands on record."""
        return state_of(self.session, self.enrollment, find_milestone(self.session, self.enrollment, key))

    def reason(self, key: str) -> str | None:
        found = self.milestone_state(key).reason_id
        return self.session.get_one(Reason, found).text if found else None

    def note_text(self, key: str) -> str | None:
        found = self.milestone_state(key).note_id
        return self.session.get_one(Note, found).text if found else None

    def pieces(self, key: str) -> Sequence[Evidence]:
        """The evidence of a milestone, withdrawn pieces too."""
        milestone_id = outline_of(self.session, self.enrollment).ids[key]
        self.session.expire_all()
        query = select(Evidence).where(
            Evidence.enrollment_id == self.enrollment.id, Evidence.milestone_id == milestone_id
        )
        return self.session.scalars(query.order_by(Evidence.id)).all()

    def messages(self) -> Sequence[Message]:
        query = select(Message).where(Message.enrollment_id == self.enrollment.id)
        return self.session.scalars(query.order_by(Message.id)).all()

    def events(self) -> Sequence[Event]:
        query = select(Event).where(Event.enrollment_id == self.enrollment.id)
        return self.session.scalars(query.order_by(Event.number)).all()


@dataclass
class Learner(Learning):
    """The same person at her browser, signed in; paths begin below her enrollment."""

    browser: "Browser" = None

    @property
    def base(self) -> str:
        return f"/enrollments/{self.enrollment.public_id}"

    def get(self, path: str = "") -> TestResponse:
        return self.browser.get(self.base + path)

    def post(self, path: str, more: dict[str, str] | None = None, **fields: object) -> TestResponse:
        return self.browser.post(self.base + path, more, **fields)

    def page(self, path: str = "") -> str:
        """A page that must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text
