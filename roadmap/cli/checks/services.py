"""Checks of the servers that an installation may use: mail and Redis."""

import smtplib
from collections.abc import Iterator

from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.mail.smtp import reason_of, smtp_client
from roadmap.web.limits.rate_limits import RateLimits


def mail_faults(config: Config, _: Database) -> Iterator[str]:
    """Whether the mail server answers and accepts the sign-in."""
    try:
        with smtp_client(config.smtp_url):
            return
    except (smtplib.SMTPException, OSError) as error:
        yield reason_of(error)


def limit_faults(config: Config, _: Database) -> Iterator[str]:
    """Whether Redis answers."""
    if not RateLimits(config.redis_url).storage_answers():
        yield "ROADMAP_REDIS_URL does not respond"
