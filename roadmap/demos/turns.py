"""What happens once: pauses, changes of mind, a slip taken back, work withdrawn, the last days of some."""

from dataclasses import replace
from datetime import timedelta

from roadmap.demos.handovers import Turn, feed, freeze, share
from roadmap.demos.learners import Learner
from roadmap.demos.stages import Script
from roadmap.demos.stories import BUILT_IN, Spell
from roadmap.domain.enrollments import EnrollmentState
from roadmap.domain.progress import Status
from roadmap.domain.secret_links import LinkPurpose
from roadmap.operations.changes import undo_change
from roadmap.operations.submissions import withdraw_submission


def turns_of(learner: Learner) -> list[Script]:
    """The scripts of what happens once to this learner on this roadmap."""
    pauses = [_pause(learner, spell) for spell in learner.story.spells if spell.is_pause]
    own = _TURNS.get((learner.story.handle, learner.story.slug), ())
    return [*pauses, *(_at(learner, weeks_ago, turn) for weeks_ago, turn in own)]


def _at(learner: Learner, weeks_ago: float, turn: Turn) -> Script:
    yield learner.world.stage.until - timedelta(weeks=weeks_ago)
    yield from turn(learner)


def _pause(learner: Learner, spell: Spell) -> Script:
    until = learner.world.stage.until
    yield until - timedelta(weeks=spell.first)
    learner.choose(learner.enrollment.settings.with_state(EnrollmentState.PAUSED))
    if spell.last:
        yield until - timedelta(weeks=spell.last)
        learner.choose(learner.enrollment.settings.with_state(EnrollmentState.ACTIVE))


def _slip(learner: Learner) -> Script:
    """Mark the wrong row, and take it back at once."""
    key = next((key for key in learner.plan.weights if key not in learner.statuses), None)
    if key is None:
        return
    change = learner.mark(key, Status.DONE)
    yield learner.world.stage.in_minutes(0.3)
    world = learner.world
    if change is not None:
        undo_change(world.session, learner.enrollment, change, by=learner.person, at=world.stage.now)
        del learner.statuses[key]


def _hours(hours: float, weeks: int | None = None) -> Turn:
    """Say another goal, and perhaps another day to be there."""

    def change(learner: Learner) -> Script:
        settings = replace(learner.enrollment.settings, weekly_hours=hours)
        if weeks is not None:
            settings = replace(settings, target_on=learner.today + timedelta(weeks=weeks))
        learner.choose(settings)
        return
        yield

    return change


def _sector(key: str) -> Turn:
    """Choose one more pathway."""

    def change(learner: Learner) -> Script:
        settings = learner.enrollment.settings
        learner.choose(replace(settings, pathways=(*settings.pathways, key)))
        return
        yield

    return change


def _withdraw(learner: Learner) -> Script:
    """Hand something in, take it back after an hour, and hand it in the next day."""
    world, before = learner.world, set(learner.handed)
    yield from _hand_in("")(learner)
    for key in [key for key in learner.handed if key not in before]:
        yield world.stage.in_minutes(64)
        learner.handed[key].is_closed = True
        withdraw_submission(world.session, learner.enrollment, key, by=learner.person, at=world.stage.now)
        yield world.stage.in_minutes(60 * 22)
        learner.submit(key, "I had linked the wrong notebook; this is the right one.")


def _hand_in(comment: str, *, comes_back: bool = False) -> Turn:
    """Hand in something that was done and kept back, or else what is under way."""

    def hand_in(learner: Learner) -> Script:
        key = learner.to_hand_in()
        if key is not None:
            if learner.statuses.get(key) is not Status.DONE:
                learner.mark(key, Status.DONE)
            yield from learner.show(key)
            yield learner.world.stage.in_minutes(4)
            learner.submit(key, comment)
            learner.handed[key].must_come_back = comes_back

    return hand_in


def _finish(learner: Learner) -> Script:
    """Come to the end of what is under way, a few hours ago."""
    key = next((key for key, status in learner.statuses.items() if status is Status.IN_PROGRESS), None)
    if key is not None:
        learner.mark(key, Status.DONE)
        yield from learner.show(key)


_TURNS: dict[tuple[str, str], tuple[tuple[float, Turn], ...]] = {
    ("mei", BUILT_IN): (
        (20.31, _slip),
        (12.4, _hours(9, 27)),
        (11.9, feed(LinkPurpose.CALENDAR)),
        (10.2, freeze()),
        (9.1, share(3, 20, 26, 171, days=30, is_live=False, shows_evidence=True)),
        (6.3, freeze(withdrawn=190)),
        (5.6, feed(LinkPurpose.BADGE)),
        (3.2, share(2, 5, days=60, revoked=52)),
        (2.4, share(1, 19, 44, 130, 215, days=90, shows_evidence=True, shows_names=True)),
        (1.2, freeze(shows_evidence=False)),
        (0.61, _hand_in("I hope this is what the last criterion means.", comes_back=True)),
        (0.08, _hand_in("The second half is new since we talked.")),
        (0.02, _finish),
    ),
    ("priya", BUILT_IN): (
        (24.7, _hours(15)),
        (8.3, _slip),
        (1.4, share(6, 30, days=30, shows_names=True)),
        (0.45, _hand_in("")),
    ),
    ("kwame", BUILT_IN): ((14.1, _sector("finance")), (0.9, _hand_in("Back again, and with this done."))),
    ("yuki", BUILT_IN): ((1.55, _withdraw),),
    ("fatima", BUILT_IN): ((6.4, _hours(8)), (0.32, _hand_in("Done over the weekend."))),
    ("elin", BUILT_IN): ((6.6, _hours(12, 44)),),
    ("tomasz", BUILT_IN): (
        (30.2, _slip),
        (8.8, feed(LinkPurpose.BADGE)),
        (0.4, freeze()),
        (0.3, share(8, 27, days=90, shows_evidence=True, shows_names=True)),
    ),
}
