"""How everybody gets an account, signs in now and then, and what the newest one does on the first day."""

from datetime import datetime, timedelta
from random import Random

from roadmap.demos.lives import enroll, live
from roadmap.demos.mentors import Mentor
from roadmap.demos.people import ADMINISTRATOR, LEARNERS, MENTORS, Person
from roadmap.demos.stages import Script
from roadmap.demos.stories import BUILT_IN, LENGTH, STORIES, Story
from roadmap.demos.worlds import World
from roadmap.domain.progress import Status
from roadmap.operations.accounts import create_account
from roadmap.operations.sign_ins import begin_session

NEWCOMER = Story(
    "isabela", "first-steps", began=0, goal=6, pace=6, pathways=("practice", "nlp", "environment")
)
_AGENTS = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.5 Safari/605.1.15",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1",
)


def arrivals(world: World, password_hash: str) -> list[Script]:
    """The scripts of everybody, who join in time for their first roadmap."""
    first = world.stage.until - timedelta(weeks=LENGTH)
    scripts = [_join(world, ADMINISTRATOR, password_hash, first)]
    for place, mentor in enumerate(MENTORS, 1):
        scripts.append(_join(world, mentor, password_hash, first + timedelta(minutes=47 * place)))
    for person in LEARNERS[:-1]:
        began = max(story.began for story in STORIES if story.handle == person.handle)
        at = world.stage.until - timedelta(weeks=began, minutes=8)
        scripts.append(_join(world, person, password_hash, at))
    return [*scripts, _newcomer(world, password_hash)]


def _register(world: World, person: Person, password_hash: str) -> None:
    world.people[person.handle] = create_account(
        world.session,
        email=person.email,
        name=person.name,
        password_hash=password_hash,
        time_zone=person.zone,
        is_open=True,
        at=world.stage.now,
    )


def _join(world: World, person: Person, password_hash: str, at: datetime) -> Script:
    yield at
    _register(world, person, password_hash)
    if person in MENTORS:
        mentor = Mentor(world, person)
        world.stage.add(mentor.live(person))
        if person.handle == "amara":
            world.stage.add(mentor.answer_a_last_time())
            world.stage.add(mentor.hold_something())
    own = [story for story in STORIES if story.handle == person.handle]
    for story in own:
        world.stage.add(live(world, person, story))
    gone = min((s.first for each in own for s in each.spells if not s.last and not s.is_pause), default=0.0)
    world.stage.add(_visit(world, person, gone))


def _visit(world: World, person: Person, gone: float) -> Script:
    """Sign in on the first day and again whenever a session has run out."""
    chance = Random(f"visits of {person.handle}")
    while world.stage.now < world.stage.until - timedelta(weeks=gone):
        begin_session(
            world.session,
            by=world.people[person.handle],
            at=world.stage.now,
            is_remembered=chance.random() < 0.7,
            agent=chance.choice(_AGENTS),
            address=f"192.0.2.{chance.randrange(10, 250)}",
        )
        yield world.stage.in_minutes(60 * 24 * chance.uniform(13, 29))


def _newcomer(world: World, password_hash: str) -> Script:
    """Sign up, choose pathways, say what is known, begin, and invite a mentor who has not answered."""
    yield world.stage.until - timedelta(minutes=42)
    _register(world, LEARNERS[-1], password_hash)
    yield world.stage.in_minutes(2)
    learner = enroll(world, NEWCOMER)
    yield world.stage.in_minutes(5)
    learner.mark("use-version-control", Status.DONE, reason="From work, where we do this every day.")
    yield world.stage.in_minutes(1)
    learner.mark("write-tested-python", Status.IN_PROGRESS)
    yield world.stage.in_minutes(7)
    world.invite_mentor("isabela", "amara", BUILT_IN, answers_in=None)
