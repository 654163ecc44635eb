"""The forms of administration, and what the events of the audit log are called on its page."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from wtforms import SelectField, StringField
from wtforms.validators import AnyOf

from roadmap.domain.accounts.audits import AuditKind
from roadmap.domain.errors import invalid
from roadmap.domain.local_dates import EARLIEST, LATEST
from roadmap.queries.accounts.audits import AuditFilter
from roadmap.web.forms.base import Form, QueryForm
from roadmap.web.forms.fields import DayField, strip, typed_number

EVENT_WORDS = {
    AuditKind.REGISTERED: "Signed up",
    AuditKind.SIGNED_IN: "Signed in",
    AuditKind.SIGN_IN_FAILED: "Sign-in failed",
    AuditKind.SIGNED_OUT: "Signed out",
    AuditKind.SESSION_ENDED: "Session ended",
    AuditKind.PASSWORD_CHANGED: "Password changed",
    AuditKind.PASSWORD_RESET_ASKED: "Password reset requested",
    AuditKind.ADDRESS_CHANGED: "Email changed",
    AuditKind.USER_DISABLED: "Account disabled",
    AuditKind.USER_ENABLED: "Account enabled",
    AuditKind.USER_DELETED: "Account deleted",
    AuditKind.MENTOR_APPROVED: "Mentor approved",
    AuditKind.MENTOR_APPROVAL_ENDED: "Mentor approval revoked",
    AuditKind.MENTORSHIP_STARTED: "Mentorship started",
    AuditKind.ACCEPTED_IN_SAME_BROWSER: "Accepted in same browser",
    AuditKind.MENTORSHIP_ENDED: "Mentorship ended",
    AuditKind.MENTOR_REMINDED: "Mentor reminded",
    AuditKind.SHARE_MADE: "Share link created",
    AuditKind.SHARE_REVOKED: "Share link revoked",
    AuditKind.BADGE_MADE: "Badge created",
    AuditKind.BADGE_REVOKED: "Badge revoked",
    AuditKind.CALENDAR_MADE: "Calendar created",
    AuditKind.CALENDAR_REVOKED: "Calendar revoked",
    AuditKind.ADMIN_MADE: "Made an administrator",
    AuditKind.ADMIN_ENDED: "Removed as administrator",
    AuditKind.REPORT_ISSUED: "Report frozen",
    AuditKind.REPORT_WITHDRAWN: "Report withdrawn",
    AuditKind.REPORT_DISCLOSED: "Report details made visible",
    AuditKind.REPORT_DISCLOSURE_ENDED: "Report details hidden",
}


WORDS_LENGTH = 100
"""Longer words are cut off, because no name and no address has them."""


class AccountsQuery(QueryForm):
    """`/admin?q=&after=`: words in names and addresses, and the place in the list."""

    q = StringField(default="", filters=[strip])
    after = StringField(default="")

    @property
    def words(self) -> str:
        return (self.q.data or "")[:WORDS_LENGTH]


class AccountsPlace(Form):
    """The same, sent along by each button of the list, which leads back to it."""

    q = StringField(default="")
    after = StringField(default="")


class AuditForm(QueryForm):
    """`/admin/audits`: the filter of the audit log; `before` continues a page."""

    person = StringField("Person", default="", filters=[strip])
    kind = SelectField(
        "Event",
        choices={"": "All events"} | {kind.value: words for kind, words in EVENT_WORDS.items()},
        default="",
        validate_choice=False,
    )
    on = DayField("Date")
    before = StringField(default="")

    @property
    def typed(self) -> dict[str, str]:
        """Return the filter as it was typed, for links to other pages of the same."""
        return {field.name: (field.raw_data or [""])[0] for field in (self.person, self.kind, self.on)}

    @property
    def place(self) -> int | None:
        """Return the number before which the page begins."""
        return typed_number(self.before.data or "")

    def filter(self, zone: ZoneInfo) -> AuditFilter:
        """Return what was chosen, with the day in this zone; raise Invalid for one that is too far away."""
        kind, day = self.kind.data, self.on.data
        if day and not EARLIEST <= day <= LATEST:
            raise invalid(on="Choose a date between 1900 and 2200.")
        return AuditFilter(
            person=(self.person.data or "")[:WORDS_LENGTH],
            kind=AuditKind(kind) if kind in list(AuditKind) else None,
            since=datetime.combine(day, time(), zone) if day else None,
            until=datetime.combine(day + timedelta(days=1), time(), zone) if day else None,
        )


class StateForm(Form):
    """`/admin/accounts/<public_id>/state`."""

    state = StringField(validators=[AnyOf(["active", "disabled"], "Choose active or disabled.")])


class RoleForm(Form):
    """`/admin/accounts/<public_id>/role`."""

    role = StringField(validators=[AnyOf(["administrator", "person"], "Choose administrator or person.")])
