"""A milestone of a draft as fields of a form, and back."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from roadmap.domain.allowed_links import is_web_link, with_scheme
from roadmap.domain.characters import plain
from roadmap.domain.errors import invalid
from roadmap.domain.imports.import_rows import make_resource
from roadmap.domain.roadmaps.outline_rules import check_hours
from roadmap.domain.roadmaps.outline_texts import MAX_CRITERIA, MAX_RESOURCES, SENTENCE, TITLE, fit_line
from roadmap.domain.roadmaps.outlines import MilestoneOutline, Outline, ResourceOutline, VerificationMode
from roadmap.web.roadmaps.draft_forms import MilestoneForm

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
