"""The daily digest: news that the person has not seen and new submissions, written in their morning."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.submissions import Submission, SubmissionState, submissions_reviewed_by
from roadmap.domain.news.items import OFFERS, news_items
from roadmap.domain.news.rows import BETWEEN
from roadmap.operations.mails import write_mail
from roadmap.operations.mentoring import mail_texts

MORNING = time(7)
NIGHT = timedelta(hours=5)
DIGEST_LIFETIME = timedelta(days=1)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def people_due(session: Session, at: datetime) -> list[int]:
    """Return the ids of the people whose digest of this morning is not written yet."""
    # Only what is asked for: in the afternoon, these are all people.
    columns = (User.id, User.time_zone, User.digested_at, User.created_at)
    rows = session.execute(_people_due(at).with_only_columns(*columns))
    return [row.id for row in rows if _is_morning(row.time_zone, row.digested_at or row.created_at, at)]


def _people_due(at: datetime) -> Select[User]:
    """Return a select of the people who want a digest and got none in the last five hours."""
    long_ago = or_(User.digested_at.is_(None), User.digested_at <= at - NIGHT)
    return select(User).where(User.wants_digest, User.disabled_at.is_(None), long_ago).order_by(User.id)


def _is_morning(time_zone: str, last: datetime, at: datetime) -> bool:
    """Return whether it is past seven in the person's time zone, on a later day than the last digest.

    Before the first digest, `last` is when the account was made: the day somebody signs up needs none.
    """
    zone = ZoneInfo(time_zone)
    local = at.astimezone(zone)
    return local.time() >= MORNING and last.astimezone(zone).date() < local.date()


def write_digest(session: Session, *, person_id: int, at: datetime, base_url: str) -> None:
    """Write a person's digest if it is still due and anything happened since the last one.

    It leaves out what Today has shown, and marks nothing as seen there.
    """
    # Locked, so that no other process writes the same digest. Marks only refer to the person and do not wait.
    query = _people_due(at).where(User.id == person_id).with_for_update(key_share=True)
    person = session.scalar(query)
    if person is None or not _is_morning(person.time_zone, person.digested_at or person.created_at, at):
        return
    since = person.digested_at or _NEVER
    news = _news(session, person, max(since, person.news_seen_at or _NEVER), at)
    submissions, waiting = _queue(session, person, since)
    person.digested_at = at
    if news or submissions:
        text = mail_texts.digest(person.name, news, submissions, waiting, base_url)
        write_mail(session, text, to=person, at=at, lifetime=DIGEST_LIFETIME)


def _news(session: Session, person: User, since: datetime, until: datetime) -> list[str]:
    """Return the sentences of the news, without invitations, which have an email of their own."""
    span = {"person_id": person.id, "since": since, "at": until}
    items = news_items(session.connection().execute(BETWEEN, span))
    return [item.sentence for item in items if item.kind not in OFFERS]


def _queue(session: Session, person: User, since: datetime) -> tuple[list[str], int]:
    """Return a line for each new submission of a mentee, and how many wait in all."""
    waiting = submissions_reviewed_by(person).where(Submission.state == SubmissionState.OPEN)
    rows = session.execute(
        waiting.join(User, User.id == Enrollment.user_id)
        .with_only_columns(User.name, Submission.title, Submission.submitted_at)
        .order_by(Submission.submitted_at)
    ).all()
    return [f"{row.name} submitted “{row.title}”" for row in rows if row.submitted_at > since], len(rows)
