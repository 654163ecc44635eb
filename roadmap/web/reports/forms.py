"""The forms that make a share link, freeze a report and check one."""

from typing import Any

from wtforms import StringField

from roadmap.domain.reports.links import SHARE_NAME_LENGTH
from roadmap.domain.reports.reports import ReportQuery
from roadmap.operations.reports.links import ShareChoice
from roadmap.web.forms import BooleanField, DayField, Form, strip


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
    show_evidence = BooleanField("Show evidence, and the reasons for skipping")
    show_names = BooleanField("Show the names of mentors")

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

    disclose = BooleanField("Let whoever enters the identifier see your name, the roadmap and both numbers")


class FreezeForm(DisclosureForm):
    """The day of a report to freeze, and what it includes."""

    as_of = DayField("As of", id="freeze_as_of")
    show_evidence = IncludedField("Show evidence, and the reasons for skipping")
    show_names = IncludedField("Show the names of mentors")

    def query(self, installation: str) -> ReportQuery:
        """What was chosen, as the rules take it."""
        return ReportQuery(
            as_of=self.as_of.data,
            shows_evidence=self.show_evidence.data,
            shows_names=self.show_names.data,
            installation=installation,
        )


class VerificationForm(Form):
    """`/verify`: an identifier; a file comes beside it."""

    id = StringField("Identifier", default="", filters=[strip])
