"""One badge and one calendar for each enrollment, until revoked; a new one has another secret."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Forbidden, NotFound
from roadmap.domain.reports.links import Feed, LinkPurpose
from roadmap.operations.reports.links import revoke_link
from tests.support.cast import add_user
from tests.support.learning import Learning
from tests.support.sharing import audited, feed, token_of

PURPOSES = (LinkPurpose.BADGE, LinkPurpose.CALENDAR)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_making_it_twice_gives_the_one_that_is_there(learning: Learning, purpose: LinkPurpose) -> None:
    assert feed(learning, purpose) is feed(learning, purpose)
    assert audited(learning.session) == [f"{purpose}_made"]


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_revoked_one_can_be_made_anew_with_another_secret(learning: Learning, purpose: LinkPurpose) -> None:
    first = feed(learning, purpose)
    for _ in range(2):
        revoke_link(learning.session, Feed, first.public_id, by=learning.person, at=learning.at)
    assert token_of(feed(learning, purpose)) != token_of(first)
    assert audited(learning.session) == [f"{purpose}_{each}" for each in ("made", "revoked", "made")]


def test_badge_and_calendar_stand_beside_each_other(learning: Learning) -> None:
    assert token_of(feed(learning, PURPOSES[0])) != token_of(feed(learning, PURPOSES[1]))


def test_a_mentor_makes_none_and_a_stranger_finds_no_roadmap(learning: Learning, milo: User) -> None:
    with pytest.raises(Forbidden):
        feed(learning, LinkPurpose.BADGE, by=milo)
    with pytest.raises(NotFound):
        feed(learning, LinkPurpose.BADGE, by=add_user(learning.session, "Otto"))


def test_only_its_owner_and_an_administrator_revoke_it(learning: Learning, milo: User) -> None:
    badge = feed(learning, LinkPurpose.BADGE)
    with pytest.raises(NotFound):
        revoke_link(learning.session, Feed, badge.public_id, by=milo, at=learning.at)
    ada = add_user(learning.session, "Ada", is_admin=True)
    revoke_link(learning.session, Feed, badge.public_id, by=ada, at=learning.at)
    assert badge.revoked_at == learning.at


def test_the_database_keeps_it_to_one_of_each(learning: Learning) -> None:
    badge = feed(learning, LinkPurpose.BADGE)
    second = Feed(
        enrollment_id=badge.enrollment_id,
        purpose=badge.purpose,
        nonce="n",
        token_hash="0" * 64,
        created_at=learning.at,
    )
    with pytest.raises(IntegrityError), learning.session.begin_nested():
        learning.session.add(second)
        learning.session.flush()
    assert learning.session.scalars(select(Feed.id)).all() == [badge.id]
