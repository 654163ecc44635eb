"""Creating accounts; the first account of an installation becomes its administrator."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from zoneinfo import available_timezones

from email_validator import EmailNotValidError, ValidatedEmail, validate_email
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import AuditKind
from roadmap.domain.accounts.users import NAME_LENGTH, Installation, User
from roadmap.domain.characters import is_one_line, shows_something
from roadmap.domain.errors import Forbidden, ForbiddenReason, invalid
from roadmap.operations.accounts.audits import record
from roadmap.operations.text_rules import check_length

EMAIL_TAKEN = "There’s already an account with this address. Sign in, or reset your password."
SIGN_UP_CLOSED = "Sign-up is closed here. Ask the administrator for an account."


@cache
def time_zones() -> Sequence[str]:
    """Return the sorted names of all time zones that a person can choose."""
    return sorted(available_timezones() - {"Factory", "localtime", "posixrules"})


def check_time_zone(name: str) -> None:
    """Raise Invalid unless the time zone database has the zone."""
    if name not in time_zones():
        raise invalid(time_zone="Choose a time zone such as Europe/Berlin.")


def known_time_zone(name: str, *, default: str) -> str:
    """Return the zone a script reported, or `default` for one that the time zone database does not have."""
    return name if name in time_zones() else default


def check_name(name: str) -> None:
    """Raise Invalid unless the name has 1 to 100 characters and fits on one line."""
    if not name:
        raise invalid(name=f"Enter a name with 1 to {NAME_LENGTH} characters.")
    check_length(name, field="name", most=NAME_LENGTH)
    if not shows_something(name):
        raise invalid(name="Enter a name with visible characters.")
    if not is_one_line(name):
        raise invalid(name="Remove line breaks and control characters.")


def may_sign_up(session: Session, *, is_open: bool) -> bool:
    """Return whether accounts can be created; the first one always can."""
    first_account_at = select(Installation.first_account_at).where(Installation.id == 1)
    return is_open or session.scalar(first_account_at) is None


def check_address_is_free(session: Session, email: str) -> None:
    """Raise Invalid when an account has this address."""
    if session.scalar(select(User.id).where(User.email == email)) is not None:
        raise invalid(email=EMAIL_TAKEN)


def create_account(
    session: Session,
    *,
    email: str,
    name: str,
    password_hash: str,
    time_zone: str,
    is_open: bool,
    at: datetime,
    address: str | None = None,
) -> User:
    """Create an account; exactly one of several simultaneous first accounts becomes administrator.

    Raises Invalid for a wrong name or a taken address, Forbidden when sign-up is closed.
    """
    check_name(name)
    is_first = _claim_first_account(session, at)
    if not is_first and not is_open:
        raise Forbidden(SIGN_UP_CLOSED, ForbiddenReason.SIGN_UP)
    check_address_is_free(session, email)
    user = User(
        email=email,
        name=name,
        password_hash=password_hash,
        time_zone=time_zone,
        created_at=at,
        is_admin=is_first,
    )
    with conflict_if_email_taken(session):
        session.add(user)
    record(session, AuditKind.REGISTERED, at=at, by=user, subject=user, address=address)
    return user


def _claim_first_account(session: Session, at: datetime) -> bool:
    # On PostgreSQL the second of two waits here for the first, then finds no row to update.
    claim = update(Installation).where(Installation.id == 1, Installation.first_account_at.is_(None))
    return session.execute(claim.values(first_account_at=at).returning(Installation.id)).first() is not None


@contextmanager
def conflict_if_email_taken(session: Session) -> Iterator[None]:
    """Raise Invalid when a flush within this block gives two accounts the same address."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError:
        raise invalid(email=EMAIL_TAKEN) from None


def normalize_address(text: str, *, field: str = "email") -> str:
    """Return the address as it is stored, normalized and lower-case; raise Invalid."""
    try:
        return _read(text).normalized.lower()
    except EmailNotValidError as problem:
        raise invalid(**{field: str(problem)}) from None


def known_spelling(text: str) -> str:
    """Return the address as it would be stored; text that is no address is only stripped and lower-cased."""
    try:
        return _read(text).normalized.lower()
    except EmailNotValidError:
        return text.strip().lower()


def ascii_spelling(email: str) -> str:
    """Return the address with its domain in ASCII, as mail servers need it."""
    return _read(email).ascii_email or email


def _read(text: str) -> ValidatedEmail:
    return validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
