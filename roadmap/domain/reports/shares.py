"""Share links: a report that whoever holds the link may read, until it expires or is revoked."""

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.domain.errors import invalid
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.reports.secret_links import LinkPurpose, SecretLink

SHARE_LIFETIME = timedelta(days=30)
MAX_OPEN_SHARES = 50


class Share(SecretLink, kw_only=True):
    """A link to a report, live or as of a day; it holds to the end of `expires_on` where its owner is."""

    __tablename__ = "shares"
    __table_args__ = (
        CheckConstraint("expires_on >= created_on", name="expires_on"),
        CheckConstraint("as_of <= created_on", name="as_of"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    enrollment: Mapped[Enrollment] = relationship(init=False, viewonly=True)

    created_on: Mapped[date]
    expires_on: Mapped[date]
    as_of: Mapped[date | None]
    shows_evidence: Mapped[bool]
    shows_names: Mapped[bool]

    opens: Mapped[int] = mapped_column(default=0)
    last_opened_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def purpose(self) -> LinkPurpose:
        return LinkPurpose.SHARE

    def is_open(self, today: date) -> bool:
        """Whether it leads to the report on a day of its owner."""
        return self.revoked_at is None and today <= self.expires_on


def latest_expiry(today: date) -> date:
    """The same day a year later; the end of February where that year has no such day."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return today.replace(year=today.year + 1, day=28)


def check_share_days(expires_on: date, as_of: date | None, *, today: date, started_on: date) -> None:
    """Raise Invalid for an expiry that has passed or is too far, and for a day without a report."""
    if expires_on < today:
        raise invalid(expires_on="This day has passed. Choose today or a day after it.")
    if expires_on > latest_expiry(today):
        last = latest_expiry(today).isoformat()
        raise invalid(expires_on=f"A link holds for a year at most. Choose a day up to {last}.")
    if as_of is not None and as_of > today:
        raise invalid(
            as_of="This day lies in the future. Choose today or a day before it, or leave it empty."
        )
    if as_of is not None and as_of < started_on:
        first = started_on.isoformat()
        raise invalid(as_of=f"Nothing was on record before {first}. Choose that day or a later one.")
