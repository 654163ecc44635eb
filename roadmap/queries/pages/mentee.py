"""The page of one mentee: both numbers, changes, the list, reviews and waiting work."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.charts.progress import ProgressChart
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.change_summaries import ChangeSummary, summarize_changes
from roadmap.domain.learning.numbers import Numbers
from roadmap.domain.learning.progress import Status
from roadmap.domain.learning.targets import Outlook
from roadmap.domain.learning.undo import cancelled_changes
from roadmap.domain.mentoring.mentorships import Mentorship, mentorships_of
from roadmap.domain.mentoring.submissions import Submission, SubmissionState
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.learning.enrollments import enrollments_in
from roadmap.queries.learning.histories import ChangeView, changes_of
from roadmap.queries.learning.milestone_list import AreaSection, whole_list
from roadmap.queries.learning.snapshots import snapshot_of
from roadmap.queries.mentoring.reviews import ReviewView, reviews_of
from roadmap.queries.pages.activity import progress_chart
from roadmap.queries.reports.reports import record_for, series_in

MAX_CHANGES, LAST_REVIEWS = 30, 5
Waiting = tuple[int, str, str, datetime]


@dataclass(frozen=True, slots=True)
class MenteeRoadmap:
    """A mentee on one roadmap; `waiting` are public id, title and moment of what waits, the longest first.

    `summary` is what changed since the mentor last marked it as seen. `changes` leave out those that were
    undone and their undos where both are new, or both are not; `undone` says whether there are any. `areas`
    leave out the skills beside the plan in which nothing is marked.
    """

    enrollment: EnrollmentView
    numbers: Numbers
    outlook: Outlook
    progress: ProgressChart | None
    summary: ChangeSummary
    changes: tuple[ChangeView, ...]
    undone: bool
    areas: tuple[AreaSection, ...]
    reviews: tuple[ReviewView, ...]
    waiting: tuple[tuple[str, str, datetime], ...]


@dataclass(frozen=True, slots=True)
class MenteePage:
    """A mentorship's learner on one roadmap, if there is one; `others` are the rest."""

    mentorship: str
    name: str
    since: datetime
    seen_at: datetime | None
    note: str
    note_version: int
    roadmap: MenteeRoadmap | None
    others: tuple[EnrollmentView, ...]


def find_mentee_page(
    session: Session, public_id: str, *, seen_by: User, at: datetime, enrollment_id: str = ""
) -> MenteePage:
    """The page of one mentee; `enrollment_id` chooses among several roadmaps.

    Without it, it is the one whose work waits longest, else the one started last.
    """
    query = mentorships_of(seen_by).where(
        Mentorship.public_id == public_id, Mentorship.mentor_id == seen_by.id
    )
    mentorship = session.scalar(query)
    if mentorship is None:
        raise NotFound("There is no such mentee.")
    covered = enrollments_in(session, mentorship, seen_by=seen_by, at=at)
    waiting = _waiting(session, covered)
    chosen = _chosen(covered, waiting, enrollment_id)
    return MenteePage(
        mentorship=mentorship.public_id,
        name=session.get_one(User, mentorship.learner_id).name,
        since=mentorship.started_at,
        seen_at=mentorship.seen_at,
        note=mentorship.note,
        note_version=mentorship.note_version,
        others=tuple(enrollment for enrollment in covered if enrollment is not chosen),
        roadmap=_roadmap(session, chosen, waiting, mentorship, seen_by) if chosen else None,
    )


def _waiting(session: Session, covered: list[EnrollmentView]) -> list[Waiting]:
    """What waits on any of these roadmaps, the longest waiting first."""
    query = select(
        Submission.enrollment_id, Submission.public_id, Submission.title, Submission.submitted_at
    ).where(
        Submission.enrollment_id.in_([enrollment.id for enrollment in covered]),
        Submission.state == SubmissionState.OPEN,
    )
    rows = session.execute(query.order_by(Submission.submitted_at, Submission.id))
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _chosen(covered: list[EnrollmentView], waiting: list[Waiting], public_id: str) -> EnrollmentView | None:
    if not public_id:
        waits_longest = waiting[0][0] if waiting else None
        return next((enrollment for enrollment in covered if waits_longest in {None, enrollment.id}), None)
    for enrollment in covered:
        if enrollment.public_id == public_id:
            return enrollment
    raise NotFound("Your mentee doesn’t follow this roadmap.")


def _roadmap(
    session: Session,
    enrollment: EnrollmentView,
    waiting: list[Waiting],
    mentorship: Mentorship,
    seen_by: User,
) -> MenteeRoadmap:
    snapshot = snapshot_of(session, enrollment)
    outlook = snapshot.outlook
    record, since = record_for(session, enrollment), mentorship.seen_at or mentorship.started_at
    changes = changes_of(session, enrollment, seen_by=seen_by)
    remaining = _without_undone(changes, since)
    return MenteeRoadmap(
        enrollment=enrollment,
        numbers=snapshot.numbers,
        outlook=outlook,
        progress=progress_chart(series_in(record), enrollment, outlook.forecast),
        summary=summarize_changes(
            record.events, since, lambda state: record.measure_state(state).claimed.percent
        ),
        changes=tuple(remaining[:MAX_CHANGES]),
        undone=len(remaining) < len(changes),
        areas=_followed(whole_list(snapshot)),
        reviews=tuple(reviews_of(session, enrollment.id, limit=LAST_REVIEWS)),
        waiting=tuple(work[1:] for work in waiting if work[0] == enrollment.id),
    )


def _followed(areas: Iterable[AreaSection]) -> tuple[AreaSection, ...]:
    """The areas with the skills of the plan and those outside it in which anything is marked."""
    chosen = [
        replace(
            area,
            skills=tuple(
                group
                for group in area.skills
                if group.in_plan or any(row.status is not Status.NOT_STARTED for row in group.rows)
            ),
        )
        for area in areas
    ]
    return tuple(area for area in chosen if area.skills)


def _without_undone(changes: list[ChangeView], since: datetime) -> list[ChangeView]:
    """The changes without those that were undone; what was seen before its undo stays, as does the undo."""
    cancelled: set[int] = set()
    for is_new in (True, False):
        group = [change for change in changes if (change.recorded_at > since) is is_new]
        cancelled |= cancelled_changes([(change.number, change.undoes) for change in group])
    return [change for change in changes if change.number not in cancelled]
