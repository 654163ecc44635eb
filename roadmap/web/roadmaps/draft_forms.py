"""The forms of a draft: its texts, its parts, and the whole as text; a milestone as fields, and back."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from roadmap.domain.allowed_links import is_web_link, with_scheme
from roadmap.domain.characters import plain
from roadmap.domain.errors import invalid
from roadmap.domain.imports.import_rows import make_resource
from roadmap.domain.roadmaps.outline_rules import check_hours
from roadmap.domain.roadmaps.outline_texts import (
    DESCRIPTION,
    MAX_CRITERIA,
    MAX_RESOURCES,
    SENTENCE,
    SUMMARY,
    TITLE,
    fit_line,
)
from roadmap.domain.roadmaps.outlines import MilestoneOutline, Outline, ResourceOutline, VerificationMode
from roadmap.web.forms.base import Form
from roadmap.web.forms.fields import BooleanField, MaxLength, VersionField, strip
from roadmap.web.roadmaps.forms import (
    NO_ITEM,
    VERIFICATIONS,
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
    verification = SelectField("Review", choices=VERIFICATIONS)
    optional = BooleanField("Optional: doesn’t count toward progress")
    skill = SelectField("Skill", choices=[], validate_choice=False)
    prerequisites = text_field("Prerequisites", 4_000)
    resources = text_field("Resources", 45_000)
    topics = text_field("Topics", 2_000)


class DraftTextForm(VersionedForm):
    """`/roadmaps/<slug>/draft/text`: the whole draft as a roadmap file."""

    text = TextAreaField("The whole roadmap", render_kw={"rows": 30, "spellcheck": "false", "class": "code"})


MAX_PREREQUISITES, MAX_TOPICS, TOPIC = 50, 6, 60


def show_milestone(milestone: MilestoneOutline) -> dict[str, Any]:
    """Return the values of the form's fields."""
    return {
        "title": milestone.title,
        "summary": milestone.summary,
        "done_when": "\n".join(milestone.done_when),
        "hours_low": milestone.hours_low,
        "hours_high": milestone.hours_high,
        "verification": milestone.verification.value,
        "optional": milestone.optional,
        "prerequisites": "\n".join(milestone.prerequisites),
        "resources": "\n".join(f"{resource.title} | {resource.url}" for resource in milestone.resources),
        "topics": "\n".join(milestone.topics),
    }


def text_of_milestone(milestone: MilestoneOutline) -> str:
    """Return a milestone as text, to compare it with what somebody else typed."""
    values = show_milestone(milestone)
    return "\n".join(f"{name.replace('_', ' ')}: {value}" for name, value in values.items())


def read_milestone(form: MilestoneForm, milestone: MilestoneOutline, outline: Outline) -> MilestoneOutline:
    """Return the milestone with what the form says; raise Invalid with a sentence for each field."""
    low, high = form.hours_low.data or 0.0, form.hours_high.data or 0.0
    check_hours(low, high)
    return replace(
        milestone,
        title=form.title.data or "",
        summary=form.summary.data or "",
        done_when=tuple(_lines(form, "done_when", MAX_CRITERIA, SENTENCE)),
        hours_low=low,
        hours_high=high,
        verification=VerificationMode(form.verification.data),
        optional=bool(form.optional.data),
        prerequisites=tuple(dict.fromkeys(_prerequisites(form, milestone, outline))),
        resources=tuple(_resources(form, milestone)),
        topics=tuple({plain(topic): topic for topic in _lines(form, "topics", MAX_TOPICS, TOPIC)}.values()),
    )


def _lines(form: MilestoneForm, name: str, most: int, longest: int) -> list[str]:
    lines = [line for text in (form[name].data or "").splitlines() if (line := fit_line(text, 100_000))]
    if len(lines) > most:
        raise invalid(**{name: f"There are {len(lines)} lines. The limit is {most}."})
    if any(len(line) > longest for line in lines):
        raise invalid(**{name: f"Each line can have up to {longest} characters."})
    return lines


def _prerequisites(form: MilestoneForm, milestone: MilestoneOutline, outline: Outline) -> Iterator[str]:
    """Yield the keys of what was named by key or title."""
    titles: dict[str, str] = {}
    for key, title in outline.titles.items():
        titles.setdefault(plain(title), key)
    for name in _lines(form, "prerequisites", MAX_PREREQUISITES, TITLE):
        known = name in outline.skills or name in outline.milestones
        key = name if known else titles.get(plain(name), "")
        if not key:
            raise invalid(prerequisites=f"There is no milestone or skill “{name}”.")
        if key in {milestone.key, outline.skill_of[milestone.key].key}:
            raise invalid(prerequisites="A milestone can’t depend on itself or on its own skill.")
        yield key


def _resources(form: MilestoneForm, milestone: MilestoneOutline) -> Iterator[ResourceOutline]:
    """Yield resources from lines such as `A title | https://…`; those known keep their type."""
    known = {resource.url: resource for resource in milestone.resources}
    for line in _lines(form, "resources", MAX_RESOURCES, 2_300):
        title, _, url = line.rpartition("|")
        url = with_scheme(url.strip())
        if not is_web_link(url):
            raise invalid(resources=f"“{line[:80]}” has no web address. Write: title | https://…")
        title = fit_line(title) or url
        resource = make_resource(title, url)
        if url in known:
            yield replace(known[url], title=fit_line(title))
        elif resource:
            yield resource
