"""What templates can use: filters for days, hours, percents, links and Markdown."""

from datetime import date, datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Flask, g
from markupsafe import Markup

from roadmap import clock
from roadmap.domain.roadmaps.pathway_groups import DEFAULT_GROUPS
from roadmap.exports.badges import badge_html, badge_markdown
from roadmap.exports.formatting import (
    hours,
    hours_a_week,
    percent,
    percent_change,
    percent_of,
    plural,
    write_day,
)
from roadmap.exports.languages import text_attributes, text_keywords
from roadmap.web.rendering.markdown import render_markdown
from roadmap.web.requests import config, header_facts, person_or_none

_LONG_AGO = 61
_STEPS = (("minute", 60), ("hour", 3_600), ("day", 86_400), ("month", 2_629_800), ("year", 31_557_600))


def viewer_zone() -> ZoneInfo:
    """The time zone in which the person of this request reads dates; asked for each date of a page."""
    zone: ZoneInfo | None = g.get("viewer_zone")
    if zone is None:
        person = person_or_none()
        zone = g.viewer_zone = ZoneInfo(person.time_zone if person else config().time_zone)
    return zone


def today() -> date:
    """The day it is for the person of this request."""
    return clock.now().astimezone(viewer_zone()).date()


def write_distance(days: int) -> str:
    """How far a day is from today, given as today minus that day: days, and for long ago months or years."""
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}
    if days in near:
        return near[days]
    if days >= _LONG_AGO:
        return write_ago(timedelta(days=days))
    return f"{days} days ago" if days > 0 else f"in {-days} days"


def write_ago(passed: timedelta) -> str:
    """How long ago in the largest unit that fits: `4 days ago`."""
    seconds = int(passed.total_seconds())
    fitting = [(unit, size) for unit, size in _STEPS if seconds >= size]
    if not fitting:
        return "just now"
    unit, size = fitting[-1]
    return f"{plural(seconds // size, unit)} ago"


def write_duration(passed: timedelta, *, at_most: bool = False) -> str:
    """How long something takes, in days at most as unit: `3 days`; `at_most` rounds up instead of down."""
    seconds = max(int(passed.total_seconds()), 0)
    if seconds < 60 and not at_most:
        return "less than a minute"
    for unit, size, longest in (("minute", 60, 59), ("hour", 3_600, 23)):
        count = max(-(-seconds // size), 1) if at_most else seconds // size
        if count <= longest:
            return plural(count, unit)
    return plural(-(-seconds // 86_400) if at_most else seconds // 86_400, "day")


def day(
    value: date | None,
    *,
    relative: bool = False,
    relative_to: date | None = None,
    is_past: bool = False,
    whole: bool = False,
) -> str:
    """A day as a <time>; `relative` adds how far it is: `3 March, 4 days ago`, `whole` the year, always.

    `relative_to` counts from that day, such as the learner's today, not the viewer's. What `is_past` was done
    today at the latest, even where a day further east is meant. A script adds the weekday as title.
    """
    if value is None:
        return "–"
    now = today()
    text = write_day(value, year_now=0 if whole else now.year)
    if relative or relative_to:
        days = ((relative_to or now) - value).days
        text = f"{text}, {write_distance(max(days, 0) if is_past else days)}"
    return _time(value, text)


def _time(value: date, text: str, title: str = "") -> Markup:
    """A <time> element. Days, hours and names of zones have nothing to escape, which would take half as long
    again."""
    about = f' title="{title}"' if title else ""
    return as_markup(f'<time datetime="{value.isoformat()}"{about}>{text}</time>')


def moment(value: datetime | None) -> str:
    """A moment as a <time>, in the viewer's zone: `3 March, 14:05`; the title has year and zone."""
    return _moment(value, None)


def local_day(value: datetime) -> date:
    """The day a moment falls on for the viewer."""
    return value.astimezone(viewer_zone()).date()


def time_of_day(value: datetime) -> str:
    """A moment as a <time> that says the hour only, for lists under their day."""
    return _moment(value, f"{value.astimezone(viewer_zone()):%H:%M}")


def ago(value: datetime | None) -> str:
    """A moment as a <time> that says how long ago it was; the title has it exactly."""
    return _moment(value, write_ago(clock.now() - value) if value else None)


def since(value: datetime | None) -> str:
    """A moment as a <time> that says how much time has passed: `3 days`; the title has it exactly."""
    return _moment(value, write_duration(clock.now() - value) if value else None)


def _moment(value: datetime | None, text: str | None) -> str:
    if value is None:
        return "–"
    zone = viewer_zone()
    local = value.astimezone(zone)
    # A desk has sixty of them, and to format a time by its pattern takes longer than the rest.
    clock_time = f"{local.hour:02}:{local.minute:02}"
    exact = f"{write_day(local.date(), year_now=0)}, {clock_time} ({zone.key})"
    if text is None:
        text = f"{write_day(local.date(), year_now=today().year)}, {clock_time}"
    return _time(value, text, exact)


def as_markup(html: str) -> Markup:
    """HTML made by templates, drawings, WTForms or the sanitizer, unescaped; never what a person typed."""
    return Markup(html)  # noqa: S704 - the one place where text becomes HTML; its callers say where it is from


def markdown(text: str | None, *, keeps_lines: bool = True) -> Markup:
    """Markdown as safe HTML; that of roadmap files joins its lines."""
    return as_markup(render_markdown(text or "", keeps_lines=keeps_lines))


def is_loopback(url: str) -> bool:
    """Whether only the machine itself can open it."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def init_template_filters(app: Flask) -> None:
    """Give them to all templates as filters; `hours`, `plural`, `today` and `header_facts` are functions."""
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        local_day=local_day,
        time_of_day=time_of_day,
        ago=ago,
        since=since,
        lasting=write_duration,
        hours=hours,
        hours_a_week=hours_a_week,
        percent=percent,
        percent_of=percent_of,
        percent_change=percent_change,
        markdown=markdown,
        badge_markdown=badge_markdown,
        badge_html=badge_html,
    )
    app.jinja_env.globals.update(hours=hours, plural=plural, today=today, header_facts=header_facts)
    app.jinja_env.globals.update(
        default_groups=DEFAULT_GROUPS, in_language=text_attributes, language_keywords=text_keywords
    )
    app.jinja_env.tests["loopback"] = is_loopback
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
