"""The rows of news: for each kind of record a select with the same columns."""

from typing import Any

from sqlalchemy import (
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from roadmap.domain.accounts.users import CURRENT_PERSON, User
from roadmap.domain.base import inline_literal
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.invitations import Invitation, InvitedAs
from roadmap.domain.mentoring.mentorships import Mentorship, has_mentor
from roadmap.domain.mentoring.messages import Message
from roadmap.domain.mentoring.reviews import NOBODY, Outcome, Review
from roadmap.domain.mentoring.submissions import Submission, SubmissionState
from roadmap.domain.news import sources
from roadmap.domain.news.items import NewsKind
from roadmap.domain.news.sources import Span
from roadmap.domain.reports.links import Share
from roadmap.domain.roadmaps.editions import MilestoneText
from roadmap.domain.roadmaps.roadmaps import Edition, Milestone

_ME = CURRENT_PERSON
_NO_TEXT = cast(null(), String)
_KEY = func.coalesce(MilestoneText.key, Milestone.key)


def _kind(kind: NewsKind) -> Any:
    return inline_literal(kind)


def _columns(kind: Any, at: Any, *, who: Any, what: Any, language: Any, place: tuple[Any, Any, Any]) -> Any:
    named = (kind.label("kind"), at.label("happened_at"), who.label("who"), what.label("what"))
    enrollment, milestone, submission = place
    places = (enrollment.label("enrollment"), milestone.label("milestone"), submission.label("submission"))
    return (*named, language.label("language"), *places)


def _reviews(span: Span) -> Any:
    in_edition = and_(
        MilestoneText.edition_id == Enrollment.edition_id,
        MilestoneText.milestone_id == Submission.milestone_id,
    )
    kind = case(
        (Review.outcome == Outcome.RETURNED, _kind(NewsKind.RETURNED)),
        (and_(Submission.signed_off, Review.replaces_id.is_(None)), _kind(NewsKind.SIGNED_OFF)),
        else_=_kind(NewsKind.VERIFIED),
    )
    key = case((MilestoneText.id.is_not(None), _KEY))
    return (
        sources.new_reviews(_ME, span)
        .join(Edition, Edition.id == Enrollment.edition_id)
        .join(Milestone, Milestone.id == Submission.milestone_id)
        .outerjoin(MilestoneText, in_edition)
        .with_only_columns(
            *_columns(
                kind,
                Review.reviewed_at,
                who=case((Review.reviewer_id.is_(None), literal(NOBODY)), else_=Review.reviewer_name),
                what=Submission.title,
                language=Edition.language,
                place=(Enrollment.public_id, key, Submission.public_id),
            )
        )
    )


def _messages(kind: NewsKind, messages: Any) -> Any:
    return (
        messages.join(User, User.id == Message.author_id)
        .join(Edition, Edition.id == Enrollment.edition_id)
        .join(Milestone, Milestone.id == Message.milestone_id)
        .with_only_columns(
            *_columns(
                _kind(kind),
                Message.created_at,
                who=User.name,
                what=MilestoneText.title,
                language=Edition.language,
                place=(Enrollment.public_id, _KEY, _NO_TEXT),
            )
        )
    )


def _editions(span: Span) -> Any:
    return sources.new_editions(_ME, span).with_only_columns(
        *_columns(
            _kind(NewsKind.EDITION),
            Edition.published_at,
            who=_NO_TEXT,
            what=Edition.title,
            language=Edition.language,
            place=(Enrollment.public_id, _NO_TEXT, _NO_TEXT),
        )
    )


def _links(span: Span) -> Any:
    links = sources.newly_opened_links(_ME, span).join(Edition, Edition.id == Enrollment.edition_id)
    return links.with_only_columns(
        *_columns(
            _kind(NewsKind.LINK_OPENED),
            Share.first_opened_at,
            who=_NO_TEXT,
            what=Edition.title,
            language=Edition.language,
            place=(Enrollment.public_id, _NO_TEXT, _NO_TEXT),
        )
    )


_ABOUT_PEOPLE: dict[str, Any] = {
    "what": _NO_TEXT,
    "language": _NO_TEXT,
    "place": (_NO_TEXT, _NO_TEXT, _NO_TEXT),
}


def _offers(span: Span) -> Any:
    # Anybody can invite any address: they are named by their own address and not by what they typed.
    kind = case(
        (Invitation.invited_as == InvitedAs.MENTOR, _kind(NewsKind.ASKED_TO_MENTOR)),
        else_=_kind(NewsKind.OFFERED_MENTOR),
    )
    columns = _columns(kind, Invitation.created_at, who=sources.INVITER.email, **_ABOUT_PEOPLE)
    return sources.new_offers(_ME, span).with_only_columns(*columns)


def _mentorships(mentorships: Any, kind: Any, moment: Any) -> Any:
    other = aliased(User)
    columns = _columns(kind, moment, who=other.name, **_ABOUT_PEOPLE)
    return mentorships.join(other, other.id == sources.other_person(_ME)).with_only_columns(*columns)


def _started(span: Span) -> Any:
    kind = case((Mentorship.mentor_id == _ME.id, _kind(NewsKind.MENTEE)), else_=_kind(NewsKind.MENTOR))
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
    kind = case((waits, _kind(NewsKind.ENDED_WITH_WORK)), else_=_kind(NewsKind.ENDED))
    return _mentorships(sources.ended_mentorships(_ME, span), kind, Mentorship.ended_at)


def news_rows(span: Span) -> Any:
    """Return a select of all news of `person_id` in a span of time, for `news_items`."""
    return union_all(
        _reviews(span),
        _messages(NewsKind.MESSAGE, sources.new_messages(_ME, span)),
        _messages(NewsKind.QUESTION, sources.new_questions(_ME, span)),
        _editions(span),
        _links(span),
        _offers(span),
        _started(span),
        _ended(span),
    )
