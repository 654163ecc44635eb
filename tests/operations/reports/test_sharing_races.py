"""Links made, revoked and opened at the same moment: one effect each, and every open counted."""

from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Invalid
from roadmap.domain.reports.links import MAX_OPEN_SHARES, Feed, LinkPurpose, Share
from roadmap.operations.reports.links import ShareChoice, count_open, make_feed, make_share, revoke_link
from tests.support.cast import KEY, NOON
from tests.support.outlines import enroll
from tests.support.racing import newcomers, together
from tests.support.sharing import audited

TIMES = 4


@pytest.fixture
def lena(real_database: Database) -> User:
    (lena,) = newcomers(real_database, "Lena")
    return lena


@pytest.fixture
def started(real_database: Database, lena: User) -> str:
    with real_database.writing() as session:
        public_id = enroll(session, lena).public_id
        session.commit()
    return public_id


def links(database: Database, lena: User, public_id: str, count: int) -> Share:
    """So many links to the report; the last one."""
    with database.writing() as session:
        made = [share(session, lena, public_id) for _ in range(count)][-1]
        session.commit()
    return made


def share(session: Session, lena: User, public_id: str) -> Share:
    return make_share(session, public_id, ShareChoice(), by=lena, at=NOON, key=KEY)


def test_a_badge_made_twice_at_once_is_one(real_database: Database, lena: User, started: str) -> None:
    make = partial(make_feed, public_id=started, purpose=LinkPurpose.BADGE, by=lena, at=NOON, key=KEY)
    together(real_database, *[make] * TIMES)
    with real_database.reading() as session:
        assert len(session.scalars(select(Feed)).all()) == 1
        assert audited(session) == ["badge_made"]


def test_the_last_room_for_a_link_is_taken_once(real_database: Database, lena: User, started: str) -> None:
    links(real_database, lena, started, MAX_OPEN_SHARES - 1)
    found = together(real_database, *[partial(share, lena=lena, public_id=started)] * TIMES)
    assert sum(isinstance(each, Share) for each in found) == 1
    assert sum(isinstance(each, Invalid) for each in found) == TIMES - 1


def test_a_link_revoked_twice_at_once_ends_once(real_database: Database, lena: User, started: str) -> None:
    link = links(real_database, lena, started, 1)
    together(
        real_database, *[partial(revoke_link, kind=Share, public_id=link.public_id, by=lena, at=NOON)] * TIMES
    )
    with real_database.reading() as session:
        assert audited(session) == ["share_made", "share_revoked"]


def test_opens_at_the_same_moment_are_all_counted(real_database: Database, lena: User, started: str) -> None:
    link = links(real_database, lena, started, 1)
    together(real_database, *[lambda session: count_open(session, link.id, at=NOON)] * TIMES)
    with real_database.reading() as session:
        assert session.scalar(select(Share.opens)) == TIMES
