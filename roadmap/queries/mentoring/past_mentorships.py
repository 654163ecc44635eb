"""Ended mentorships as both people see them: names and days, without links."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, literal_column, null, select
from sqlalchemy.orm import aliased

from roadmap.domain.accounts.users import User
from roadmap.domain.mentoring.mentorships import Mentorship, past_mentorships_of
from roadmap.domain.roadmaps.roadmaps import Edition

MAX_PAST = 50
"""How many are shown, those that ended last; the export of one's data has all of them."""


@dataclass(frozen=True, slots=True)
class PastMentorship:
    """One that ended; `title` is empty for all roadmaps, `ended_by` is `you`, `other`, `administrator`, or
    empty where that account is gone."""

    name: str
    was_mentor: bool
    title: str
    started_at: datetime
    ended_at: datetime
    ended_by: str
    language: str = ""


def past_mentorship_rows(person: User) -> Any:
    """The last that ended of this person, and one more than are shown, in the columns of mentorships."""
    mentor, learner = aliased(User), aliased(User)
    was_mentor = Mentorship.mentor_id == person.id
    ended_by = case(
        (Mentorship.ended_by_id == person.id, "you"),
        (Mentorship.ended_by_id.in_((Mentorship.mentor_id, Mentorship.learner_id)), "other"),
        (Mentorship.ended_by_id.is_not(None), "administrator"),
        else_="",
    )
    last = (
        past_mentorships_of(person)
        .join(mentor, mentor.id == Mentorship.mentor_id)
        .join(learner, learner.id == Mentorship.learner_id)
        .order_by(Mentorship.ended_at.desc(), Mentorship.id.desc())
        .limit(MAX_PAST + 1)
        .with_only_columns(
            literal_column("'past'").label("kind"),
            Mentorship.id.label("id"),
            # Its id opens no page any more.
            null().label("public_id"),
            case((was_mentor, learner.name), else_=mentor.name).label("name"),
            case((was_mentor, "mentor"), else_="learner").label("role"),
            ended_by.label("slug"),
            _at_its_end(Edition.title).label("title"),
            _at_its_end(Edition.language).label("language"),
            Mentorship.started_at.label("begun_at"),
            Mentorship.ended_at.label("expires_at"),
        )
        .subquery()
    )
    return select(last)


def _at_its_end(column: Any) -> Any:
    """The title of the roadmap as it was then, or its language: what its author calls it since is theirs."""
    editions = select(column).where(
        Edition.roadmap_id == Mentorship.roadmap_id, Edition.published_at <= Mentorship.ended_at
    )
    return editions.order_by(Edition.number.desc()).limit(1).scalar_subquery()


def past_mentorship_view(row: Any) -> PastMentorship:
    """A row of `past_mentorship_rows` as people see it."""
    return PastMentorship(
        name=row.name,
        was_mentor=row.role == "mentor",
        title=row.title or "",
        started_at=row.begun_at,
        ended_at=row.expires_at,
        ended_by=row.slug or "",
        language=row.language or "",
    )
