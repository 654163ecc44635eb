"""Imports every mapped class, so that the metadata is complete."""

from roadmap.domain.accounts import audits, mails, sessions, users
from roadmap.domain.base import Base
from roadmap.domain.learning import enrollments, events, evidence, progress
from roadmap.domain.mentoring import invitations, mentorships, messages, submissions
from roadmap.domain.reports import issued, links
from roadmap.domain.roadmaps import drafts, editions, roadmaps

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "audits",
    "drafts",
    "editions",
    "enrollments",
    "events",
    "evidence",
    "invitations",
    "issued",
    "join_classes",
    "links",
    "mails",
    "mentorships",
    "messages",
    "progress",
    "roadmaps",
    "sessions",
    "submissions",
    "users",
]


def join_classes() -> None:
    """Configure the relationships of all mapped classes; calling it again costs nothing."""
    Base.registry.configure()
