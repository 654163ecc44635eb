"""What changed since a mentor last looked: summed up, and without what was undone since."""

import pytest
from sqlalchemy import select

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.change_summaries import ChangeSummary
from roadmap.domain.learning.progress import Status
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.mentoring.submissions import Outcome
from roadmap.operations.mentoring.mentorships import mark_seen
from roadmap.queries.pages.mentee import MenteeRoadmap, find_mentee_page
from roadmap.web.mentoring.mentee_tables import describe_summary
from tests.support.learning import Learning
from tests.support.mentoring import DAY, HOUR, returned, review, sign_off, submit, verified, withdraw

NOTHING = ChangeSummary(0, 0, 0, 0, 0, 0)


def roadmap(learning: Learning, milo: User) -> MenteeRoadmap:
    learning.session.flush()
    public_id = learning.session.scalars(select(Mentorship.public_id)).one()
    found = find_mentee_page(learning.session, public_id, seen_by=milo, at=learning.at).roadmap
    assert found is not None
    return found


def summary(learning: Learning, milo: User) -> str:
    return describe_summary(roadmap(learning, milo).summary)


def kept(learning: Learning, milo: User) -> list[int]:
    """The numbers of the changes that are listed, newest first."""
    return [change.number for change in roadmap(learning, milo).changes]


@pytest.fixture
def seen(learning: Learning, milo: User) -> Learning:
    """Lena, a day after Milo has seen that `first` is done, and an hour after that moment of the day."""
    learning.mark("first")
    learning.at += DAY
    public_id = learning.session.scalars(select(Mentorship.public_id)).one()
    mark_seen(learning.session, public_id, by=milo, at=learning.at)
    learning.at += HOUR
    return learning


def test_nothing_has_changed(seen: Learning, milo: User) -> None:
    assert roadmap(seen, milo).summary == NOTHING
    assert summary(seen, milo) == "nothing done, submitted or reviewed"


def test_before_anything_was_seen_everything_since_the_mentorship_counts(
    learning: Learning, milo: User
) -> None:
    learning.at += HOUR
    learning.mark("first")
    assert summary(learning, milo) == "+13%, 1 done"


def test_everything_is_summed_up_once(seen: Learning, milo: User) -> None:
    for key in ("second", "habit", "see"):
        seen.mark(key)
    returned(seen, milo, "second")
    verified(seen, milo, "habit")
    submit(seen, "see")
    assert summary(seen, milo) == "+39%, 3 done, 1 submitted, 1 returned, 1 verified"


def test_what_is_done_no_longer_counts_against_it(seen: Learning, milo: User) -> None:
    seen.mark("first", Status.IN_PROGRESS)
    assert summary(seen, milo) == "−13%, 1 no longer done"


def test_a_mark_and_its_undo_are_nothing(seen: Learning, milo: User) -> None:
    seen.undo(seen.mark("second"))
    assert (roadmap(seen, milo).summary, roadmap(seen, milo).undone) == (NOTHING, True)
    assert len(kept(seen, milo)) == 2


def test_the_undo_of_an_undo_leaves_the_mark(seen: Learning, milo: User) -> None:
    marked = seen.mark("second")
    seen.undo(seen.undo(marked))
    assert summary(seen, milo) == "+13%, 1 done"
    assert kept(seen, milo)[0] == marked


def test_the_undo_of_what_was_seen_is_a_change(seen: Learning, milo: User) -> None:
    marked = seen.events()[-1].change
    undone = seen.undo(marked)
    assert summary(seen, milo) == "−13%, 1 no longer done"
    assert kept(seen, milo)[:2] == [undone, marked]
    assert not roadmap(seen, milo).undone


def test_a_withdrawn_submission_is_none(seen: Learning, milo: User) -> None:
    submit(seen, "first")
    assert summary(seen, milo) == "1 submitted"
    withdraw(seen, "first")
    assert summary(seen, milo) == "nothing done, submitted or reviewed"


def test_of_a_replaced_review_the_last_counts(seen: Learning, milo: User) -> None:
    work = submit(seen, "first")
    first = review(seen, work, milo, Outcome.RETURNED)
    review(seen, work, milo, Outcome.VERIFIED, replaces=first.public_id, reason="Read it again.")
    assert summary(seen, milo) == "1 verified"


def test_each_round_counts_and_so_does_a_sign_off(seen: Learning, milo: User) -> None:
    returned(seen, milo, "first")
    returned(seen, milo, "first")
    verified(seen, milo, "first")
    seen.mark("second")
    sign_off(seen, milo, "second")
    assert summary(seen, milo) == "+13%, 1 done, 2 returned, 2 verified"


def test_reviews_that_were_seen_are_not_told_again(learning: Learning, milo: User) -> None:
    returned(learning, milo, "first")
    public_id = learning.session.scalars(select(Mentorship.public_id)).one()
    mark_seen(learning.session, public_id, by=milo, at=learning.at)
    learning.at += HOUR
    assert roadmap(learning, milo).summary == NOTHING


def test_other_pathways_change_the_number(seen: Learning, milo: User) -> None:
    seen.choose(pathways=())
    assert summary(seen, milo) == "+8%"
