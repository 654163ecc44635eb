"""Every mapped class, imported once, so that the metadata is whole."""

from roadmap.domain import (
    audits,
    editions,
    enrollments,
    events,
    evidence,
    feeds,
    invitations,
    issued_reports,
    mails,
    mentorships,
    notes,
    progress,
    reviews,
    roadmaps,
    sessions,
    shares,
    submissions,
    users,
)
from roadmap.domain.base import Base

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "audits",
    "editions",
    "enrollments",
    "events",
    "evidence",
    "feeds",
    "invitations",
    "issued_reports",
    "join_classes",
    "mails",
    "mentorships",
    "notes",
    "progress",
    "reviews",
    "roadmaps",
    "sessions",
    "shares",
    "submissions",
    "users",
]


def join_classes() -> None:
    """Let the classes find those they name, which takes all of them; asking again costs nothing."""
    Base.registry.configure()
