"""Thirty mentees of one mentor: three are stuck, some have one concern, most are well."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.mentoring.submissions import Outcome
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import DAY, mentor, review, submit
from tests.support.outlines import enroll, sample

STUCK = ("Ioana Ionescu", "Rashid Al Farsi", "Wanjiru Kamau")
WAITING = ("Bjarne Holm", "Keiko Mori", "Samuel Osei")
QUIET = ("Chiara Ricci", "Pavel Novak")
LATE = ("Dalia Haddad", "Niamh Byrne")
PAUSED, COMPLETE, ARCHIVED = "Farid Aziz", "Greta Lund", "Hugo Martin"
WELL = (
    *("Abena Boateng", "Anton Weber", "Camila Duarte", "Daniel Cohen", "Eva Horvat", "Gabriel Silva"),
    *("Jana Kovac", "Leila Amiri", "Lucas Moreau", "Mateo Rivas", "Nadia Petrova", "Omar Said"),
    *("Sofia Berg", "Tuan Nguyen", "Vera Sokol", "Yusuf Demir", "Zofia Wolska"),
)
NAMES = (*STUCK, *WAITING, *QUIET, *LATE, PAUSED, COMPLETE, ARCHIVED, *WELL)
assert len(NAMES) == 30


@dataclass
class Mentee(Learning):
    """One of them; `now` is when the mentor looks."""

    now: datetime = NOON

    def before(self, days: float) -> "Mentee":
        """The same, acting so many days ago."""
        self.at = self.now - days * DAY
        return self


def add_thirty_mentees(session: Session, milo: User, *, now: datetime = NOON) -> None:
    """Enroll them in the sample roadmap three months ago; Milo mentors all."""
    for number, name in enumerate(NAMES):
        email = f"{name.partition(' ')[0].lower()}@example.org"
        person = add_user(session, name, email=email)
        begun_at = now - 90 * DAY
        enrollment = enroll(session, person, pathways=["seer"], at=begun_at)
        learning = Mentee(session, person, enrollment, begun_at, now=now)
        mentor(learning, milo, at=begun_at)
        _HISTORIES.get(name, _well)(learning, milo, number)


def _stuck(learning: Mentee, milo: User, number: int) -> None:
    """Late, and what was returned weeks ago is the last thing on record."""
    learning.before(60).choose(target_on=learning.now.date() + 7 * DAY)
    work = submit(learning.before(45 - number))
    review(learning.before(43 - number), work, milo, Outcome.RETURNED)


def _waiting(learning: Mentee, milo: User, number: int) -> None:
    submit(learning.before(2 + number), "second")


def _quiet(learning: Mentee, milo: User, number: int) -> None:
    learning.before(20 + number).mark("first")


def _late(learning: Mentee, milo: User, number: int) -> None:
    learning.before(9).choose(target_on=learning.now.date() + 14 * DAY)
    learning.before(number).mark("first")


def _well(learning: Mentee, milo: User, number: int) -> None:
    learning.before(40).mark("first")
    learning.before(number / 2).mark(("second", "habit", "see")[number % 3])


def _paused(learning: Mentee, milo: User, number: int) -> None:
    learning.before(50).choose(state=EnrollmentState.PAUSED)


def _complete(learning: Mentee, milo: User, number: int) -> None:
    learning.before(30)
    for key in sample().milestones:
        learning.mark(key)


def _archived(learning: Mentee, milo: User, number: int) -> None:
    learning.before(50).choose(state=EnrollmentState.ARCHIVED)


_History = Callable[[Mentee, User, int], None]
_HISTORIES: dict[str, _History] = {
    **dict.fromkeys(STUCK, _stuck),
    **dict.fromkeys(WAITING, _waiting),
    **dict.fromkeys(QUIET, _quiet),
    **dict.fromkeys(LATE, _late),
    PAUSED: _paused,
    COMPLETE: _complete,
    ARCHIVED: _archived,
}
