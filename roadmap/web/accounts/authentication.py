"""Verifying passwords: attempts are recorded before the hash, which runs outside any transaction."""

from collections.abc import Sequence

from flask import current_app, request

from roadmap import clock
from roadmap.domain.accounts.audits import AuditKind
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import RuleError, TooMany, invalid
from roadmap.operations.accounts import audits, login_attempts
from roadmap.operations.accounts.accounts import known_spelling
from roadmap.operations.accounts.login_attempts import (
    FROM_ONE_ADDRESS,
    AttemptLimit,
    VerifiedPassword,
    at_account,
)
from roadmap.passwords import Passwords
from roadmap.queries.accounts import users
from roadmap.web.limits.rate_limits import client_network
from roadmap.web.requests import current_person, database

NOT_YOURS = "Incorrect password."
WRONG = "Incorrect email or password."


def password_hasher() -> Passwords:
    """The hasher of this application, at the cost its settings say."""
    hasher: Passwords = current_app.extensions["passwords"]
    return hasher


def record_attempt(limits: Sequence[AttemptLimit]) -> list[int]:
    """Record an attempt for each limit, or raise TooMany; returns the ids of the records."""
    moment = clock.now()
    with database().writing() as session:
        attempt_ids = login_attempts.add_attempts(session, limits, at=moment)
        session.commit()
    try:
        # A transaction of its own: only what is committed, here and elsewhere, counts.
        with database().reading() as session:
            login_attempts.check_attempts(session, limits, at=moment)
    except TooMany:
        with database().writing() as session:
            login_attempts.forget_attempts(session, attempt_ids)
            session.commit()
        raise
    return attempt_ids


def verify_password(person: User | None, password: str, *, email: str, error: RuleError) -> VerifiedPassword:
    """Raise `error` unless the password is this person's; an unknown person takes the same time."""
    account = at_account(email)
    attempt_ids = record_attempt((account, AttemptLimit("address", client_network(), FROM_ONE_ADDRESS)))
    if password_hasher().matches(person.password_hash if person else None, password):
        return VerifiedPassword(account, attempt_ids)
    with database().writing() as session:
        audits.record(
            session, AuditKind.SIGN_IN_FAILED, at=clock.now(), subject=person, address=request.remote_addr
        )
        session.commit()
    raise error


def verify_own_password(password: str) -> VerifiedPassword:
    """Raise Invalid unless this is the password of the person of this request."""
    person = current_person()
    return verify_password(person, password, email=person.email, error=invalid(password=NOT_YOURS))


def authenticate(email: str, password: str) -> tuple[User, VerifiedPassword]:
    """The person with this address and password; raises Invalid, and TooMany before any hash."""
    account = known_spelling(email)
    with database().reading() as session:
        person = users.user_by_address(session, account)
    if person is not None and person.is_disabled:
        person = None
    proof = verify_password(person, password, email=account, error=invalid(password=WRONG))
    if person is None:
        raise invalid(password=WRONG)
    return person, proof
