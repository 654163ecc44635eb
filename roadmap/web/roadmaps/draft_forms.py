"""The forms of a draft: its texts, its parts, and the whole as text."""

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from roadmap.domain.roadmaps.outline_texts import DESCRIPTION, SENTENCE, SUMMARY, TITLE
from roadmap.web.forms import BooleanField, Form, MaxLength, VersionField, strip
from roadmap.web.roadmaps.forms import (
    NO_ITEM,
    VERIFICATIONS,
    choose,
    hours_field,
    language_field,
    line_field,
    text_field,
)


class VersionedForm(Form):
    """A form of a draft, with the version that the person saw."""

    version = VersionField()

    @property
    def seen(self) -> int:
        """The version as a number; 0 is before every other."""
        return self.version.data or 0


class DraftForm(VersionedForm):
    """`/roadmaps/<slug>/draft`: the texts of the roadmap."""

    title = line_field("Title", TITLE, InputRequired("Enter a title."))
    summary = line_field("Summary", SENTENCE)
    description = text_field("Description", DESCRIPTION)
    source = line_field("Based on", SENTENCE)
    language = language_field()


class AdditionForm(VersionedForm):
    """`/roadmaps/<slug>/draft`, to add an `area`, a `skill` or `milestones`; `to` is the key of the place."""

    add = StringField(validators=[InputRequired(NO_ITEM)])
    to = StringField(filters=[strip])
    titles = TextAreaField(validators=[InputRequired("Enter a title."), MaxLength(20_000)])


class TakeOverForm(Form):
    """`/roadmaps/<slug>/draft`, to take over a milestone of the roadmap that was copied."""

    take = StringField(filters=[strip])


class AreaForm(VersionedForm):
    """`/roadmaps/<slug>/draft`, for one area."""

    area = StringField(validators=[InputRequired(NO_ITEM)])
    title = line_field("Title", TITLE, InputRequired("Enter a title."))
    summary = text_field("Summary", SUMMARY)


class SkillForm(VersionedForm):
    """`/roadmaps/<slug>/draft/skills/<key>`."""

    title = line_field("Title", TITLE, InputRequired("Enter a title."))
    summary = text_field("Summary", SUMMARY)
    area = SelectField("Area", choices=[], validate_choice=False)
    needs = IntegerField(
        "How many milestones to choose", [Optional()], render_kw={"class": "short", "min": 1}
    )
    optional = BooleanField("Optional: doesn’t count toward progress")


class MilestoneForm(VersionedForm):
    """`/roadmaps/<slug>/draft/milestones/<key>`; lists have one entry a line."""

    title = line_field("Title", TITLE, InputRequired("Enter a title."))
    summary = text_field("Summary", SUMMARY)
    done_when = text_field("Done when", 6_000)
    hours_low = hours_field("Minimum hours")
    hours_high = hours_field("Maximum hours")
    verification = SelectField("Review", choices=choose(*VERIFICATIONS))
    optional = BooleanField("Optional: doesn’t count toward progress")
    skill = SelectField("Skill", choices=[], validate_choice=False)
    prerequisites = text_field("Prerequisites", 4_000)
    resources = text_field("Resources", 45_000)
    topics = text_field("Topics", 2_000)


class DraftTextForm(VersionedForm):
    """`/roadmaps/<slug>/draft/text`: the whole draft as a roadmap file."""

    text = TextAreaField("The whole roadmap", render_kw={"rows": 30, "spellcheck": "false", "class": "code"})
