"""The mentor's dashboard: the queue, mentees, mentorships, invitations, and roadmaps to invite for."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import case, literal_column, null, select, union_all
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import CURRENT_PERSON, User
from roadmap.domain.roadmaps.roadmaps import Edition, Roadmap
from roadmap.queries.mentoring.answer_times import WINDOW, answers_by, usual_wait
from roadmap.queries.mentoring.invitations import (
    InvitationView,
    MentorshipView,
    invitation_rows,
    invitation_view,
    mentorship_rows,
    mentorship_view,
)
from roadmap.queries.mentoring.mentee_tables import MenteesQuery, MenteeTable, find_mentee_table
from roadmap.queries.mentoring.past_mentorships import (
    PastMentorship,
    past_mentorship_rows,
    past_mentorship_view,
)
from roadmap.queries.mentoring.queues import Choice, Queue, filter_queue, queue_items
from roadmap.queries.roadmaps.roadmaps import newest_editions


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What a mentor, or a person who looks for one, sees.

    `usual` is the median of the mentor's answer times and of what waits now, `choices` are
    the roadmaps they may invite for, `past` are ended mentorships, the last first.
    """

    queue: Queue
    mentees: MenteeTable
    mentorships: tuple[MentorshipView, ...]
    past: tuple[PastMentorship, ...]
    invitations: tuple[InvitationView, ...]
    choices: tuple[Choice, ...]
    usual: timedelta | None


@dataclass(frozen=True, slots=True)
class DashboardQuery:
    """How the queue is filtered, and the mentees filtered and sorted."""

    mentee: str = ""
    roadmap: str = ""
    mentees: MenteesQuery = field(default_factory=MenteesQuery)


def find_dashboard(session: Session, asked: DashboardQuery, *, seen_by: User, at: datetime) -> Dashboard:
    """The dashboard in five statements at most: the queue, three for mentees, one for all other rows."""
    rows = _other_rows(session, seen_by, at)
    waiting = queue_items(session, seen_by=seen_by, at=at)
    queue = filter_queue(waiting, mentee=asked.mentee, roadmap=asked.roadmap)
    answered = [row.expires_at - row.begun_at for row in rows["answer"]]
    past = sorted(map(past_mentorship_view, rows["past"]), key=attrgetter("ended_at"), reverse=True)
    choices = sorted(rows["choice"], key=lambda row: (row.role != "built-in", row.title.casefold()))
    return Dashboard(
        queue=queue,
        mentees=find_mentee_table(session, asked.mentees, seen_by=seen_by, at=at, waiting=waiting),
        mentorships=tuple(mentorship_view(row) for row in rows["mentorship"]),
        past=tuple(past),
        invitations=tuple(invitation_view(row, seen_by, at) for row in reversed(rows["invitation"])),
        choices=tuple(Choice(row.slug, row.title, row.language) for row in choices),
        usual=usual_wait(answered, queue.waits),
    )


def _other_rows(session: Session, person: User, at: datetime) -> dict[str, list[Any]]:
    """Rows by kind, each kind by id."""
    rows: dict[str, list[Any]] = defaultdict(list)
    # Sorted here: with an order for all kinds SQLite reads each table in that order from end to end.
    for row in sorted(
        session.connection().execute(_OTHER_ROWS, {"person_id": person.id, "since": at - WINDOW}),
        key=attrgetter("id"),
    ):
        rows[row.kind].append(row)
    return rows


def _choice_rows(person: User) -> Any:
    """The roadmaps that this person may start, in the columns of mentorships."""
    return newest_editions(person).with_only_columns(
        literal_column("'choice'"),
        Roadmap.id,
        null(),
        null(),
        case((Roadmap.is_built_in, literal_column("'built-in'"))),
        Roadmap.slug,
        Edition.title,
        Edition.language,
        null(),
        null(),
    )


def _answer_rows(person: User) -> Any:
    """When the person's last answers were requested and given, in the columns of mentorships."""
    answers = answers_by(person).subquery()
    nothing = [null() for _ in range(6)]
    return select(
        literal_column("'answer'"), answers.c.id, *nothing, answers.c.submitted_at, answers.c.reviewed_at
    )


# One statement for five short lists, because the page has as many statements as it may have without them: the
# columns of each are those of mentorships.
_OTHER_ROWS: Any = union_all(
    mentorship_rows(CURRENT_PERSON),
    past_mentorship_rows(CURRENT_PERSON),
    invitation_rows(CURRENT_PERSON),
    _choice_rows(CURRENT_PERSON),
    _answer_rows(CURRENT_PERSON),
)
