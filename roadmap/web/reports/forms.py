"""The form that makes a share link."""

from wtforms.validators import Optional

from roadmap.operations.reports.links import ShareChoice
from roadmap.web.forms import BooleanField, Form
from roadmap.web.learning.forms import DayField


class ShareForm(Form):
    """What a link shows and until when; a box that is not sent is not ticked."""

    expires_on = DayField("Holds until", [Optional()])
    as_of = DayField("As of", [Optional()])
    show_evidence = BooleanField("Show evidence, and the reasons for skipping")
    show_names = BooleanField("Show the names of mentors")

    def choice(self) -> ShareChoice:
        """What was chosen, as the rules take it."""
        return ShareChoice(
            expires_on=self.expires_on.data,
            as_of=self.as_of.data,
            shows_evidence=self.show_evidence.data,
            shows_names=self.show_names.data,
        )
