"""Whatever people do and in whatever order: what is stored equals the fold of the events."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.enrollments import Enrollment, EnrollmentState, Settings
from roadmap.domain.errors import Refusal
from roadmap.domain.events import Event
from roadmap.domain.evidence import Evidence
from roadmap.domain.folds import State, fold, fold_as_of
from roadmap.domain.numbers import Numbers, measure
from roadmap.domain.progress import STANDING_COLUMNS, UNTOUCHED, Progress, Standing, Status
from roadmap.domain.roadmaps import Roadmap
from roadmap.operations.changes import undo_change
from roadmap.operations.editions import publish_edition
from roadmap.operations.enrollments import accept_edition, change_settings
from roadmap.operations.evidence import EvidenceDraft, add_evidence, withdraw_evidence
from roadmap.operations.notes import set_note
from roadmap.operations.progress import mark_known, set_progress, set_revisit
from roadmap.outlines import stored_outline
from tests.cast import NOON, add_user
from tests.outlines import add_roadmap, enroll, newer_sample, sample

KEYS = [*sample().milestones, "third"]
ZONES = ["UTC", "Pacific/Honolulu", "Pacific/Auckland", "Europe/Berlin"]
numbers_made = count()


@dataclass
class World:
    """One learner with one enrollment, and a clock that only moves on."""

    session: Session
    enrollment: Enrollment
    roadmap: Roadmap
    at: datetime = NOON
    recorded: dict[date, tuple[State, Numbers]] = field(default_factory=dict)

    def events(self) -> Sequence[Event]:
        query = select(Event).where(Event.enrollment_id == self.enrollment.id).order_by(Event.number)
        return self.session.scalars(query).all()

    def numbers(self, state: State) -> Numbers:
        stored = stored_outline(self.session, state.edition_id)
        marks = {stored.keys[each]: value for each, value in state.standings.items() if each in stored.keys}
        assert state.settings is not None
        return measure(stored.plan_for(state.settings.pathways), marks)


Step = Callable[[World], object]


def tomorrow(days: int) -> Step:
    return lambda world: setattr(world, "at", world.at + timedelta(days=days, hours=5))


def travel(zone: str) -> Step:
    return lambda world: setattr(world.enrollment.user, "time_zone", zone)


def mark(key: str, status: Status, days_ago: int | None, reason: str | None) -> Step:
    def step(world: World) -> None:
        day = None if days_ago is None else world.at.date() - timedelta(days=days_ago)
        who = world.enrollment.user
        set_progress(
            world.session, world.enrollment, key, status, by=who, at=world.at, occurred_on=day, reason=reason
        )

    return step


def know(keys: list[str]) -> Step:
    return lambda world: mark_known(
        world.session, world.enrollment, keys, by=world.enrollment.user, at=world.at
    )


def revisit(key: str, days: int | None) -> Step:
    def step(world: World) -> None:
        day = None if days is None else world.at.date() + timedelta(days=days)
        set_revisit(world.session, world.enrollment, key, day, by=world.enrollment.user, at=world.at)

    return step


def write(key: str, text: str) -> Step:
    def step(world: World) -> None:
        query = select(Progress.note_id).where(
            Progress.enrollment_id == world.enrollment.id,
            Progress.milestone_id == stored_outline(world.session, world.enrollment.edition_id).ids.get(key),
        )
        version = world.session.scalar(query) or 0
        set_note(
            world.session, world.enrollment, key, text, version=version, by=world.enrollment.user, at=world.at
        )

    return step


def show(key: str) -> Step:
    draft = EvidenceDraft("A repository", url="https://example.org/work")
    return lambda world: add_evidence(
        world.session, world.enrollment, key, draft, by=world.enrollment.user, at=world.at
    )


def take_away(place: int) -> Step:
    def step(world: World) -> None:
        pieces = world.session.scalars(
            select(Evidence).where(Evidence.enrollment_id == world.enrollment.id)
        ).all()
        if pieces:
            chosen = pieces[place % len(pieces)]
            keys = stored_outline(world.session, world.enrollment.edition_id).keys
            key = keys.get(chosen.milestone_id, "gone")
            who = world.enrollment.user
            withdraw_evidence(world.session, world.enrollment, key, chosen.public_id, by=who, at=world.at)

    return step


def choose(pathways: set[str], hours: float, state: EnrollmentState) -> Step:
    def step(world: World) -> None:
        wanted = Settings(tuple(sorted(pathways)), hours, None, state)
        change_settings(world.session, world.enrollment, wanted, by=world.enrollment.user, at=world.at)

    return step


def publish(world: World) -> None:
    publish_edition(world.session, world.roadmap, newer_sample(world.roadmap.slug), at=world.at)


def accept(world: World) -> None:
    accept_edition(world.session, world.enrollment, None, by=world.enrollment.user, at=world.at)


def undo(back: int) -> Step:
    def step(world: World) -> None:
        number = max(1, world.enrollment.last_number - back)
        undo_change(world.session, world.enrollment, number, by=world.enrollment.user, at=world.at)

    return step


keys = st.sampled_from(KEYS)
steps = st.one_of(
    st.builds(tomorrow, st.integers(0, 3)),
    st.builds(travel, st.sampled_from(ZONES)),
    st.builds(
        mark,
        keys,
        st.sampled_from(Status),
        st.none() | st.integers(-1, 9),
        st.sampled_from([None, "", "Why"]),
    ),
    st.builds(know, st.lists(keys, max_size=3)),
    st.builds(revisit, keys, st.none() | st.integers(-1, 5)),
    st.builds(write, keys, st.sampled_from(["", "One", "Two"])),
    st.builds(show, keys),
    st.builds(take_away, st.integers(0, 3)),
    st.builds(
        choose, st.sets(st.sampled_from(["seer", "reader"])), st.just(4.0), st.sampled_from(EnrollmentState)
    ),
    st.just(publish),
    st.just(accept),
    st.builds(undo, st.integers(0, 4)),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(steps, min_size=1, max_size=25))
def test_stored_is_the_fold_verified_stays_below_claimed_and_the_past_stays(
    session: Session, taken: list[Step]
) -> None:
    world = new_world(session)
    for step in taken:
        with suppress(Refusal), session.begin_nested():
            step(world)
        look(world)
    assert_past_stays(world)


def new_world(session: Session) -> World:
    number = next(numbers_made)
    lena = add_user(session, email=f"lena{number}@example.org")
    roadmap = add_roadmap(session, sample(f"sample-{number}"))
    return World(session, enroll(session, lena, roadmap.slug, pathways=["seer"]), roadmap)


def look(world: World) -> None:
    """Compare what is stored with the fold, and keep what is on record at the end of this day."""
    world.session.flush()
    world.session.expire(world.enrollment)
    events, enrollment = world.events(), world.enrollment
    state = fold(events)
    assert (state.edition_id, state.settings) == (enrollment.edition_id, enrollment.settings)
    assert {key: value for key, value in state.standings.items() if value != UNTOUCHED} == stored_standings(
        world
    )
    assert state.evidence == stored_evidence(world)
    assert [event.number for event in events] == list(range(1, enrollment.last_number + 1))
    measured = world.numbers(state)
    assert measured.verified.done <= measured.claimed.done <= measured.claimed.total
    world.recorded[events[-1].recorded_on] = (state, measured)


def stored_standings(world: World) -> dict[int, Standing]:
    query = select(Progress.milestone_id, *STANDING_COLUMNS).where(
        Progress.enrollment_id == world.enrollment.id
    )
    rows = {row[0]: Standing(*row[1:]) for row in world.session.execute(query)}
    return {key: value for key, value in rows.items() if value != UNTOUCHED}


def stored_evidence(world: World) -> dict[int, int | None]:
    query = select(Evidence.id, Evidence.revision_id).where(Evidence.enrollment_id == world.enrollment.id)
    return dict(world.session.execute(query).all())


def assert_past_stays(world: World) -> None:
    """What was on record at the end of a day is still what the events say of that day."""
    events = world.events()
    for day, (state, measured) in world.recorded.items():
        assert fold_as_of(events, day) == state
        assert world.numbers(fold_as_of(events, day)) == measured
