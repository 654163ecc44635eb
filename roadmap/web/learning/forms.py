"""The forms of an enrollment, of its settings and edition, and of the page of a milestone."""

from dataclasses import replace
from typing import Any

from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired

from roadmap.domain.errors import invalid
from roadmap.domain.learning.enrollments import MAX_WEEKLY_HOURS, MIN_WEEKLY_HOURS, EnrollmentState, Settings
from roadmap.domain.learning.evidence import TEXT_LENGTH, URL_LENGTH
from roadmap.domain.learning.progress import NOTE_LENGTH, REASON_LENGTH, Status
from roadmap.domain.mentoring.messages import MESSAGE_LENGTH
from roadmap.domain.mentoring.submissions import COMMENT_LENGTH
from roadmap.domain.roadmaps.roadmaps import TITLE_LENGTH
from roadmap.operations.learning.evidence import EvidenceDraft
from roadmap.queries.pages.milestone import MilestonePage
from roadmap.web.forms.base import Form
from roadmap.web.forms.fields import BooleanField, DayField, HoursField, KeysField, VersionField

USUAL_WEEKLY_HOURS = 6.0
_HOURS = "Enter hours a week as a number, such as 6 or 7.5."
_HOURS_LIMITS = {"min": MIN_WEEKLY_HOURS, "max": MAX_WEEKLY_HOURS, "step": 0.5}


class StartForm(Form):
    """Pathways by key, weekly hours in halves, and perhaps a target day; `preview` only shows the numbers."""

    pathways = KeysField("Pathways")
    weekly_hours = HoursField(
        "Hours a week", [InputRequired(_HOURS)], _HOURS, default=USUAL_WEEKLY_HOURS, render_kw=_HOURS_LIMITS
    )
    target_date = DayField("Target date")
    preview = BooleanField()

    def settings(self) -> Settings:
        """What was chosen, as the rules take it."""
        return Settings(
            pathways=tuple(dict.fromkeys(self.pathways.data or ())),
            weekly_hours=self.weekly_hours.data or 0.0,
            target_on=self.target_date.data,
        )


class SettingsForm(StartForm):
    """The same for an enrollment that runs; a button with `state` changes the state and nothing else."""

    shows_forecast = BooleanField("Show the forecast")
    state = HiddenField()

    def check(self) -> None:
        """Raise Invalid, unless only the state changes."""
        if self.state.data is None:
            super().check()
        elif self.state.data not in list(EnrollmentState):
            raise invalid(state="Choose one of: active, paused, archived.")

    def settings(self) -> Settings:
        """What was chosen, as the rules take it."""
        return replace(super().settings(), shows_forecast=self.shows_forecast.data)

    def settings_after(self, before: Settings) -> Settings:
        """The settings that this form asks for, given those before."""
        if self.state.data is not None:
            return replace(before, state=EnrollmentState(self.state.data))
        return replace(self.settings(), state=before.state)


class EditionForm(Form):
    """The number of the edition whose differences were shown; without one, the newest."""

    edition = IntegerField()


NEW = "new"


class ChangeForm(Form):
    """A change of milestones; `view` is the page it was made on: `map`, `whole-map`, or nothing."""

    view = StringField(default="")


class ProgressForm(ChangeForm):
    """A mark, and perhaps another day than today and a reason."""

    status = HiddenField(
        default="",
        validators=[AnyOf(list(Status), "Choose one of: not started, in progress, done, skipped.")],
    )
    occurred_on = DayField("Date it happened")
    reason = StringField("Reason", render_kw={"data-limit": REASON_LENGTH})


class KnownForm(ChangeForm):
    """Milestones by key."""

    milestones = KeysField()


class UndoForm(ChangeForm):
    """`redo` where what is undone is an undo."""

    redo = BooleanField()


class RevisitForm(Form):
    """The day to come back, empty for none."""

    revisit_on = DayField("Revisit on")


class NoteForm(Form):
    """A private note, of a learner on a milestone or of a mentor on a learner."""

    note = TextAreaField("Private note", default="", id="note-text", render_kw={"data-limit": NOTE_LENGTH})
    version = VersionField(default=0)


class EvidenceForm(Form):
    """A title with a link, a text, or both; `piece` is the id of the evidence, so that ids stay unique."""

    title = StringField("Title", default="", render_kw={"data-limit": TITLE_LENGTH, "required": ""})
    url = StringField("Link", default="", render_kw={"data-limit": URL_LENGTH, "inputmode": "url"})
    text = TextAreaField("Text", default="", render_kw={"data-limit": TEXT_LENGTH})
    version = VersionField(default=0)

    def __init__(self, piece: str = NEW, **values: Any) -> None:
        super().__init__(**values)
        for field in self:
            field.id = field.label.field_id = f"{field.name}-{piece}"

    def draft(self) -> EvidenceDraft:
        """What was typed, as the rules take it."""
        return EvidenceDraft(*(field.data or "" for field in (self.title, self.url, self.text)))


class SubmissionForm(Form):
    """A comment for the mentors."""

    comment = TextAreaField("Comment", default="", render_kw={"data-limit": COMMENT_LENGTH})


class MessageForm(Form):
    """A message of the conversation."""

    text = TextAreaField(
        "Message", default="", id="message-text", render_kw={"data-limit": MESSAGE_LENGTH, "required": ""}
    )


def milestone_forms(page: MilestonePage) -> dict[str, Any]:
    """The forms of a milestone's page with what is saved, by the names its templates use."""
    pieces = {
        piece.public_id: EvidenceForm(piece.public_id, reads_request=False, of=piece)
        for piece in page.evidence
    }
    return {
        "progress_form": ProgressForm(reads_request=False, reason=page.reason),
        "revisit_form": RevisitForm(reads_request=False, revisit_on=page.milestone_state.revisit_on),
        "note_form": NoteForm(reads_request=False, note=page.note, version=page.note_version),
        "evidence_forms": {NEW: EvidenceForm(reads_request=False), **pieces},
        "submission_form": SubmissionForm(reads_request=False),
        "message_form": MessageForm(reads_request=False),
    }
