"""The audit log: changes to accounts, sessions and rights, with who made them. It is append-only."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.domain.base import Base

ADDRESS_LENGTH = 64


class AuditKind(StrEnum):
    """The kinds of entries."""

    REGISTERED = "registered"
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    SESSION_ENDED = "session_ended"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_RESET_ASKED = "password_reset_asked"
    ADDRESS_CHANGED = "address_changed"
    USER_DISABLED = "user_disabled"
    USER_ENABLED = "user_enabled"
    USER_DELETED = "user_deleted"
    MENTOR_APPROVED = "mentor_approved"
    MENTOR_APPROVAL_ENDED = "mentor_approval_ended"
    MENTORSHIP_STARTED = "mentorship_started"
    ACCEPTED_IN_SAME_BROWSER = "accepted_in_same_browser"
    MENTORSHIP_ENDED = "mentorship_ended"
    MENTOR_REMINDED = "mentor_reminded"
    SHARE_MADE = "share_made"
    SHARE_REVOKED = "share_revoked"
    BADGE_MADE = "badge_made"
    BADGE_REVOKED = "badge_revoked"
    CALENDAR_MADE = "calendar_made"
    CALENDAR_REVOKED = "calendar_revoked"
    ADMIN_MADE = "admin_made"
    ADMIN_ENDED = "admin_ended"
    REPORT_ISSUED = "report_issued"
    REPORT_WITHDRAWN = "report_withdrawn"
    REPORT_DISCLOSED = "report_disclosed"
    REPORT_DISCLOSURE_ENDED = "report_disclosure_ended"


class Audit(Base):
    """One entry: `actor_id` did it to `subject_id`. Both are None once the account is deleted."""

    __tablename__ = "audits"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[AuditKind]
    actor_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True, default=None
    )
    subject_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True, default=None
    )
    address: Mapped[str | None] = mapped_column(String(ADDRESS_LENGTH), default=None)
