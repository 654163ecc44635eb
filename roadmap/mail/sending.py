"""Sends the outbox: each mail once, marked before it goes, by one thread or process at a time."""

import logging
import secrets
import smtplib
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta

from roadmap import clock
from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.db.errors import DatabaseUnavailable
from roadmap.domain.errors import RoadmapError
from roadmap.mail.smtp import (
    PermanentFailure,
    TemporaryFailure,
    deliver,
    make_message,
    reason_of,
    smtp_client,
)
from roadmap.operations import mails
from roadmap.operations.locks import end_lease, take_lease
from roadmap.operations.scheduled import prune, scheduled_mails

LEASE = "mail"
LEASE_DURATION = timedelta(minutes=2)
PRUNE_EVERY = timedelta(hours=1)
SCHEDULE_EVERY = timedelta(minutes=5)
POLL_SECONDS = 2.0
MAX_WAIT_SECONDS = 300.0
log = logging.getLogger("roadmap.mail")


class ServerUnreachable(RoadmapError):
    """The mail server does not answer or does not accept our sign-in; all mail stays in the outbox."""


def send_due(database: Database, config: Config, *, holder: str) -> Counter[str]:
    """Send what is due under the lease, and count what became of it: sent, postponed, failed or withheld.

    Does nothing while another process holds the lease.
    """
    outcomes, moment = Counter[str](), clock.now()
    with database.reading() as session:
        due = mails.due_mails(session, at=moment)
    if not due or not _has_lease(database, holder):
        return outcomes
    try:
        with smtp_client(config.smtp_url) as client:
            for mail_id in due:
                outcomes[_send(database, config, client, mail_id)] += 1
    except (smtplib.SMTPException, OSError) as problem:
        raise ServerUnreachable(f"the mail server cannot be used: {reason_of(problem)}") from problem
    return outcomes


def send_all(database: Database, config: Config, *, holder: str) -> Counter[str]:
    """Send rounds until nothing is due any more."""
    total = Counter[str]()
    while outcomes := send_due(database, config, holder=holder):
        total += outcomes
    return total


def _has_lease(database: Database, holder: str) -> bool:
    moment = clock.now()
    with database.writing() as session:
        has_it = take_lease(session, LEASE, holder=holder, at=moment, until=moment + LEASE_DURATION)
        session.commit()
    return has_it


def _send(database: Database, config: Config, client: smtplib.SMTP, mail_id: int) -> str:
    """Send one mail, and return what became of it."""
    # Marked and committed first: whatever happens next, nobody else sends this one.
    with database.writing() as session:
        mail = mails.start_mail(session, mail_id, at=clock.now())
        session.commit()
    if mail is None:
        return "withheld"
    outcome, reason = "sent", ""
    try:
        deliver(client, make_message(mail, config))
    except TemporaryFailure as problem:
        outcome, reason = "postponed", str(problem)
    except PermanentFailure as problem:
        outcome, reason = "failed", str(problem)
    with database.writing() as session:
        if outcome == "postponed":
            mails.postpone_mail(session, mail_id, reason, at=clock.now())
        elif outcome == "failed":
            mails.fail_mail(session, mail_id, reason)
        else:
            mails.finish_mail(session, mail_id, at=clock.now())
        session.commit()
    if reason:
        log.warning("mail %s was not sent: %s", mail_id, reason)
        client.rset()
    return outcome


def release_lease(database: Database, holder: str) -> None:
    """End the lease, so that another process need not wait for it."""
    with suppress(DatabaseUnavailable), database.writing() as session:
        end_lease(session, LEASE, holder=holder)
        session.commit()


def write_scheduled(database: Database, config: Config, stop: threading.Event | None = None) -> None:
    """Write the digests and nudges that are due; a second call writes nothing twice.

    After each it leaves the write lock to others for as long as it had it.
    """
    stop, moment = stop or threading.Event(), clock.now()
    with database.reading() as session:
        due = scheduled_mails(session, at=moment, base_url=config.base_url)
    for write in due:
        began = time.monotonic()
        try:
            with database.writing() as session:
                write(session)
                session.commit()
        except DatabaseUnavailable:
            raise
        except Exception:
            log.exception("a digest or reminder was not written; the others were")
        if stop.wait(time.monotonic() - began):
            return


def clean_up(database: Database) -> None:
    """Delete what is too old to matter."""
    with database.writing() as session:
        prune(session, at=clock.now())
        session.commit()


def run_mail_thread(database: Database, config: Config, stop: threading.Event) -> None:
    """Send mail and prune until `stop` is set; errors are logged, and it tries again later."""
    holder, pruned_at, scheduled_at, wait = secrets.token_hex(8), None, None, POLL_SECONDS
    while not stop.is_set():
        try:
            if pruned_at is None or clock.now() - pruned_at >= PRUNE_EVERY:
                clean_up(database)
                pruned_at = clock.now()
            if scheduled_at is None or clock.now() - scheduled_at >= SCHEDULE_EVERY:
                write_scheduled(database, config, stop)
                scheduled_at = clock.now()
            if config.sends_mail:
                send_due(database, config, holder=holder)
            wait = POLL_SECONDS
        except (DatabaseUnavailable, ServerUnreachable) as problem:
            log.warning("mail is waiting: %s", problem)
            wait = min(wait * 2, MAX_WAIT_SECONDS)
        except Exception:
            log.exception("the mail thread continues after an error")
            wait = MAX_WAIT_SECONDS
        stop.wait(wait)
    release_lease(database, holder)
