"""In the demo some people have news when they sign in, and not too much."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.demo.entries import read_cast
from roadmap.domain.accounts.users import User
from roadmap.queries.pages.today import unseen_news
from tests.support.filled_demos import AT

EXPECTED = {
    "mei": {"verified", "message"},
    "fatima": {"verified"},
    "amara": {"question"},
    "tomasz": {"link_opened"},
    "oleksandr": {"returned", "verified", "edition"},
    "isabela": set(),
}


def kinds(session: Session, handle: str) -> list[str]:
    person = session.scalars(select(User).where(User.email == f"{handle}@example.org")).one()
    return [item.kind.value for item in unseen_news(session, person, at=AT)]


@pytest.mark.parametrize("handle", EXPECTED)
def test_what_others_did_since_somebody_was_here_is_news(seen: Session, handle: str) -> None:
    assert set(kinds(seen, handle)) == EXPECTED[handle]


def test_nobody_has_more_than_a_handful(seen: Session) -> None:
    assert max(len(kinds(seen, handle)) for handle in read_cast().people) <= 5
