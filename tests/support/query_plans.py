"""What databases do for a statement: the tables of a crowd that its plan reads from end to end."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Integer, Table, cast, event, insert, literal, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import Event
from roadmap.domain.learning.progress import Progress
from roadmap.domain.mentoring.invitations import Invitation
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.mentoring.messages import Message
from roadmap.domain.mentoring.submissions import Review, Submission
from roadmap.domain.reports.links import Share

CROWDED = {"enrollments", "submissions", "events", "progress", "users", "mentorships", "reviews"}
CROWDED |= {"messages", "shares", "invitations"}
_FIRST_ID, _MAX_SIZE = 100_000, 10_000


def add_crowd(
    session: Session, enrollment: Enrollment, mentor: User, *, size: int, has_statistics: bool = True
) -> None:
    """Copy a learner with all that is on record of an enrollment; the mentor mentors the copies.

    Without statistics the database plans as one does that was never analyzed, as SQLite usually is not.
    """
    session.flush()
    set_checks(session, are_on=False)
    numbers = select(literal(_FIRST_ID).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < _FIRST_ID + size - 1))
    n = cast(numbers.c.n, Integer)
    public_id = literal("c").concat(n)

    def copy(table: Any, condition: Any, **changed: Any) -> None:
        columns: Table = table.__table__.c
        values = [changed.get(column.name, column) for column in columns]
        rows = select(*values).select_from(table).join(numbers, literal(True)).where(condition)
        session.execute(insert(table).from_select([column.name for column in columns], rows))

    copy(User, User.id == enrollment.user_id, id=n, public_id=public_id, email=literal("crowd").concat(n))
    own = {"id": n, "public_id": public_id, "user_id": n}
    copy(Enrollment, Enrollment.id == enrollment.id, **own)
    work = {"id": Submission.id * _MAX_SIZE + n, "public_id": Submission.id.concat("-").concat(n)}
    copy(Submission, Submission.enrollment_id == enrollment.id, enrollment_id=n, **work)
    of_enrollment = select(Submission.id).where(Submission.enrollment_id == enrollment.id)
    copy(
        Review,
        Review.submission_id.in_(of_enrollment),
        id=Review.id * _MAX_SIZE + n,
        public_id=Review.id.concat("-").concat(n),
        submission_id=Review.submission_id * _MAX_SIZE + n,
        reviewer_id=mentor.id,
    )
    copy(
        Event,
        Event.enrollment_id == enrollment.id,
        enrollment_id=n,
        actor_id=n,
        submission_id=Event.submission_id * _MAX_SIZE + n,
        review_id=Event.review_id * _MAX_SIZE + n,
    )
    review_id = Progress.review_id * _MAX_SIZE + n
    copy(Progress, Progress.enrollment_id == enrollment.id, enrollment_id=n, review_id=review_id)
    relation = {"id": n, "public_id": public_id, "learner_id": n, "mentor_id": mentor.id}
    copy(Mentorship, Mentorship.learner_id == enrollment.user_id, **relation)
    text = {"id": Message.id * _MAX_SIZE + n, "public_id": Message.id.concat("-").concat(n)}
    copy(Message, Message.enrollment_id == enrollment.id, enrollment_id=n, author_id=n, **text)
    link = {"id": n, "public_id": public_id, "token_hash": public_id}
    copy(Share, Share.enrollment_id == enrollment.id, enrollment_id=n, **link)
    offer = {"id": n, "public_id": public_id, "token_hash": public_id, "email": literal("crowd").concat(n)}
    copy(Invitation, Invitation.inviter_id == enrollment.user_id, inviter_id=n, **offer)
    set_checks(session, are_on=True)
    if has_statistics:
        session.connection().exec_driver_sql("ANALYZE")


def set_checks(session: Session, *, are_on: bool) -> None:
    """Switch triggers and foreign keys of PostgreSQL, which take most of the time: copies need no checks."""
    if session.get_bind().dialect.name == "postgresql":
        role = "origin" if are_on else "replica"
        session.connection().exec_driver_sql(f"SET LOCAL session_replication_role = {role}")


@contextmanager
def planned_scans(connection: Connection) -> Iterator[list[str]]:
    """Collect for all statements sent meanwhile the crowded tables that their plans scan."""
    sent: list[tuple[str, Any]] = []
    scans: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            sent.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    try:
        yield scans
    finally:
        event.remove(connection, "before_cursor_execute", note)
    assert sent, "no statement was sent"
    scans += [scan for statement, parameters in sent for scan in _scans(connection, statement, parameters)]


def _scans(connection: Connection, statement: str, parameters: Any) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for *_, step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
            # An alias is the table's name with a number behind it.
            is_whole = step.startswith("SCAN") or _is_search_for_null(step, statement)
            if is_whole and step.split()[1].rstrip("_0123456789") in CROWDED:
                yield step
    else:
        plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar_one()
        yield from _scans_below((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])


def _is_search_for_null(step: str, statement: str) -> bool:
    """Whether an index finds the rows without a value, which in most columns are most rows."""
    found = re.search(r"\((\w+)=\?\)$", step)
    return found is not None and f".{found[1]} IS NULL" in statement and f".{found[1]} =" not in statement


def _scans_below(node: dict[str, Any]) -> Iterator[str]:
    is_whole = node["Node Type"] == "Seq Scan" or (
        "Index" in node["Node Type"] and node.get("Index Cond", "IS NULL)").endswith("IS NULL)")
    )
    if is_whole and node.get("Relation Name") in CROWDED:
        yield f"{node['Node Type']} on {node['Relation Name']}"
    for child in node.get("Plans", ()):
        yield from _scans_below(child)
