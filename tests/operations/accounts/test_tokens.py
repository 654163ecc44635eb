"""Mailed links: bound to one purpose, used once, not after their time."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from roadmap.domain.accounts.sessions import TokenPurpose
from roadmap.domain.errors import NotFound
from roadmap.operations.accounts.tokens import LIFETIMES, forget_tokens, make_token, use_token
from tests.support.cast import NOON, add_user

OF_A_PERSON = [TokenPurpose.PASSWORD, TokenPurpose.ADDRESS]


@pytest.mark.parametrize("purpose", OF_A_PERSON)
def test_a_link_does_nothing_else(session: Session, purpose: TokenPurpose) -> None:
    secret = make_token(session, purpose, at=NOON, user=add_user(session))
    for other in set(TokenPurpose) - {purpose}:
        with pytest.raises(NotFound):
            use_token(session, secret, other, at=NOON)
    assert use_token(session, secret, purpose, at=NOON).purpose is purpose


def test_a_link_is_used_once(session: Session) -> None:
    secret = make_token(session, TokenPurpose.PASSWORD, at=NOON, user=add_user(session))
    use_token(session, secret, TokenPurpose.PASSWORD, at=NOON)
    with pytest.raises(NotFound):
        use_token(session, secret, TokenPurpose.PASSWORD, at=NOON)


@pytest.mark.parametrize(
    ("purpose", "advice"),
    [
        (TokenPurpose.REGISTRATION, "sign in; otherwise, create it again"),
        (TokenPurpose.PASSWORD, "Request a new one"),
        (TokenPurpose.ADDRESS, "If your email hasn’t changed, request a new one"),
    ],
)
def test_a_link_that_is_gone_says_what_to_do_for_its_purpose(
    session: Session, purpose: TokenPurpose, advice: str
) -> None:
    with pytest.raises(NotFound, match=advice):
        use_token(session, "gone", purpose, at=NOON)


@pytest.mark.parametrize("purpose", OF_A_PERSON)
def test_a_link_ends(session: Session, purpose: TokenPurpose) -> None:
    secret = make_token(session, purpose, at=NOON, user=add_user(session))
    end = NOON + LIFETIMES[purpose]
    with pytest.raises(NotFound):
        use_token(session, secret, purpose, at=end)
    use_token(session, secret, purpose, at=end - timedelta(seconds=1))


def test_links_of_others_stay_when_those_of_one_person_are_forgotten(session: Session) -> None:
    lena, otto = add_user(session, "Lena"), add_user(session, "Otto")
    secrets = [make_token(session, TokenPurpose.PASSWORD, at=NOON, user=each) for each in (lena, otto)]
    forget_tokens(session, lena)
    with pytest.raises(NotFound):
        use_token(session, secrets[0], TokenPurpose.PASSWORD, at=NOON)
    assert use_token(session, secrets[1], TokenPurpose.PASSWORD, at=NOON).user_id == otto.id
