"""Send one message to an SMTP server, and decide whether a failure is worth another try."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from roadmap import clock
from roadmap.config import Config
from roadmap.domain.accounts.mails import Mail
from roadmap.operations.accounts.accounts import ascii_spelling

TIMEOUT_SECONDS = 30
# Not every server takes eight bits.
POLICY = SMTP.clone(cte_type="7bit")
_LACKS_RIGHTS = re.compile(r"530|535|5\d\d 5\.7\.")
_LOCAL = {"localhost", "127.0.0.1", "::1"}


class TemporaryFailure(Exception):
    """The server did not accept it but may later; nothing was sent."""


class PermanentFailure(Exception):
    """The server will never accept it, or may have accepted it already."""


@contextmanager
def smtp_client(url: str) -> Iterator[smtplib.SMTP]:
    """Connect to `smtp://` (STARTTLS where offered, `?starttls=always` or `never`) or `smtps://`."""
    parts = urlsplit(url)
    host, mode = parts.hostname or "localhost", parse_qs(parts.query).get("starttls", ["offered"])[0]
    context = ssl.create_default_context()
    if parts.scheme == "smtps":
        client: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=TIMEOUT_SECONDS, context=context
        )
    else:
        client = smtplib.SMTP(host, parts.port or (587 if parts.username else 25), timeout=TIMEOUT_SECONDS)
    with client:
        if parts.scheme == "smtp":
            _secure(client, mode, context, is_needed=bool(parts.username) and host not in _LOCAL)
        if parts.username:
            client.login(unquote(parts.username), unquote(parts.password or ""))
        yield client


def _secure(client: smtplib.SMTP, mode: str, context: ssl.SSLContext, *, is_needed: bool) -> None:
    client.ehlo()
    if mode == "never":
        return
    if client.has_extn("starttls"):
        client.starttls(context=context)
        client.ehlo()
    elif is_needed or mode == "always":
        raise smtplib.SMTPNotSupportedError("the mail server offers no STARTTLS")


def make_message(mail: Mail, config: Config) -> EmailMessage:
    """The message as it travels, signed by the installation; the same row always has the same Message-ID."""
    (shown, mail_from), name = parseaddr(config.mail_from), config.installation
    message = EmailMessage(policy=POLICY)
    message["From"] = config.mail_from if shown else formataddr((name, mail_from))
    message["To"] = ascii_spelling(mail.recipient)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = (
        f"<roadmap.{mail.id}.{mail.created_at:%Y%m%d%H%M%S}@{mail_from.rpartition('@')[2]}>"
    )
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{mail.body or ''}{name}, {config.base_url}\n")
    return message


def deliver(client: smtplib.SMTP, message: EmailMessage) -> None:
    """Give one message to the server; raises TemporaryFailure if it may be retried, else PermanentFailure."""
    try:
        _expect(client.mail(parseaddr(message["From"])[1]), is_about_us=True)
        _expect(client.rcpt(message["To"]))
    except (smtplib.SMTPException, OSError) as problem:
        raise TemporaryFailure(reason_of(problem)) from problem
    try:
        _expect(client.data(message.as_bytes()))
    except smtplib.SMTPDataError as problem:
        _refuse(problem.smtp_code, problem.smtp_error)
    except (smtplib.SMTPException, OSError) as problem:
        # The text was on its way when the line broke: it may have arrived, so it is not sent again.
        raise PermanentFailure(f"interrupted, perhaps sent: {problem}") from problem


def _expect(answer: tuple[int, bytes], *, is_about_us: bool = False) -> None:
    if answer[0] not in {250, 251}:
        _refuse(*answer, is_about_us=is_about_us)


def _refuse(code: int, reason: bytes | str, *, is_about_us: bool = False) -> None:
    text = _answer(code, reason)
    # What is refused to the sender, or for lack of rights, is put right in the settings: until then it waits.
    if code >= 500 and not (is_about_us or _LACKS_RIGHTS.match(text)):
        raise PermanentFailure(text)
    raise TemporaryFailure(text)


def _answer(code: int, reason: bytes | str) -> str:
    return f"{code} {reason.decode(errors='replace') if isinstance(reason, bytes) else reason}"


def reason_of(problem: Exception) -> str:
    """The server's own description of an error."""
    if isinstance(problem, smtplib.SMTPResponseException):
        return _answer(problem.smtp_code, problem.smtp_error)
    return str(problem)
