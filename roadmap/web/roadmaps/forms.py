"""The forms of authors: a new roadmap, the review of an import, and the parts of a draft."""

from typing import Any

from wtforms import FileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional, Regexp

from roadmap.domain.imports.import_rows import RowLevel
from roadmap.domain.imports.row_outlines import DONE_WHEN
from roadmap.domain.roadmaps.outline_rules import HOUR_STEP, LANGUAGE_PATTERN, MAX_HOURS, MIN_HOURS
from roadmap.domain.roadmaps.outline_texts import SENTENCE, TITLE
from roadmap.domain.roadmaps.outlines import VerificationMode
from roadmap.imports.foreign.foreign_files import FileFormat
from roadmap.web.forms.base import Form
from roadmap.web.forms.fields import HoursField, MaxLength, one_line, strip

FORMATS = {
    FileFormat.AUTO.value: "Detect automatically",
    FileFormat.MARKDOWN.value: "Markdown or lines of text",
    FileFormat.TABLE.value: "Table: CSV or spreadsheet cells",
    FileFormat.YAML.value: "Roadmap file, or a list in YAML or JSON",
    FileFormat.ROADMAPSH.value: "roadmap.sh map",
    FileFormat.CASE.value: "CASE package",
}
VERIFICATIONS = {
    VerificationMode.SELF.value: "Review optional",
    VerificationMode.MENTOR.value: "Mentor review required",
}
LEVELS = {
    RowLevel.AREA.value: "Area",
    RowLevel.SKILL.value: "Skill",
    RowLevel.MILESTONE.value: "Milestone",
    RowLevel.CRITERION.value: "Done when",
    RowLevel.RESOURCE.value: "Resource",
    RowLevel.IGNORED.value: "Leave out",
}
_UNCHANGED = {"": "Unchanged"}
_HOURS = "Enter hours as a number, such as 2 or 2.5."
_HOURS_LIMITS = {
    "min": MIN_HOURS,
    "max": MAX_HOURS,
    "step": HOUR_STEP,
    "inputmode": "decimal",
    "class": "short",
}
NO_LANGUAGE = "Enter a language tag, such as de or pt-BR."
NO_ITEM = "Choose one of these."


def line_field(label: str, most: int = TITLE, *validators: Any) -> StringField:
    return StringField(
        label,
        [*validators, MaxLength(most), one_line],
        filters=[strip],
        render_kw={"data-limit": most, "dir": "auto"},
    )


def text_field(label: str, most: int) -> TextAreaField:
    keywords = {"data-limit": most, "dir": "auto", "rows": 3}
    return TextAreaField(label, [MaxLength(most)], filters=[strip], render_kw=keywords)


def hours_field(label: str) -> HoursField:
    """A field for hours, which may not stay empty."""
    return HoursField(label, [InputRequired(_HOURS)], _HOURS, render_kw=_HOURS_LIMITS)


def language_field() -> StringField:
    """A field for the tag of a language, which may stay empty."""
    return StringField(
        "Language", [Optional(), Regexp(LANGUAGE_PATTERN, message=NO_LANGUAGE)], filters=[strip]
    )


class NewRoadmapForm(Form):
    """`/roadmaps/new`: what to begin with."""

    source = StringField()
    title = line_field("Title")
    text = TextAreaField("Your list", render_kw={"rows": 12, "dir": "auto", "spellcheck": "false"})
    file = FileField("Or a file")
    format = SelectField("Format", choices=FORMATS, default=FileFormat.AUTO.value)
    copy = SelectField("Roadmap", choices=[], validate_choice=False)


class ImportForm(Form):
    """`/roadmaps/<slug>/import`: what holds for all rows, and what to do with the chosen ones."""

    hours_low = hours_field("Minimum hours")
    hours_high = hours_field("Maximum hours")
    done_when = line_field(
        "Done when", SENTENCE, InputRequired("Enter a criterion that says when a milestone is done.")
    )
    verification = SelectField("Review", choices=VERIFICATIONS)
    language = language_field()
    take = StringField()
    to_level = SelectField("Level", choices=_UNCHANGED | LEVELS, validate_choice=False)
    to_hours_low = HoursField("Minimum hours", [Optional()], _HOURS, render_kw=_HOURS_LIMITS)
    to_hours_high = HoursField("Maximum hours", [Optional()], _HOURS, render_kw=_HOURS_LIMITS)
    to_optional = SelectField(
        "Optional", choices=_UNCHANGED | {"yes": "Yes", "no": "No"}, validate_choice=False
    )
    to_verification = SelectField("Review", choices=_UNCHANGED | VERIFICATIONS, validate_choice=False)

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """What the form shows at first."""
        return {"hours_low": 2, "hours_high": 4, "done_when": DONE_WHEN, "verification": "self"}

    def answers(self) -> dict[str, Any]:
        """What holds for all rows, to be shown again until the draft is made."""
        return {name: self[name].data for name in (*self.defaults(), "language")}


class RoadmapSettingsForm(Form):
    """`/roadmaps/<slug>/settings`."""

    visibility = RadioField(
        "Who can see it",
        choices={
            "private": "Only you",
            "listed": "Everyone with an account here",
            "public": "Everyone, even without an account",
        },
    )
