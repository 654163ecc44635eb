"""Deletes an account with all its rows, fast enough that other requests do not wait long."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Select, delete, or_, select, text, update
from sqlalchemy.orm import Session

from roadmap.domain.accounts.mails import Mail
from roadmap.domain.accounts.users import Erasure, User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.invitations import Invitation
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.mentoring.private_roadmaps import is_used_by_others, private_roadmaps_of
from roadmap.domain.mentoring.submissions import NOBODY, Claim, Review
from roadmap.domain.reports.issued import IssuedReport
from roadmap.domain.reports.links import Feed, Share
from roadmap.domain.roadmaps.drafts import Draft
from roadmap.domain.roadmaps.roadmaps import Edition, Roadmap
from roadmap.operations.mails import forget_mails_of

_POINTERS = {
    "events": ("reason_id", "note_id", "evidence_id", "revision_id", "submission_id", "review_id"),
    "progress": ("reason_id", "note_id", "review_id"),
    "evidence": ("revision_id",),
}
"""The columns that refer to texts. No page looks anything up by them, so they have no index on SQLite."""


def erase(session: Session, user: User) -> None:
    """Delete an account and its own rows; reviews of other people's work stay without its name.

    Call `lock_account` before, and before anything that refers to the account.
    """
    session.add(Erasure(user_id=user.id))
    session.flush()
    session.execute(delete(Mail).where(Mail.recipient == user.email))
    forget_mails_of(session, user)
    _erase_drafts(session, user)
    # Reviews of others stay; the name is deleted here too, so that no copy of the database has it.
    session.execute(update(Review).where(Review.reviewer_id == user.id).values(reviewer_name=NOBODY))
    with indexed_text_references(session):
        _erase_private_roadmaps(session, user)
        session.execute(delete(User).where(User.id == user.id))


def _erase_drafts(session: Session, user: User) -> None:
    """Delete what the person was writing: drafts, and roadmaps that were never published."""
    own = Roadmap.author_id == user.id
    session.execute(delete(Draft).where(Draft.roadmap_id.in_(select(Roadmap.id).where(own))))
    published = select(Edition.id).where(Edition.roadmap_id == Roadmap.id).exists()
    session.execute(delete(Roadmap).where(own, ~published))


def _erase_private_roadmaps(session: Session, user: User) -> None:
    """Delete the private roadmaps that nobody else uses, with what the person did on them.

    The others lose their author and stay for those who follow them; administrators can retire them.
    """
    unused = private_roadmaps_of(user).where(~is_used_by_others(user)).with_only_columns(Roadmap.id)
    ids = session.scalars(unused).all()
    # Editions go before their milestones, to which their texts refer.
    for table in (Enrollment, Mentorship, Invitation, Edition):
        session.execute(delete(table).where(table.roadmap_id.in_(ids)))
    session.execute(delete(Roadmap).where(Roadmap.id.in_(ids)))


def lock_account(session: Session, user: User) -> None:
    """Lock what the deletion changes, in the order in which all other changes lock it: the account last.

    Whoever marks, reviews or answers has locked such a row first and refers to the account afterwards. Only
    sessions and mailed links are locked after their account.
    """
    own = select(Enrollment.id).where(Enrollment.user_id == user.id)
    rows: list[Select[int]] = [
        select(Invitation.id).where(Invitation.inviter_id == user.id).order_by(Invitation.id),
        select(Mentorship.id)
        .where(or_(Mentorship.mentor_id == user.id, Mentorship.learner_id == user.id))
        .order_by(Mentorship.id),
        own.order_by(Enrollment.id),
        select(Claim.submission_id).where(Claim.mentor_id == user.id).order_by(Claim.submission_id),
        *(
            select(link.id).where(link.enrollment_id.in_(own)).order_by(link.id)
            for link in (Share, Feed, IssuedReport)
        ),
    ]
    for statement in rows:
        session.execute(statement.with_for_update())
    # Roadmaps that others can start stay: they only lose their author, and those who start one do not wait.
    authored = select(Roadmap.id).where(Roadmap.author_id == user.id).order_by(Roadmap.id)
    session.execute(authored.with_for_update(key_share=True))
    session.execute(select(User.id).where(User.id == user.id).with_for_update())


@contextmanager
def indexed_text_references(session: Session) -> Iterator[None]:
    """Create temporary indexes on SQLite, because a long deletion would block all writers.

    Without them SQLite scans all events for each deleted text: six seconds with 100,000 events. They exist
    only within the transaction. PostgreSQL has them permanently; creating them there would block all writers.
    """
    if session.get_bind().dialect.name != "sqlite":
        yield
        return
    indexes = {
        f"ix_erasing_{table}_{column}": f"{table} ({column}) WHERE {column} IS NOT NULL"
        for table, columns in _POINTERS.items()
        for column in columns
    }
    for name, place in indexes.items():
        session.execute(text(f"CREATE INDEX {name} ON {place}"))
    yield
    for name in indexes:
        session.execute(text(f"DROP INDEX {name}"))
