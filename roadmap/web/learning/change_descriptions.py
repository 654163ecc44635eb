"""What a change did, in words."""

from collections.abc import Callable, Iterator

from roadmap.domain.learning.enrollments import EnrollmentState, Settings
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import Status
from roadmap.exports.formatting import hours_a_week, write_day
from roadmap.queries.learning.event_views import EventView
from roadmap.queries.learning.histories import ChangeView

_STATE_WORDS = {
    EnrollmentState.ACTIVE: "resumed",
    EnrollmentState.PAUSED: "paused",
    EnrollmentState.ARCHIVED: "archived",
}


def describe_change(change: ChangeView) -> str:
    """One line for the whole change: several milestones at once are counted."""
    first = change.events[0]
    if first.kind is EventKind.ENROLLED:
        return "Started the roadmap"
    is_undo = change.undoes is not None
    marks = [event for event in change.events if event.kind is EventKind.PROGRESS_SET]
    if is_undo and len(marks) > 1:
        words = f"Restored the marks of {len(marks)} milestones"
    elif len(marks) > 1:
        words = f"Marked {len(marks)} milestones{' as already known' if first.known else ''}"
    elif first.signed_off and len(change.events) > 1:
        words = f"Signed off on {len(change.events)} milestones in person"
    else:
        words = "; ".join(describe_event(event) for event in change.events)
    return f"{words} (undo)" if is_undo else words


def describe_event(event: EventView) -> str:
    """One event without its milestone's title, which stands beside it."""
    return _WORDS[event.kind](event)


def _progress(event: EventView) -> str:
    status = (event.status or Status.NOT_STARTED).replace("_", " ")
    return f"Marked {status}{', already known' if event.known else ''}"


def _settings(event: EventView) -> str:
    if event.settings is None:
        return "Settings"
    if event.settings_before is None:
        return "Chose settings"
    return "Settings: " + "; ".join(_differences(event, event.settings_before, event.settings))


def _differences(event: EventView, before: Settings, after: Settings) -> Iterator[str]:
    if before.state is not after.state:
        yield _STATE_WORDS[after.state]
    for word, titles in (("added", event.pathways_added), ("left", event.pathways_left)):
        if titles:
            yield f"{word} the pathway{'s' if len(titles) > 1 else ''} {', '.join(titles)}"
    if before.weekly_hours != after.weekly_hours:
        yield hours_a_week(after.weekly_hours)
    if before.target_on != after.target_on:
        yield f"target {write_day(after.target_on, year_now=0)}" if after.target_on else "no target"
    if before.shows_forecast != after.shows_forecast:
        yield "forecast shown" if after.shows_forecast else "forecast hidden"


_WORDS: dict[EventKind, Callable[[EventView], str]] = {
    EventKind.ENROLLED: lambda _: "Started the roadmap",
    EventKind.PROGRESS_SET: _progress,
    EventKind.REVISIT_SET: lambda event: (
        "Planned to revisit" if event.revisit_on else "Cleared the revisit date"
    ),
    EventKind.NOTE_SET: lambda event: "Saved the note" if event.has_note else "Cleared the note",
    EventKind.EVIDENCE_SET: lambda event: (
        f"Saved evidence “{event.evidence_title}”" if event.evidence_title else "Withdrew evidence"
    ),
    EventKind.SETTINGS_SET: _settings,
    EventKind.EDITION_SET: lambda event: f"Switched to edition {event.edition}",
    EventKind.SUBMITTED: lambda _: "Submitted",
    EventKind.WITHDRAWN: lambda _: "Withdrew the submission",
    EventKind.SUBMISSION_MOVED: lambda _: "Moved a submission to this milestone",
    EventKind.REVIEWED: lambda event: (
        "Signed off in person" if event.signed_off else str(event.verification).capitalize()
    ),
}
