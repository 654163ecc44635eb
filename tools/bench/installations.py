"""A data folder like that of a living installation: the built-in roadmap and some hundreds of learners."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.orm import Session

from roadmap import clock
from roadmap.bootstrap import load_content, open_schema
from roadmap.cache.editions import StoredOutline
from roadmap.config import Config
from roadmap.config.data_folder import prepare_data_folder
from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment, Settings
from roadmap.domain.learning.progress import Status
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.operations.accounts.sign_ins import begin_session
from roadmap.operations.learning import progress
from roadmap.operations.learning.enrollments import outline_of, start_enrollment
from roadmap.passwords import Passwords
from tests.support.cast import PASSWORD, add_user
from tools.bench.crowds import add_crowd

SLUG = "ml-engineer"
DAYS = 70
ROWS = 100_000


@dataclass(frozen=True)
class Learner:
    """A learner with an open session; `secret` is what the cookie of that session carries."""

    email: str
    secret: str
    enrollment: str


@dataclass(frozen=True)
class Installation:
    """Where it is, who looks at the page, who marks, the mentor's secret, and the keys of all milestones."""

    data: Path
    url: str
    reader: Learner
    marker: Learner
    mentor: str
    keys: tuple[str, ...]


def _usual_crowd(session: Session, stored: StoredOutline, at: datetime) -> User:
    return add_crowd(session, stored, ROWS, at=at)


def make_installation(
    data: Path,
    others: int,
    *,
    url: str = "",
    crowd: Callable[[Session, StoredOutline, datetime], User] = _usual_crowd,
) -> Installation:
    """Set up a new database with two learners we know and others beside them; on SQLite without `url`.

    `crowd` adds many more and gives a mentor.
    """
    config = prepare_data_folder(
        Config.from_environ({"ROADMAP_DATA": str(data), "ROADMAP_DATABASE_URL": url})
    )
    database, begun = Database(config), clock.now() - timedelta(days=DAYS)
    open_schema(config, database, at=begun)
    load_content(database, at=begun)
    chance = random.Random(1)
    with database.writing() as session:
        for number in range(others):
            _add_other(session, number, begun, chance)
        reader, marker = (_add_learner(session, name, begun, chance) for name in ("Lena", "Mara"))
        stored = outline_of(session, session.query(Enrollment).first())
        mentor = crowd(session, stored, begun)
        secret = begin_session(session, by=mentor, at=clock.now(), is_remembered=True)
        # Digests that are due would be written, for everybody at once, just when measuring begins.
        session.execute(update(User).values(digested_at=clock.now()))
        session.commit()
    database.dispose()
    return Installation(data, config.database_url, reader, marker, secret, tuple(stored.outline.milestones))


def _start(session: Session, person: User, at: datetime) -> tuple[Enrollment, Outline]:
    """A plan of all pathways: with those it has some 110 milestones, and the page shows all 128."""
    enrollment = start_enrollment(session, SLUG, Settings((), weekly_hours=6), by=person, at=at)
    outline = outline_of(session, enrollment).outline
    enrollment.pathways = [each.key for each in outline.pathways]
    session.flush()
    return enrollment, outline


def _add_other(session: Session, number: int, at: datetime, chance: random.Random) -> None:
    person = add_user(session, f"Learner{number}", at=at)
    enrollment, outline = _start(session, person, at)
    keys = chance.sample(list(outline.milestones), chance.randint(10, 80))
    progress.mark_known(session, enrollment, keys, by=person, at=at)


def _add_learner(session: Session, name: str, begun: datetime, chance: random.Random) -> Learner:
    """Seventy days of work: most milestones begun and done, some skipped, some to be seen again."""
    person = add_user(session, name, at=begun, password_hash=Passwords().hash(PASSWORD))
    enrollment, outline = _start(session, person, begun)
    touched = list(outline.milestones)[:90]
    for place, key in enumerate(touched):
        at = begun + timedelta(days=DAYS * place / len(touched))
        statuses = (Status.SKIPPED,) if chance.random() < 0.05 else (Status.IN_PROGRESS, Status.DONE)
        for status in statuses[: 1 if place > 84 else 2]:
            progress.set_progress(session, enrollment, key, status, by=person, at=at)
        if chance.random() < 0.06:
            day = (clock.now() + timedelta(days=20)).date()
            progress.set_revisit(session, enrollment, key, day, by=person, at=at)
    secret = begin_session(session, by=person, at=clock.now(), is_remembered=True)
    return Learner(person.email, secret, enrollment.public_id)
