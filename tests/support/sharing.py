"""Lena shares: links, badges and calendars in one short call each, and the secrets of their addresses."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import Audit
from roadmap.domain.accounts.users import User
from roadmap.domain.reports.links import Feed, LinkPurpose, Share, derive_token
from roadmap.domain.roadmaps.roadmaps import Roadmap, Visibility
from roadmap.operations.reports.links import ShareChoice, make_feed, make_share
from tests.support.cast import KEY
from tests.support.learning import Learning

DAY = timedelta(days=1)
EVERYTHING = {"shows_evidence": True, "shows_names": True}


def share(learning: Learning, *, by: User | None = None, **choice: object) -> Share:
    """A link to her report; without a choice it is live, for 30 days, and leaves out what it can."""
    return make_share(
        learning.session,
        learning.enrollment.public_id,
        ShareChoice(**choice),
        by=by or learning.person,
        at=learning.at,
        key=KEY,
    )


def restrict(learning: Learning) -> None:
    """From now on her roadmap is one from a source for personal use."""
    roadmap = learning.session.get_one(Roadmap, learning.enrollment.roadmap_id)
    roadmap.visibility, roadmap.is_restricted = Visibility.PRIVATE, True
    learning.session.commit()


def feed(learning: Learning, purpose: LinkPurpose, *, by: User | None = None) -> Feed:
    """Her badge or her calendar."""
    return make_feed(
        learning.session,
        learning.enrollment.public_id,
        purpose,
        by=by or learning.person,
        at=learning.at,
        key=KEY,
    )


def token_of(link: Share | Feed) -> str:
    """The secret part of its address."""
    return derive_token(KEY, link.purpose, link.nonce)


def share_url(learning: Learning, **choice: object) -> str:
    """The path of a new link."""
    return f"/s/{token_of(share(learning, **choice))}"


def feed_url(learning: Learning, purpose: LinkPurpose) -> str:
    """The path of her badge or calendar."""
    ending = {LinkPurpose.BADGE: "svg", LinkPurpose.CALENDAR: "ics"}[purpose]
    return f"/{purpose}/{token_of(feed(learning, purpose))}.{ending}"


def audited(session: Session) -> list[str]:
    """What the audit log says, oldest first."""
    return [str(kind) for kind in session.scalars(select(Audit.kind).order_by(Audit.id))]
