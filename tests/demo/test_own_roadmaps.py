"""The demo has a private roadmap that somebody follows, and a list that waits for its review."""

from sqlalchemy import select

from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.roadmaps.drafts import Draft
from roadmap.domain.roadmaps.roadmaps import Roadmap, Visibility


def test_elin_follows_her_own_roadmap_and_has_a_list_to_review(demo: Database) -> None:
    with demo.reading() as session:
        elin = session.scalars(select(User).where(User.email == "elin@example.org")).one()
        own = session.scalars(
            select(Roadmap).where(Roadmap.author_id == elin.id).order_by(Roadmap.slug)
        ).all()
        assert [roadmap.slug for roadmap in own] == ["half-marathon", "winter-reading"]
        assert {roadmap.visibility for roadmap in own} == {Visibility.PRIVATE}
        followed = session.scalars(select(Enrollment.roadmap_id).where(Enrollment.user_id == elin.id)).all()
        assert (own[0].id in followed, own[1].id in followed) == (True, False)
        waiting = session.scalars(select(Draft).where(Draft.roadmap_id == own[1].id)).one()
        assert "file" in waiting.notes
