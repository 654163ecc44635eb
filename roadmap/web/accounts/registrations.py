"""Making an account from a filled form: at once, or by a mailed link where mail is set."""

from hmac import compare_digest

from flask import request, url_for
from flask import session as cookie
from sqlalchemy.orm import Session

from roadmap import clock
from roadmap.config import SignUp
from roadmap.domain.accounts.sessions import hash_secret
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Forbidden, ForbiddenReason, invalid
from roadmap.operations.accounts import accounts, registrations
from roadmap.operations.accounts.accounts import (
    SIGN_UP_CLOSED,
    known_time_zone,
    may_sign_up,
    normalize_address,
)
from roadmap.operations.accounts.login_attempts import AttemptLimit
from roadmap.operations.accounts.sign_ins import begin_session
from roadmap.operations.mentoring.invitations import has_open_invitation, invited_address
from roadmap.passwords import check_password
from roadmap.queries.accounts.sessions import LinkView
from roadmap.web.accounts.authentication import password_hasher, record_attempt
from roadmap.web.limits.rate_limits import client_network
from roadmap.web.login import end_earlier_session
from roadmap.web.redirects import safe_next
from roadmap.web.requests import config, database

# In Flask's signed cookie: the hash of the link that this browser asked for last.
REQUESTED = "registration"
FROM_ONE_ADDRESS = 50
MAILS_TO_ONE_ADDRESS = 5
BY_INVITATION = "You need an invitation to create an account here. Open its link, or ask someone for one."


def is_open_to(session: Session, email: str | None) -> bool:
    """Whether this address may get an account: any under `open`, an invited one under `invited`."""
    if config().sign_up is SignUp.INVITED:
        return email is not None and has_open_invitation(session, email, at=clock.now())
    return config().sign_up is SignUp.OPEN


def offers_sign_up() -> bool:
    """Whether pages lead visitors to an account; an invitation has a link of its own."""
    return config().sign_up is SignUp.OPEN or has_no_accounts()


def has_no_accounts() -> bool:
    """Whether the next account is the first, which becomes the administrator's."""
    with database().reading() as session:
        return may_sign_up(session, is_open=False)


def check_invitation(session: Session, secret: str) -> str | None:
    """The address that a link invites, None without one; raises Forbidden where sign-up needs one."""
    email = invited_address(session, secret, at=clock.now()) if secret else None
    check_sign_up(session, email)
    return email


def check_sign_up(session: Session, email: str | None) -> None:
    """Raise Forbidden where this address may get no account."""
    if not may_sign_up(session, is_open=is_open_to(session, email)):
        raise Forbidden(
            BY_INVITATION if config().sign_up is SignUp.INVITED else SIGN_UP_CLOSED, ForbiddenReason.SIGN_UP
        )


def first_page(secret: str, asked_for: str | None = None) -> str:
    """Where a new account goes first: to its invitation, if that is open, or to the page it asked for."""
    if secret:
        with database().reading() as session:
            if invited_address(session, secret, at=clock.now()) is not None:
                return url_for("invitations.show", token=secret)
    return safe_next(asked_for)


def register(*, name: str, email: str, password: str, time_zone: str, invitation: str) -> str | None:
    """Make the account and return the secret of its session; None where a mail was sent instead.

    Raises Invalid with a sentence for the field; what costs nothing is checked first.
    """
    email = normalize_address(email)
    check_password(password, name=name, email=email)
    budgets = [AttemptLimit("registration", client_network(), FROM_ONE_ADDRESS)]
    if config().sends_mail:
        budgets.append(AttemptLimit("mail", email, MAILS_TO_ONE_ADDRESS))
    record_attempt(budgets)
    with database().reading() as session:
        invited = check_invitation(session, invitation)
        if invited not in {None, email}:
            raise invalid(email=f"The invitation was sent to {invited}. Use that address.")
        if not config().sends_mail:
            accounts.check_address_is_free(session, email)
    asked = {
        "email": email,
        "name": name,
        "password_hash": password_hasher().hash(password),
        # A script filled in the zone, in a field nobody sees: it never keeps a person out.
        "time_zone": known_time_zone(time_zone, default=config().time_zone),
    }
    if not config().sends_mail:
        return _make(asked)
    _request_confirmation(asked, invitation if invited else "")
    return None


def _request_confirmation(asked: dict[str, str], invitation: str) -> None:
    with database().writing() as session:
        secret = registrations.request_registration(
            session, **asked, at=clock.now(), base_url=config().base_url, invitation=invitation
        )
        session.commit()
    cookie[REQUESTED] = hash_secret(secret)


def is_requested_here(secret: str) -> bool:
    """Whether this browser asked for the mailed link, so that its password is that of its person."""
    return compare_digest(cookie.get(REQUESTED, ""), hash_secret(secret))


def _make(asked: dict[str, str]) -> str:
    with database().writing() as session:
        is_open = is_open_to(session, asked["email"])
        user = accounts.create_account(
            session, **asked, is_open=is_open, at=clock.now(), address=request.remote_addr
        )
        secret = _start_first_session(session, user)
        session.commit()
    return secret


def confirm(token: str, link: LinkView, *, password: str | None) -> str:
    """Make the account of a mailed link and return the secret of its session.

    With a `password` it replaces the one of the request; raises Invalid for one that is not good enough.
    """
    password_hash = None
    if password is not None:
        check_password(password, name=link.name, email=link.email)
        password_hash = password_hasher().hash(password)
    with database().writing() as session:
        user = registrations.confirm_registration(
            session,
            token,
            is_open=is_open_to(session, link.email),
            at=clock.now(),
            password_hash=password_hash,
            address=request.remote_addr,
        )
        secret = _start_first_session(session, user)
        session.commit()
    return secret


def _start_first_session(session: Session, user: User) -> str:
    """Sign a new account in; returns the secret for the cookie."""
    end_earlier_session(session)
    return begin_session(
        session,
        by=user,
        at=clock.now(),
        is_remembered=False,
        agent=request.user_agent.string,
        address=request.remote_addr,
    )
