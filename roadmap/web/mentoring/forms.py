"""The forms of mentoring."""

from collections.abc import Iterable

from wtforms import EmailField, RadioField, SelectField
from wtforms.validators import InputRequired

from roadmap.domain.mentoring.invitations import InvitedAs
from roadmap.web.forms import Form, strip


class InvitationForm(Form):
    """Whom to invite, as what, and for which roadmap; the field of the role is called `as`."""

    email = EmailField(
        "Mail address", [InputRequired("Give the address of the person you invite.")], filters=[strip]
    )
    invited_as = RadioField(
        "They would be",
        choices={InvitedAs.MENTOR.value: "my mentor", InvitedAs.LEARNER.value: "a learner I mentor"},
        default=InvitedAs.MENTOR.value,
        name="as",
    )
    roadmap = SelectField("Roadmap", choices={"": "All roadmaps"}, default="", validate_choice=False)

    def offer(self, roadmaps: Iterable[tuple[str, str]]) -> None:
        """Fill the list of roadmaps, given by slug and title."""
        self.roadmap.choices = {"": "All roadmaps"} | dict(roadmaps)
