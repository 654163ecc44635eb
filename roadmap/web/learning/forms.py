"""The forms of an enrollment: starting it, and changing its settings."""

from typing import Any

from wtforms import DateField, FloatField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from roadmap.domain.learning.enrollments import MAX_WEEKLY_HOURS, MIN_WEEKLY_HOURS, Settings
from roadmap.web.forms import NO_DAY, BooleanField, Form

USUAL_WEEKLY_HOURS = 6.0
_HOURS = "Give the hours a week as a number, like 6 or 7.5."
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


class DayField(DateField):
    """A day as browsers send it."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Say how to write it instead of what it is not."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(NO_DAY) from None


class StartForm(Form):
    """Pathways by key, weekly hours in halves, and perhaps a target day."""

    pathways = SelectMultipleField(
        "Pathways",
        validate_choice=False,
        choices=[],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    weekly_hours = HoursField(
        "Hours a week", [InputRequired(_HOURS)], default=USUAL_WEEKLY_HOURS, render_kw=_HOURS_LIMITS
    )
    target_date = DayField("Target date", [Optional()])

    def settings(self) -> Settings:
        """What was chosen, as the rules take it."""
        return Settings(
            pathways=tuple(dict.fromkeys(self.pathways.data or ())),
            weekly_hours=self.weekly_hours.data or 0.0,
            target_on=self.target_date.data,
        )


class SettingsForm(StartForm):
    """The same for an enrollment that runs."""

    shows_forecast = BooleanField("Show the forecast")
