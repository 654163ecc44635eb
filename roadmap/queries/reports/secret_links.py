"""Active links of all people as administrators see them, without their addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, Integer, Select, cast, null, select, union_all
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.base import UtcDateTime, inline_literal
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.local_dates import WESTERNMOST
from roadmap.domain.reports.links import Feed, LinkPurpose, Share

PAGE = 50


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link; a badge and a calendar do not expire and are not counted."""

    purpose: LinkPurpose
    public_id: str
    owner: str
    email: str
    created_at: datetime
    expires_on: date | None
    opens: int | None
    last_opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class LinksPage:
    """One page of links, the newest first; `next` is the number of the following page."""

    rows: Sequence[LinkRow]
    next: int | None


def find_links_page(session: Session, *, page: int, at: datetime) -> LinksPage:
    """Share links that still hold somewhere on earth, badges and calendars; pages count from 1."""
    links = union_all(_shares(at), _feeds()).subquery()
    statement = select(links).order_by(links.c.created_at.desc(), links.c.public_id)
    entries = session.execute(statement.offset((page - 1) * PAGE).limit(PAGE + 1)).all()
    rows = [LinkRow(LinkPurpose(purpose), *more) for purpose, *more in entries[:PAGE]]
    return LinksPage(rows, page + 1 if len(entries) > PAGE else None)


def _shares(at: datetime) -> Select[LinkPurpose, str, str, str, datetime, date, int, datetime | None]:
    return (
        select(
            inline_literal(LinkPurpose.SHARE).label("purpose"),
            *(Share.public_id, User.name, User.email),
            *(Share.created_at, Share.expires_on, Share.opens, Share.last_opened_at),
        )
        .join(Enrollment, Enrollment.id == Share.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .where(Share.revoked_at.is_(None), Share.expires_on >= at.astimezone(WESTERNMOST).date())
    )


def _feeds() -> Select[LinkPurpose, str, str, str, datetime, date, int, datetime | None]:
    nothing = (cast(null(), Date), cast(null(), Integer), cast(null(), UtcDateTime()))
    return (
        select(Feed.purpose, Feed.public_id, User.name, User.email, Feed.created_at, *nothing)
        .join(Enrollment, Enrollment.id == Feed.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .where(Feed.revoked_at.is_(None))
    )
