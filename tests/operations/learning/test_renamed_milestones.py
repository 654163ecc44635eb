"""An edition that renames milestones or makes one of several: nothing of a learner is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from roadmap.cache.editions import stored_outline
from roadmap.domain.errors import Conflict
from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.mentoring.submissions import Submission, SubmissionState
from roadmap.domain.roadmaps.roadmaps import Milestone, Roadmap
from roadmap.operations.learning.enrollments import outline_of
from roadmap.operations.roadmaps.editions import newest_edition, publish_edition
from roadmap.queries.learning.draft_effects import effects_of
from roadmap.queries.learning.editions import find_edition_page
from roadmap.queries.learning.enrollments import find_own_enrollment
from roadmap.queries.learning.histories import find_history_page
from roadmap.queries.pages.milestone import find_milestone_page
from tests.support.cast import NOON
from tests.support.learning import Learning
from tests.support.mentoring import mentor_of, returned, review, submit, verified
from tests.support.outlines import milestone, outline, renaming_sample, sample, skill


def renamed(learning: Learning) -> int:
    """Publish and accept the edition; returns the number of the change."""
    learning.publish(renaming_sample())
    change = learning.accept(2)
    assert change is not None
    return change


def test_everything_moves_along_in_one_change_with_one_undo(learning: Learning) -> None:
    verified(learning, mentor_of(learning))
    learning.note("first", "Remember.")
    learning.show("first")
    before = learning.milestone_state("first")
    change = renamed(learning)
    assert learning.milestone_state("opening") == before
    assert before.verification is Verification.VERIFIED
    page = find_milestone_page(
        learning.session, learning.enrollment.public_id, "opening", seen_by=learning.person, at=NOON
    )
    assert (page.note, len(page.evidence), len(page.review.rounds)) == ("Remember.", 1, 1)
    assert {event.milestone_title for each in page.changes for event in each.events} == {"Opening"}
    assert [event.number for event in learning.events() if event.change == change] == [change]
    learning.undo(change)
    assert learning.milestone_state("first") == before


def test_an_open_submission_stays_open_and_is_answered_under_the_new_key(learning: Learning) -> None:
    milo = mentor_of(learning)
    submission = submit(learning)
    renamed(learning)
    assert learning.session.get_one(Submission, submission.id).state is SubmissionState.OPEN
    review(learning, submission, milo)
    assert learning.milestone_state("opening").verification is Verification.VERIFIED


def test_the_difference_says_what_was_renamed_and_nothing_is_removed(learning: Learning) -> None:
    learning.mark("green")
    learning.publish(renaming_sample())
    page = find_edition_page(
        learning.session, learning.enrollment.public_id, seen_by=learning.person, at=NOON
    )
    assert page.offer is not None
    difference = page.offer.difference
    assert (difference.added, difference.removed) == ((), ())
    assert [(each.titles, each.milestone.title) for each in difference.renamed] == [
        (("First",), "Opening"),
        (("Red", "Green"), "Colour"),
    ]
    learning.accept(2)
    after = find_edition_page(
        learning.session, learning.enrollment.public_id, seen_by=learning.person, at=NOON
    )
    assert page.offer.after == after.before


@pytest.mark.parametrize(
    ("red", "green", "colour"),
    [
        (None, Status.DONE, Status.DONE),
        (Status.DONE, Status.SKIPPED, Status.DONE),
        (Status.SKIPPED, Status.IN_PROGRESS, Status.IN_PROGRESS),
        (None, None, Status.NOT_STARTED),
    ],
)
def test_of_several_the_best_status_wins(
    learning: Learning, red: Status | None, green: Status | None, colour: Status
) -> None:
    for key, status in (("red", red), ("green", green)):
        if status is not None:
            learning.mark(key, status, reason=f"Because of {key}")
    change = renamed(learning)
    assert learning.milestone_state("colour").status is colour
    learning.undo(change)
    assert learning.milestone_state("red").status is (red or Status.NOT_STARTED)
    assert learning.milestone_state("green").status is (green or Status.NOT_STARTED)


def test_the_reason_note_and_day_of_the_better_one_come_along(learning: Learning) -> None:
    learning.mark("green", Status.SKIPPED, reason="Seen before")
    learning.note("green", "Grass.")
    learning.revisit("green", NOON.date() + timedelta(days=7))
    before = learning.milestone_state("green")
    renamed(learning)
    assert learning.milestone_state("colour") == before


def test_a_review_of_the_first_of_several_stays(learning: Learning) -> None:
    returned(learning, mentor_of(learning), "red")
    renamed(learning)
    assert learning.milestone_state("colour").verification is Verification.RETURNED


def test_a_name_holds_through_later_editions_and_over_several(learning: Learning) -> None:
    learning.mark("first")
    learning.publish(renaming_sample())
    rest = sample().areas[0].skills[1:]
    learning.publish(outline(skill("core", milestone("opening"), milestone("second")), *rest))
    learning.publish(outline(skill("core", milestone("start", was=("opening",))), *rest))
    learning.accept(4)
    assert learning.milestone_state("start").status is Status.DONE
    kept = learning.session.scalars(select(Milestone.key)).all()
    assert "opening" not in kept
    assert "start" not in kept


def test_an_edition_reads_back_with_its_own_keys(learning: Learning) -> None:
    learning.publish(renaming_sample())
    roadmap = learning.session.get_one(Roadmap, learning.enrollment.roadmap_id)
    newest = newest_edition(learning.session, roadmap)
    assert newest is not None
    assert stored_outline(learning.session, newest.id).outline == renaming_sample()
    assert outline_of(learning.session, learning.enrollment).outline == sample()


def test_an_old_key_is_not_given_to_another_milestone_beside_it(learning: Learning) -> None:
    learning.publish(renaming_sample())
    roadmap = learning.session.get_one(Roadmap, learning.enrollment.roadmap_id)
    both = outline(skill("core", milestone("opening"), milestone("first")))
    with pytest.raises(Conflict, match="were one milestone"):
        publish_edition(learning.session, roadmap, both, at=NOON)


def test_the_history_calls_a_milestone_by_its_present_title(learning: Learning) -> None:
    learning.mark("first")
    renamed(learning)
    view = find_own_enrollment(
        learning.session, learning.enrollment.public_id, seen_by=learning.person, at=NOON
    )
    page = find_history_page(learning.session, view, seen_by=learning.person)
    titles = [event.milestone_title for change in page.changes for event in change.events]
    assert titles[1] == "Opening"
    assert all(event.in_edition for change in page.changes for event in change.events if event.milestone_key)


def test_what_publishing_would_change_is_computed_with_earlier_names(learning: Learning) -> None:
    learning.mark("first")
    renamed(learning)
    rest = renaming_sample().areas[0].skills[1:]
    core = skill("core", milestone("opening"), milestone("second", (3, 3)))
    draft = outline(core, *rest, pathways=sample().pathways)
    effects = effects_of(learning.session, learning.enrollment.roadmap_id, draft, renaming_sample())
    assert (effects.learners, effects.going_down) == (1, 0)
