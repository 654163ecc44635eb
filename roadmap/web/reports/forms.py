"""The forms that make a share link, freeze a report and check one."""

from typing import Any

from wtforms import FileField, SelectField, StringField

from roadmap.domain.errors import Invalid
from roadmap.domain.reports.links import SHARE_NAME_LENGTH
from roadmap.domain.reports.reports import ReportQuery
from roadmap.domain.reports.rows import Listed
from roadmap.domain.reports.selections import read_listed
from roadmap.operations.reports.links import ShareChoice
from roadmap.web.forms.base import Form, QueryForm
from roadmap.web.forms.fields import BooleanField, DayField, strip


class ListedField(SelectField):
    """Which milestones of a report are listed; None where nothing was sent."""

    data: Listed | None

    def __init__(self, label: str = "", **options: Any) -> None:
        words: dict[str, str] = {
            Listed.DONE: "Done",
            Listed.VERIFIED: "Verified",
            Listed.ALL: "All milestones",
        }
        super().__init__(label, choices=words, coerce=str, validate_choice=False, **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the word; raises ValueError for one that is none of the choices."""
        try:
            self.data = read_listed(valuelist[0].strip()) if valuelist else None
        except Invalid as error:
            self.data = None
            raise ValueError(error.errors["only"]) from None


class ListedForm(QueryForm):
    """`?only=`: which milestones of a report are listed."""

    only = ListedField("Milestones")

    @classmethod
    def asked(cls) -> Listed | None:
        """Return the choice in the address, None without one; raises Invalid for any other word."""
        form = cls()
        form.check()
        return form.only.data


class ReportForm(ListedForm):
    """The days of a report, and which milestones it lists."""

    as_of = DayField("As of")
    since = DayField("Changes since")

    def query(self, installation: str) -> ReportQuery:
        """What was chosen, as the rules take it."""
        return ReportQuery(as_of=self.as_of.data, since=self.since.data, installation=installation)


class ShareNameForm(Form):
    """What the owner of a link calls it."""

    name = StringField(
        "Name",
        default="",
        filters=[strip],
        render_kw={"data-limit": SHARE_NAME_LENGTH, "autocomplete": "off"},
    )


class ShareForm(ShareNameForm):
    """What a link shows and until when; a box that is not sent is not ticked."""

    expires_on = DayField("Expires")
    as_of = DayField("As of")
    show_evidence = BooleanField("Show evidence and reasons for skipping")
    show_names = BooleanField("Show mentors’ names")

    def choice(self) -> ShareChoice:
        """What was chosen, as the rules take it."""
        return ShareChoice(
            expires_on=self.expires_on.data,
            as_of=self.as_of.data,
            shows_evidence=self.show_evidence.data,
            shows_names=self.show_names.data,
            name=self.name.data or "",
        )


class IncludedField(BooleanField):
    """A checkbox for what is included unless a "no" was sent, as the hidden field before the box does."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Count the box as ticked where a program sends neither."""
        super().process_formdata(valuelist or ["yes"])


class DisclosureForm(Form):
    """Whether the identifier of a frozen report alone shows name, roadmap and both numbers."""

    disclose = BooleanField(
        "Let anyone who enters the identifier see your name, the roadmap and both numbers"
    )


class FreezeForm(DisclosureForm):
    """The day of a report to freeze, and what it includes."""

    as_of = DayField("As of", id="freeze_as_of")
    only = ListedField("Milestones", id="freeze_only")
    show_evidence = IncludedField("Show evidence and reasons for skipping")
    show_names = IncludedField("Show mentors’ names")

    def query(self, installation: str) -> ReportQuery:
        """What was chosen, as the rules take it."""
        return ReportQuery(
            as_of=self.as_of.data,
            shows_evidence=self.show_evidence.data,
            shows_names=self.show_names.data,
            installation=installation,
        )


class VerificationForm(Form):
    """`/verify`: an identifier, or a file."""

    id = StringField("Identifier", default="", filters=[strip])
    file = FileField("File")


class CodeForm(QueryForm):
    """`/verify?id=`, where a QR code leads."""

    id = StringField(default="", filters=[strip])
