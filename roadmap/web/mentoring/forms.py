"""The forms of mentoring."""

from collections.abc import Iterable
from typing import ClassVar

from wtforms import EmailField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired

from roadmap.domain.errors import Conflict
from roadmap.domain.mentoring.invitations import InvitedAs
from roadmap.domain.mentoring.submissions import FEEDBACK_LENGTH, REPLACEMENT_REASON_LENGTH, Outcome
from roadmap.exports.languages import text_keywords
from roadmap.operations.mentoring.reviews import Answer
from roadmap.queries.mentoring.queues import Choice
from roadmap.web.forms.base import Form
from roadmap.web.forms.fields import KeysField, NumbersField, strip


class InvitationForm(Form):
    """Whom to invite, as what, and for which roadmap; the field of the role is called `as`.

    `enrollment` and `milestone` say from which page of a roadmap somebody came here, to lead back to it.
    """

    email = EmailField(
        "Email", [InputRequired("Enter the address of the person you’re inviting.")], filters=[strip]
    )
    invited_as = RadioField(
        "Invite as",
        choices={InvitedAs.MENTOR.value: "my mentor", InvitedAs.LEARNER.value: "a learner I mentor"},
        default=InvitedAs.MENTOR.value,
        name="as",
    )
    roadmap = SelectField("Roadmap", choices={"": "All roadmaps"}, default="", validate_choice=False)
    enrollment = HiddenField(default="")
    milestone = HiddenField(default="")

    def offer(self, roadmaps: Iterable[Choice]) -> None:
        """Fill the list of roadmaps, given by slug and title."""
        offered = [(choice.value, choice.title, text_keywords(choice.language)) for choice in roadmaps]
        self.roadmap.choices = [("", "All roadmaps"), *offered]


class InvitationAnswerForm(Form):
    """`/invitations/<token>`."""

    answer = StringField(validators=[AnyOf(["accept", "decline"], "Answer with accept or decline.")])


class ReviewForm(Form):
    """The review of a submission; `replaces` is the id of the review it replaces, which needs a reason."""

    shown_conflicts: ClassVar[type[Conflict]] = Conflict

    outcome = HiddenField(validators=[AnyOf(list(Outcome), "Answer with verified or returned.")])
    criteria = NumbersField("Criteria met", default=())
    feedback = TextAreaField("Feedback", default="", render_kw={"data-limit": FEEDBACK_LENGTH})
    reason = TextAreaField(
        "Reason for replacing the earlier review",
        default="",
        render_kw={"data-limit": REPLACEMENT_REASON_LENGTH, "required": ""},
    )
    replaces = HiddenField(default="")

    def answer(self) -> Answer:
        """What was typed, as the rules take it."""
        return Answer(
            outcome=Outcome(self.outcome.data or ""),
            feedback=self.feedback.data or "",
            criteria=tuple(self.criteria.data),
            replaces=self.replaces.data or "",
            reason=self.reason.data or "",
        )


class SignOffForm(Form):
    """The keys of the milestones that a mentor verifies in person, and feedback on them."""

    milestones = KeysField("Milestones to verify")
    feedback = TextAreaField("Feedback", default="", render_kw={"data-limit": FEEDBACK_LENGTH})
