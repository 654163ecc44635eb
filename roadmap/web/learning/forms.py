"""The forms of an enrollment: starting it, its settings, its edition, and undo."""

from dataclasses import replace
from typing import Any

from wtforms import FloatField, HiddenField, IntegerField
from wtforms.validators import InputRequired

from roadmap.domain.errors import invalid
from roadmap.domain.learning.enrollments import MAX_WEEKLY_HOURS, MIN_WEEKLY_HOURS, EnrollmentState, Settings
from roadmap.web.forms import BooleanField, DayField, Form, KeysField

USUAL_WEEKLY_HOURS = 6.0
_HOURS = "Enter hours a week as a number, such as 6 or 7.5."
_HOURS_LIMITS = {"min": MIN_WEEKLY_HOURS, "max": MAX_WEEKLY_HOURS, "step": 0.5}


class HoursField(FloatField):
    """Hours as a number."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Say what to write instead of what it is not."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_HOURS) from None

    def _value(self) -> str:
        """What was typed, or the number without a zero behind its point."""
        typed = self.raw_data[0] if self.raw_data else None
        return typed if typed is not None else f"{self.data or 0:g}"


class StartForm(Form):
    """Pathways by key, weekly hours in halves, and perhaps a target day; `preview` only shows the numbers."""

    pathways = KeysField("Pathways")
    weekly_hours = HoursField(
        "Hours a week", [InputRequired(_HOURS)], default=USUAL_WEEKLY_HOURS, render_kw=_HOURS_LIMITS
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
            return before.with_state(EnrollmentState(self.state.data))
        return replace(self.settings(), state=before.state)


class EditionForm(Form):
    """The number of the edition whose differences were shown; without one, the newest."""

    edition = IntegerField()


class UndoForm(Form):
    """`redo` where what is undone is an undo."""

    redo = BooleanField()
