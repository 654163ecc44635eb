"""The statements that read and count news: for each kind of record a select with the same columns."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from roadmap.domain.accounts.users import CURRENT_PERSON, User
from roadmap.domain.base import UtcDateTime, inline_literal
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.invitations import Invitation, InvitedAs
from roadmap.domain.mentoring.mentorships import Mentorship, has_mentor
from roadmap.domain.mentoring.messages import Message
from roadmap.domain.mentoring.submissions import NOBODY, Outcome, Review, Submission, SubmissionState
from roadmap.domain.news import sources
from roadmap.domain.news.items import NewsKind
from roadmap.domain.news.sources import SOURCES, Span
from roadmap.domain.reports.links import Share
from roadmap.domain.roadmaps.editions import MilestoneText
from roadmap.domain.roadmaps.roadmaps import Edition, Milestone

_ME = CURRENT_PERSON
_NO_TEXT = cast(null(), String)
_KEY = func.coalesce(MilestoneText.key, Milestone.key)


def _columns(
    rows: Any,
    kind: Any,
    at: Any,
    *,
    who: Any = _NO_TEXT,
    what: Any = _NO_TEXT,
    language: Any = _NO_TEXT,
    place: tuple[Any, Any, Any] = (_NO_TEXT, _NO_TEXT, _NO_TEXT),
) -> Any:
    """Return the rows with the columns of news; `place` is an enrollment, a milestone and a submission."""
    enrollment, milestone, submission = place
    return rows.with_only_columns(
        *(kind.label("kind"), at.label("happened_at"), who.label("who"), what.label("what")),
        *(language.label("language"), enrollment.label("enrollment"), milestone.label("milestone")),
        submission.label("submission"),
    )


def _reviews(span: Span) -> Any:
    in_edition = and_(
        MilestoneText.edition_id == Enrollment.edition_id,
        MilestoneText.milestone_id == Submission.milestone_id,
    )
    kind = case(
        (Review.outcome == Outcome.RETURNED, inline_literal(NewsKind.RETURNED)),
        (and_(Submission.signed_off, Review.replaces_id.is_(None)), inline_literal(NewsKind.SIGNED_OFF)),
        else_=inline_literal(NewsKind.VERIFIED),
    )
    return _columns(
        sources.new_reviews(_ME, span)
        .join(Edition, Edition.id == Enrollment.edition_id)
        .join(Milestone, Milestone.id == Submission.milestone_id)
        .outerjoin(MilestoneText, in_edition),
        kind,
        Review.reviewed_at,
        who=case((Review.reviewer_id.is_(None), literal(NOBODY)), else_=Review.reviewer_name),
        what=Submission.title,
        language=Edition.language,
        place=(Enrollment.public_id, case((MilestoneText.id.is_not(None), _KEY)), Submission.public_id),
    )


def _messages(kind: NewsKind, messages: Any) -> Any:
    return _columns(
        messages.join(User, User.id == Message.author_id)
        .join(Edition, Edition.id == Enrollment.edition_id)
        .join(Milestone, Milestone.id == Message.milestone_id),
        inline_literal(kind),
        Message.created_at,
        who=User.name,
        what=MilestoneText.title,
        language=Edition.language,
        place=(Enrollment.public_id, _KEY, _NO_TEXT),
    )


def _of_edition(rows: Any, kind: NewsKind, at: Any) -> Any:
    place = (Enrollment.public_id, _NO_TEXT, _NO_TEXT)
    return _columns(
        rows, inline_literal(kind), at, what=Edition.title, language=Edition.language, place=place
    )


def _links(span: Span) -> Any:
    links = sources.newly_opened_links(_ME, span).join(Edition, Edition.id == Enrollment.edition_id)
    return _of_edition(links, NewsKind.LINK_OPENED, Share.first_opened_at)


def _offers(span: Span) -> Any:
    kind = case(
        (Invitation.invited_as == InvitedAs.MENTOR, inline_literal(NewsKind.ASKED_TO_MENTOR)),
        else_=inline_literal(NewsKind.OFFERED_MENTOR),
    )
    # Anybody can invite any address: they are named by their own address and not by what they typed.
    return _columns(sources.new_offers(_ME, span), kind, Invitation.created_at, who=sources.INVITER.email)


def _mentorships(mentorships: Any, kind: Any, moment: Any) -> Any:
    other = aliased(User)
    rows = mentorships.join(other, other.id == sources.other_person(_ME))
    return _columns(rows, kind, moment, who=other.name)


def _started(span: Span) -> Any:
    is_mentor = (Mentorship.mentor_id == _ME.id, inline_literal(NewsKind.MENTEE))
    kind = case(is_mentor, else_=inline_literal(NewsKind.MENTOR))
    return _mentorships(sources.new_mentorships(_ME, span), kind, Mentorship.started_at)


def _ended(span: Span) -> Any:
    in_scope = or_(Mentorship.roadmap_id.is_(None), Mentorship.roadmap_id == Enrollment.roadmap_id)
    waits = exists(
        select(Submission.id)
        .join(Enrollment, Enrollment.id == Submission.enrollment_id)
        .where(Enrollment.user_id == _ME.id, Enrollment.user_id == Mentorship.learner_id, in_scope)
        .where(Submission.state == inline_literal(SubmissionState.OPEN), ~has_mentor())
        .correlate(Mentorship)
    )
    kind = case((waits, inline_literal(NewsKind.ENDED_WITH_WORK)), else_=inline_literal(NewsKind.ENDED))
    return _mentorships(sources.ended_mentorships(_ME, span), kind, Mentorship.ended_at)


def _news(span: Span) -> Any:
    """Return a select of all news of `person_id` in a span of time, for `news_items`."""
    return union_all(
        _reviews(span),
        _messages(NewsKind.MESSAGE, sources.new_messages(_ME, span)),
        _messages(NewsKind.QUESTION, sources.new_questions(_ME, span)),
        _of_edition(sources.new_editions(_ME, span), NewsKind.EDITION, Edition.published_at),
        _links(span),
        _offers(span),
        _started(span),
        _ended(span),
    )


_NEVER = literal(datetime(1970, 1, 1, tzinfo=UTC), UtcDateTime())
_UNTIL = bindparam("at", type_=UtcDateTime())
# In one row, so that its moments are bound once and not once for each kind of record.
_LOOK = (
    select(func.coalesce(User.news_seen_at, _NEVER).label("since"), _UNTIL.label("until"))
    .where(User.id == CURRENT_PERSON.id)
    .cte("look")
)
_UNSEEN = Span(select(_LOOK.c.since).scalar_subquery(), select(_LOOK.c.until).scalar_subquery())

UNSEEN = _news(_UNSEEN)
"""What `person_id` has not seen by `at`."""

BETWEEN = _news(Span(bindparam("since", type_=UtcDateTime()), _UNTIL))
"""What happened after `since` until `at` and concerns `person_id`."""

_ONE: ColumnElement[int] = literal_column("1").label("one")
_EACH = [source(CURRENT_PERSON, _UNSEEN).with_only_columns(_ONE) for source in SOURCES]
UNSEEN_COUNT: Any = select(func.count()).select_from(union_all(*_EACH).subquery()).scalar_subquery()
"""How many rows of `UNSEEN` there are, as a part of another statement with the same parameters."""
