"""Proving who one is: attempts are noted before the hash, the hash runs outside any transaction."""

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
from roadmap.web.requests import database

NOT_YOURS = "This is not your password."
WRONG = "Address and password do not belong together."


def passwords() -> Passwords:
    """The hasher of this application, at the cost its settings say."""
    found: Passwords = current_app.extensions["passwords"]
    return found


def record_attempt(budgets: Sequence[AttemptLimit]) -> list[int]:
    """Note an attempt on each budget, or raise TooMany; returns the ids of what was noted."""
    moment = clock.now()
    with database().writing() as session:
        noted = login_attempts.add_attempts(session, budgets, at=moment)
        session.commit()
    try:
        # A transaction of its own: only what is committed, here and elsewhere, counts.
        with database().reading() as session:
            login_attempts.check_attempts(session, budgets, at=moment)
    except TooMany:
        with database().writing() as session:
            login_attempts.forget_attempts(session, noted)
            session.commit()
        raise
    return noted


def verify_password(person: User | None, password: str, *, email: str, error: RuleError) -> VerifiedPassword:
    """Raise the refusal unless the password is this person's; nobody costs the same as somebody."""
    account = at_account(email)
    noted = record_attempt((account, AttemptLimit("address", request.remote_addr or "", FROM_ONE_ADDRESS)))
    if passwords().matches(person.password_hash if person else None, password):
        return VerifiedPassword(account, noted)
    with database().writing() as session:
        audits.record(
            session, AuditKind.SIGN_IN_FAILED, at=clock.now(), subject=person, address=request.remote_addr
        )
        session.commit()
    raise error


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
