"""The scripts of learners: how they begin, and what they do each time they sit down."""

from datetime import timedelta

from roadmap.demos import learner_texts
from roadmap.demos.learners import Learner
from roadmap.demos.people import Person
from roadmap.demos.rhythms import Sitting, sittings
from roadmap.demos.stages import Script
from roadmap.demos.stories import NEWER_EDITION, Story
from roadmap.demos.turns import turns_of
from roadmap.demos.worlds import World
from roadmap.domain.enrollments import EnrollmentState, Settings
from roadmap.domain.progress import Status
from roadmap.operations.enrollments import accept_edition, start_enrollment

FORGETS, SUBMITS, COMMENTS, NOTES, REVISITS = 0.1, 0.86, 0.55, 0.22, 0.1
# Her mentors share the roadmaps between them; all others have one mentor for everything.
SHARED = "elin"
SUBMITS_KNOWN, MENDS, SKIPS, ACCEPTS, LOOKS_AGAIN = 0.3, 0.6, 0.1, 0.4, 0.3


def live(world: World, person: Person, story: Story) -> Script:
    """From the start of a roadmap to today, or until nothing is left to do."""
    yield world.stage.until - timedelta(weeks=story.began)
    learner = enroll(world, story)
    for turn in turns_of(learner):
        world.stage.add(turn)
    yield from _settle_in(learner)
    for sitting in sittings(person, story.pace, story.spells, since=world.stage.now, until=world.stage.until):
        yield sitting.begins
        yield from _tidy_up(learner)
        yield from _mend(learner)
        yield from _work(learner, sitting)
        if story.archives and learner.is_finished:
            learner.choose(learner.enrollment.settings.with_state(EnrollmentState.ARCHIVED))
            return


def enroll(world: World, story: Story) -> Learner:
    """Start the roadmap as the story says."""
    target = world.stage.until + timedelta(weeks=story.target) if story.target else None
    settings = Settings(story.pathways, story.goal, target.date() if target else None)
    person = world.people[story.handle]
    enrollment = start_enrollment(world.session, story.slug, settings, by=person, at=world.stage.now)
    return Learner(world, story, enrollment)


def _settle_in(learner: Learner) -> Script:
    """Invite the mentors, and mark what was known before."""
    stage, story, chance = learner.world.stage, learner.story, learner.chance
    for mentor in story.mentors:
        yield stage.in_minutes(chance.uniform(2, 9))
        slug = story.slug if story.handle == SHARED else ""
        # Who has a mentor for all roadmaps already needs no second invitation.
        if mentor not in learner.mentors:
            learner.world.invite_mentor(story.handle, mentor, slug, answers_in=chance.uniform(50, 1500))
    for skill in story.knows:
        yield stage.in_minutes(chance.uniform(1, 5))
        for key in learner.know(skill):
            if learner.needs_review(key) and (story.finishes or chance.random() < SUBMITS_KNOWN):
                learner.to_submit.append(key)
    for key, reason in story.long_ago.items():
        yield stage.in_minutes(chance.uniform(2, 6))
        day = learner.today - timedelta(days=chance.randrange(700, 2000))
        learner.mark(key, Status.DONE, day, reason)


def _tidy_up(learner: Learner) -> Script:
    """Mark what was forgotten, look at a newer edition, skip what is not wanted, hand in what is ready."""
    stage, story, chance = learner.world.stage, learner.story, learner.chance
    for key, day in learner.to_mark:
        learner.mark(key, Status.DONE, day)
        yield from _after(learner, key)
    learner.to_mark.clear()
    is_offered = stage.now > stage.until - timedelta(weeks=NEWER_EDITION)
    if story.accepts_edition and is_offered and chance.random() < ACCEPTS:
        accept_edition(learner.world.session, learner.enrollment, None, by=learner.person, at=stage.now)
    for key, reason in story.skips.items():
        if key not in learner.statuses and chance.random() < SKIPS:
            learner.mark(key, Status.SKIPPED, reason=reason)
    due = [key for key, day in learner.revisits.items() if day <= learner.today]
    if due and chance.random() < LOOKS_AGAIN:
        learner.revisit(due[0], None)
    if learner.to_submit and learner.mentors:
        key = learner.to_submit.pop(0)
        yield from learner.show(key)
        yield stage.in_minutes(chance.uniform(2, 10))
        learner.submit(key, _comment(learner))


def _mend(learner: Learner) -> Script:
    """Take up what came back and hand it in again."""
    stage, chance = learner.world.stage, learner.chance
    for handed in [each for each in learner.handed.values() if each.outcome == "returned"]:
        # What came back in the last days is left for whoever tries the demo.
        if not handed.must_come_back and chance.random() < MENDS:
            yield stage.in_minutes(chance.uniform(25, 80))
            learner.mend(handed.key)
            yield stage.in_minutes(chance.uniform(2, 9))
            learner.submit(handed.key, learner_texts.comment_again(chance))


def _work(learner: Learner, sitting: Sitting) -> Script:
    """Work on one milestone after the other until the time is over."""
    stage, hours = learner.world.stage, sitting.hours
    while hours > 0 and (key := learner.next()) is not None:
        if key not in learner.statuses:
            learner.mark(key, Status.IN_PROGRESS)
        spent = min(hours, learner.hours_left(key))
        learner.work(key, spent)
        hours -= spent
        yield stage.in_minutes(60 * spent + 1)
        if learner.hours_left(key) <= 0:
            yield from _finish(learner, key)


def _finish(learner: Learner, key: str) -> Script:
    if learner.chance.random() < FORGETS:
        # Done today, marked the next time, with today as its day.
        learner.to_mark.append((key, learner.today))
        learner.statuses[key] = Status.DONE
        return
    learner.mark(key, Status.DONE)
    yield from _after(learner, key)


def _after(learner: Learner, key: str) -> Script:
    """What follows a mark: evidence, perhaps a note, a day to come back, a submission."""
    stage, chance = learner.world.stage, learner.chance
    if learner.needs_review(key):
        yield from learner.show(key)
    if chance.random() < NOTES:
        yield stage.in_minutes(chance.uniform(1, 6))
        learner.write_note(key)
    if chance.random() < REVISITS:
        learner.revisit(key, learner.today + timedelta(days=chance.randrange(20, 75)))
    if learner.needs_review(key) and not learner.mentors:
        learner.to_submit.append(key)
    elif learner.needs_review(key) and (learner.story.finishes or chance.random() < SUBMITS):
        yield stage.in_minutes(chance.uniform(2, 12))
        learner.submit(key, _comment(learner))


def _comment(learner: Learner) -> str:
    return learner_texts.comment(learner.chance) if learner.chance.random() < COMMENTS else ""
