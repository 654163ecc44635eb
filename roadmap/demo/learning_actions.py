"""What learners of the demo do: follow a roadmap, mark milestones, write notes, and ask their mentors."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from roadmap.demo.steps import Step
from roadmap.domain.learning.enrollments import EnrollmentState, Settings
from roadmap.domain.learning.progress import Status
from roadmap.operations.learning.enrollments import accept_edition, change_settings, start_enrollment
from roadmap.operations.learning.progress import mark_known, set_note, set_progress, set_revisit
from roadmap.operations.learning.undo import undo_change
from roadmap.operations.mentoring.messages import write_message

NOTICED_AFTER = timedelta(seconds=18)


def enroll(step: Step) -> None:
    """Start a roadmap; the value has the settings."""
    enrollment = step.perform(
        start_enrollment,
        step.entry.roadmap,
        _settings(step, Settings(pathways=(), weekly_hours=step.value["hours"])),
    )
    step.installation.enrollments[step.learner, step.entry.roadmap] = enrollment


def settings(step: Step) -> None:
    """Change settings; the value has those that change."""
    changed = _settings(step, step.enrollment.settings)
    step.perform(change_settings, step.enrollment, changed)


def _settings(step: Step, before: Settings) -> Settings:
    """These settings with what the value says; a target is given in weeks after the end of the history."""
    value = step.value
    end = step.installation.ends_at.date()
    return replace(
        before,
        pathways=tuple(value.get("pathways", before.pathways)),
        weekly_hours=float(value.get("hours", before.weekly_hours)),
        target_on=end + timedelta(weeks=value["target"]) if "target" in value else before.target_on,
        state=EnrollmentState(value.get("state", before.state)),
    )


def follow_edition(step: Step) -> None:
    """Accept the newest edition."""
    step.perform(accept_edition, step.enrollment, None)


def know(step: Step) -> None:
    """Mark a skill as known before; the value is its key."""
    step.perform(mark_known, step.enrollment, (), skill=step.value)


def start(step: Step) -> None:
    """Mark a milestone in progress."""
    _mark(step, Status.IN_PROGRESS)


def done(step: Step) -> None:
    """Mark a milestone done; the value may say how many days earlier that was, and why."""
    value = step.value or {}
    _mark(step, Status.DONE, days_earlier=value.get("earlier", 0), reason=value.get("reason"))


def skip(step: Step) -> None:
    """Skip a milestone; the value is the reason."""
    _mark(step, Status.SKIPPED, reason=step.value)


def mark_by_mistake(step: Step) -> None:
    """Mark the wrong milestone done, and undo it at once."""
    change = _mark(step, Status.DONE)
    if change is not None:
        undo_change(step.session, step.enrollment, change, by=step.by, at=step.at + NOTICED_AFTER)


def _mark(step: Step, status: Status, *, days_earlier: int = 0, reason: str | None = None) -> int | None:
    return step.perform(
        set_progress,
        step.enrollment,
        step.milestone,
        status,
        occurred_on=step.today - timedelta(days=days_earlier) if days_earlier else None,
        reason=reason,
    )


def revisit(step: Step) -> None:
    """Set a day to come back to a milestone, so many days later; without a value clear it."""
    days = step.value
    day = step.today + timedelta(days=days) if days else None
    step.perform(set_revisit, step.enrollment, step.milestone, day)


def note(step: Step) -> None:
    """Write a private note."""
    key = step.milestone
    text = step.installation.texts.on_milestone("notes", key)
    step.perform(set_note, step.enrollment, key, text, version=0)


def write(step: Step) -> None:
    """Write a message on a milestone, as its learner or as a mentor."""
    public_id = step.enrollment.public_id
    step.perform(write_message, public_id, step.milestone, step.value)


LEARNING_ACTIONS: dict[str, Callable[[Step], object]] = {
    "enroll": enroll,
    "settings": settings,
    "accept_edition": follow_edition,
    "know": know,
    "start": start,
    "done": done,
    "skip": skip,
    "mark_by_mistake": mark_by_mistake,
    "revisit": revisit,
    "note": note,
    "ask": write,
    "answer": write,
}
