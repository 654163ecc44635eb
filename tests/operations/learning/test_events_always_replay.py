"""Whatever people do and in whatever order: stored is the fold, undo restores, and the past stays."""

from collections.abc import Sequence
from contextlib import suppress
from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.states import read_states
from roadmap.domain.errors import RuleError
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.events import Event, EventKind
from roadmap.domain.learning.evidence import Evidence
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, Status
from roadmap.domain.learning.replay import SETS, State, replay_events
from roadmap.domain.mentoring.submissions import Outcome, Review, SubmissionState
from roadmap.operations.learning.enrollments import outline_of
from tests.support import simulations
from tests.support.mentoring import submissions_in
from tests.support.outlines import sample
from tests.support.simulations import Simulation, Step, new_simulation

KEYS = [*sample().milestones, "third", "opening", "colour"]
ZONES = ["UTC", "Pacific/Honolulu", "Pacific/Auckland", "Europe/Berlin"]

keys = st.sampled_from(KEYS)
undos = st.builds(simulations.undo, st.integers(0, 4))


def steps_on(key: str) -> st.SearchStrategy[Step]:
    """What people may do with one milestone; marks come often."""
    days, reasons = st.none() | st.integers(-1, 9), st.sampled_from([None, "", "Why"])
    marks = st.builds(simulations.mark, st.just(key), st.sampled_from(Status), days, reasons)
    return st.one_of(
        *(marks, marks, marks),
        st.builds(simulations.revisit, st.just(key), st.none() | st.integers(-1, 5)),
        st.builds(simulations.write, st.just(key), st.sampled_from(["", "One", "Two"])),
        st.sampled_from([each(key) for each in (simulations.show, simulations.take_away)]),
        st.sampled_from([each(key) for each in (simulations.submit, simulations.take_back)]),
        st.builds(simulations.answer, st.sampled_from(Outcome)),
        st.sampled_from([simulations.sign_off(key), simulations.ask(key)]),
    )


# Several steps on one milestone in a row, so that they meet each other.
rows = keys.flatmap(
    lambda key: st.lists(st.one_of(steps_on(key), undos, undos, undos), min_size=2, max_size=6)
)
elsewhere = st.one_of(
    st.builds(simulations.pass_days, st.integers(0, 3)),
    st.builds(simulations.travel, st.sampled_from(ZONES)),
    st.builds(simulations.know, st.lists(keys, max_size=3)),
    st.builds(
        simulations.choose, st.sets(st.sampled_from(["seer", "reader"])), st.sampled_from(EnrollmentState)
    ),
    st.sampled_from([simulations.publish, simulations.rename, simulations.accept]),
    undos,
)
# A milestone that is handed in, and what may become of that.
handed_in = keys.flatmap(
    lambda key: st.lists(
        st.one_of(
            st.builds(simulations.answer, st.sampled_from(Outcome)),
            st.builds(simulations.revise, st.sampled_from(Outcome)),
            st.sampled_from([simulations.submit(key), simulations.take_back(key), simulations.sign_off(key)]),
            st.builds(simulations.mark, st.just(key), st.sampled_from(Status), st.none(), st.none()),
            undos,
        ),
        max_size=5,
    ).map(lambda more: [simulations.mark(key, Status.DONE, None, None), simulations.submit(key), *more])
)
# Both milestones that the renaming edition makes one, and what becomes of their submissions.
merged = st.permutations(["red", "green"]).flatmap(
    lambda keys: st.lists(
        st.one_of(
            st.sampled_from([simulations.show(keys[0]), simulations.ask(keys[1])]),
            st.builds(simulations.answer, st.sampled_from(Outcome)),
            st.builds(simulations.mark, st.sampled_from(keys), st.sampled_from(Status), st.none(), st.none()),
            st.sampled_from([simulations.take_back(keys[0]), simulations.sign_off(keys[1])]),
        ),
        max_size=3,
    ).map(
        lambda more: [
            *(simulations.mark(key, Status.DONE, None, None) for key in keys),
            *map(simulations.submit, keys),
            *more,
            simulations.rename,
            simulations.accept,
            *more,
            *(simulations.undo(each) for each in (0, 1, 0)),
        ]
    )
)
days = st.lists(rows | handed_in | merged | elsewhere.map(lambda step: [step]), min_size=2, max_size=12)


LONG = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.mark.slow
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@LONG
@given(days)
def test_stored_is_the_fold_undo_restores_verified_stays_below_claimed_and_the_past_stays(
    session: Session, taken: list[list[Step]]
) -> None:
    follow(session, taken)


