"""A private roadmap is deleted with its author's account, unless somebody else uses it."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import Erasure, User
from roadmap.domain.learning.enrollments import Settings
from roadmap.domain.roadmaps.roadmaps import Edition, Roadmap, Visibility
from roadmap.operations.accounts.users import delete_user
from roadmap.operations.learning.enrollments import start_enrollment
from roadmap.operations.learning.progress import set_progress
from roadmap.operations.roadmaps.authoring import end_roadmap
from roadmap.operations.roadmaps.catalogs import copy_roadmap
from roadmap.operations.roadmaps.drafts import publish_draft
from roadmap.queries.pages.deletion import private_roadmaps_at_deletion
from tests.support.cast import NOON, add_user
from tests.support.drafts import add_draft
from tests.support.rows.sample_rows import count_rows

OF_ROADMAPS = ("roadmaps", "editions", "areas", "skills", "milestone_texts", "milestones", "prerequisites")


@pytest.fixture
def lena(session: Session) -> User:
    return add_user(session, "Lena")


def own(session: Session, author: User, title: str = "Own roadmap") -> Roadmap:
    """A private roadmap of this author, published and followed by them."""
    draft = add_draft(session, author, title=title)
    publish_draft(session, draft, seen=1, at=NOON)
    roadmap = session.get_one(Roadmap, draft.roadmap_id)
    follow(session, author, roadmap)
    return roadmap


def follow(session: Session, person: User, roadmap: Roadmap) -> None:
    enrollment = start_enrollment(session, roadmap.slug, Settings((), 6.0), by=person, at=NOON)
    set_progress(session, enrollment, "first", "done", by=person, at=NOON)


def follow_before_it_was_private(session: Session, person: User, roadmap: Roadmap) -> None:
    roadmap.visibility = Visibility.LISTED
    session.flush()
    follow(session, person, roadmap)
    roadmap.visibility = Visibility.PRIVATE
    session.flush()


def outcomes(session: Session, person: User) -> list[tuple[str, int, bool]]:
    """What the page of the deletion says."""
    return [
        (kept.title, kept.followers, kept.stays) for kept in private_roadmaps_at_deletion(session, person)
    ]


def slugs(session: Session) -> list[str]:
    session.expire_all()
    return sorted(session.scalars(select(Roadmap.slug)))


def test_one_that_nobody_else_follows_is_deleted_with_every_row(session: Session, lena: User) -> None:
    before = count_rows(session)
    own(session, lena)
    assert outcomes(session, lena) == [("Own roadmap", 0, False)]
    delete_user(session, lena, by=lena, at=NOON)
    session.expire_all()
    after = count_rows(session)
    assert {name: after[name] - before[name] for name in OF_ROADMAPS} == dict.fromkeys(OF_ROADMAPS, 0)


def test_one_that_others_follow_stays_for_them_without_an_author(session: Session, lena: User) -> None:
    otto, ada = add_user(session, "Otto"), add_user(session, "Ada", is_admin=True)
    roadmap = own(session, lena)
    follow_before_it_was_private(session, otto, roadmap)
    assert outcomes(session, lena) == [("Own roadmap", 1, True)]
    delete_user(session, lena, by=lena, at=NOON)
    session.expire_all()
    assert (roadmap.author_id, roadmap.visibility) == (None, Visibility.PRIVATE)
    assert end_roadmap(session, roadmap.slug, by=ada, at=NOON) is False


def test_one_that_others_can_see_stays(session: Session, lena: User) -> None:
    own(session, lena).visibility = Visibility.LISTED
    session.flush()
    assert outcomes(session, lena) == []
    delete_user(session, lena, by=lena, at=NOON)
    assert slugs(session) == ["own-roadmap"]


def test_a_copy_of_what_is_deleted_stays(session: Session, lena: User) -> None:
    otto, roadmap = add_user(session, "Otto"), own(session, lena)
    roadmap.visibility = Visibility.LISTED
    session.flush()
    copy = copy_roadmap(session, roadmap.slug, by=otto, at=NOON)
    roadmap.visibility = Visibility.PRIVATE
    session.flush()
    delete_user(session, lena, by=lena, at=NOON)
    session.expire_all()
    assert (slugs(session), copy.copied_from_id) == ([copy.read().slug], None)


def test_nothing_else_deletes_a_published_roadmap(session: Session, lena: User) -> None:
    otto = add_user(session, "Otto")
    draft = add_draft(session, lena)
    publish_draft(session, draft, seen=1, at=NOON)
    session.add(Erasure(user_id=otto.id))
    session.flush()
    for statement in ("DELETE FROM roadmaps", "DELETE FROM editions"):
        with pytest.raises(IntegrityError, match="published"), session.begin_nested():
            session.execute(text(statement))
    session.get_one(Roadmap, draft.roadmap_id).visibility = Visibility.LISTED
    session.add(Erasure(user_id=lena.id))
    session.flush()
    with pytest.raises(IntegrityError, match="published"), session.begin_nested():
        session.execute(text("DELETE FROM roadmaps"))
    assert session.scalars(select(Edition.number)).all() == [1]
