"""Drafts for tests: a roadmap that somebody writes."""

from dataclasses import replace

from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.roadmaps.drafts import Draft, DraftSource
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.operations.roadmaps.drafts import start_draft
from tests.support.cast import NOON
from tests.support.outlines import sample


def add_draft(
    session: Session, author: User, outline: Outline | None = None, title: str = "Own roadmap"
) -> Draft:
    """Add a private roadmap of this author with a draft, like the sample if nothing else is given."""
    outline = replace(outline or sample(), title=title)
    return start_draft(session, outline, by=author, at=NOON, source=DraftSource.EMPTY, what="Started")
