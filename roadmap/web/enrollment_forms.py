"""The forms of an enrollment: starting it, and changing its settings."""

from wtforms import BooleanField, DateField, FloatField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from roadmap.domain.enrollments import LEAST_WEEKLY_HOURS, MOST_WEEKLY_HOURS, Settings
from roadmap.web.forms import Form

USUAL_WEEKLY_HOURS = 6.0
_HOURS = "Give the hours a week as a number, like 6 or 7.5."
_HOURS_LIMITS = {"min": LEAST_WEEKLY_HOURS, "max": MOST_WEEKLY_HOURS, "step": 0.5}


class StartForm(Form):
    """Pathways by key, weekly hours in halves, and perhaps a target day."""

    pathways = SelectMultipleField(
        "Pathways",
        validate_choice=False,
        choices=[],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    weekly_hours = FloatField(
        "Hours a week", [InputRequired(_HOURS)], default=USUAL_WEEKLY_HOURS, render_kw=_HOURS_LIMITS
    )
    target_date = DateField("Target date", [Optional()])

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