@pytest.mark.slow
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@settings(LONG, max_examples=LONG.max_examples // 4)
@given(days)
def test_that_is_so_on_postgresql_in_a_quarter_of_the_examples(
    session: Session, taken: list[list[Step]]
) -> None:
    follow(session, taken)


def follow(session: Session, taken: list[list[Step]]) -> None:
    """Take the steps and look at what is stored after each."""
    simulation = new_simulation(session)
    for step in chain.from_iterable(taken):
        with suppress(RuleError), session.begin_nested():
            step(simulation)
        look(simulation)
    assert_past_stays(simulation)


def look(simulation: Simulation) -> None:
    """Compare what is stored with the fold, and keep what is on record at the end of this day."""
    simulation.session.flush()
    simulation.session.expire(simulation.enrollment)
    events, enrollment = simulation.events(), simulation.enrollment
    state = replay_events(events)
    assert (state.edition_id, state.settings) == (enrollment.edition_id, enrollment.settings)
    assert touched(state.states) == touched(stored_states(simulation))
    assert state.evidence == stored_evidence(simulation)
    assert_in_edition(simulation)
    assert waiting(simulation) == [
        each for each, value in sorted(state.states.items()) if value.verification == "submitted"
    ]
    assert all(may_wait(simulation, state, each) for each in waiting(simulation))
    assert [event.number for event in events] == list(range(1, enrollment.last_number + 1))
    measured = simulation.numbers(state)
    assert measured.verified.done <= measured.claimed.done <= measured.claimed.total
    simulation.recorded[events[-1].recorded_on] = (state, measured)
    if events[-1].change not in simulation.around:
        assert_undo_restores(simulation, events, state)
        simulation.around[events[-1].change] = (simulation.state, state)
    simulation.state = state


def touched(states: dict[int, MilestoneState]) -> dict[int, MilestoneState]:
    return {key: value for key, value in states.items() if value != UNTOUCHED}


def stored_states(simulation: Simulation) -> dict[int, MilestoneState]:
    return read_states(simulation.session, [simulation.enrollment.id])[simulation.enrollment.id]


def stored_evidence(simulation: Simulation) -> dict[int, int | None]:
    query = select(Evidence.id, Evidence.revision_id).where(
        Evidence.enrollment_id == simulation.enrollment.id
    )
    return dict(simulation.session.execute(query).all())


def waiting(simulation: Simulation) -> list[int]:
    """The milestones with an open submission, after a check that exactly the answered ones have a review."""
    rounds = submissions_in(simulation.session, simulation.enrollment)
    reviewed = set(simulation.session.scalars(select(Review.submission_id)))
    for each in rounds:
        simulation.session.refresh(each)
        assert (each.state is SubmissionState.ANSWERED) == (each.id in reviewed)
    return sorted(each.milestone_id for each in rounds if each.state is SubmissionState.OPEN)


def assert_in_edition(simulation: Simulation) -> None:
    """No message and no submission is on a milestone that was merged into another."""
    merged = outline_of(simulation.session, simulation.enrollment).merged
    assert not any(each.milestone_id in merged for each in simulation.messages())
    assert not any(
        each.milestone_id in merged for each in submissions_in(simulation.session, simulation.enrollment)
    )


def may_wait(simulation: Simulation, state: State, milestone_id: int) -> bool:
    """Only what is done waits, and only in an edition that has it."""
    is_there = milestone_id in outline_of(simulation.session, simulation.enrollment).keys
    return is_there and state.states[milestone_id].status is Status.DONE


def assert_undo_restores(simulation: Simulation, events: Sequence[Event], state: State) -> None:
    """An undo finds each thing as its change left it, and leaves it as the change found it."""
    undone = events[-1].undoes
    if undone is None:
        return
    before, after = simulation.around[undone]
    for event in events:
        if event.change == undone:
            assert value_in(simulation.state, event) == value_in(after, event)
            assert value_in(state, event) == value_in(before, event)


def value_in(state: State, event: Event) -> object:
    """What the thing that the event touches is in this state."""
    if event.kind in SETS:
        milestone_state = state.states.get(event.milestone_id or 0, UNTOUCHED)
        return [getattr(milestone_state, column) for column in SETS[event.kind]]
    if event.kind is EventKind.SUBMISSION_MOVED:
        return None
    if event.kind is EventKind.EVIDENCE_SET:
        return state.evidence.get(event.evidence_id or 0)
    return state.settings if event.kind is EventKind.SETTINGS_SET else state.edition_id


def assert_past_stays(simulation: Simulation) -> None:
    """What was on record at the end of a day is still what the events say of that day."""
    events = simulation.events()
    for day, (state, measured) in simulation.recorded.items():
        replayed = replay_events(event for event in events if event.recorded_on <= day)
        assert replayed == state
        assert simulation.numbers(replayed) == measured
