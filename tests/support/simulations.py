"""A learner and her mentor over many days: each step anybody may take, as one function of the simulation."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.editions import stored_outline
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.numbers import Numbers, measure
from roadmap.domain.learning.progress import Status
from roadmap.domain.learning.replay import State, replay_events
from roadmap.domain.mentoring.submissions import Outcome, Review, Submission, SubmissionState
from roadmap.operations.learning.enrollments import outline_of
from tests.support import mentoring
from tests.support.cast import add_user
from tests.support.learning import Learning
from tests.support.mentoring import mentor_of, review, submit_as_is, withdraw
from tests.support.outlines import add_roadmap, enroll, renaming_sample, sample

made = count()


@dataclass
class Simulation(Learning):
    """Lena, Milo, a clock that only moves on, and all that was on record before."""

    milo: User = None
    state: State = field(default_factory=State)
    around: dict[int, tuple[State, State]] = field(default_factory=dict)
    """The state before and after each change, by its number."""
    recorded: dict[date, tuple[State, Numbers]] = field(default_factory=dict)
    """What was on record at the end of each day."""

    def numbers(self, state: State) -> Numbers:
        stored = stored_outline(self.session, state.edition_id)
        marks = {stored.keys[each]: value for each, value in state.states.items() if each in stored.keys}
        assert state.settings is not None
        return measure(stored.plan_for(state.settings.pathways), marks)


Step = Callable[[Simulation], object]


def new_simulation(session: Session) -> Simulation:
    """Lena has just started a roadmap of her own, and Milo mentors her."""
    number = next(made)
    lena = add_user(session, email=f"lena{number}@example.org")
    roadmap = add_roadmap(session, sample(f"sample-{number}"))
    simulation = Simulation(session, lena, enroll(session, lena, roadmap.slug, pathways=["seer"]))
    simulation.milo = mentor_of(simulation, f"Milo{number}")
    simulation.state = replay_events(simulation.events())
    simulation.around[1] = (State(), simulation.state)
    return simulation


def pass_days(days: int) -> Step:
    return lambda simulation: setattr(simulation, "at", simulation.at + timedelta(days=days, hours=5))


def travel(zone: str) -> Step:
    return lambda simulation: setattr(simulation.person, "time_zone", zone)


def mark(key: str, status: Status, days_ago: int | None, reason: str | None) -> Step:
    def step(simulation: Simulation) -> None:
        day = None if days_ago is None else simulation.at.date() - timedelta(days=days_ago)
        simulation.mark(key, status, occurred_on=day, reason=reason)

    return step


def know(keys: list[str]) -> Step:
    return lambda simulation: simulation.know(*keys)


def revisit(key: str, days: int | None) -> Step:
    return lambda simulation: simulation.revisit(
        key, None if days is None else simulation.at.date() + timedelta(days=days)
    )


def write(key: str, text: str) -> Step:
    return lambda simulation: simulation.note(key, text)


def show(key: str) -> Step:
    return lambda simulation: simulation.show(key)


def take_away(key: str) -> Step:
    def step(simulation: Simulation) -> None:
        if key in outline_of(simulation.session, simulation.enrollment).ids:
            for piece in simulation.pieces(key)[:1]:
                simulation.withdraw(key, piece)

    return step


def choose(pathways: set[str], state: EnrollmentState) -> Step:
    return lambda simulation: simulation.choose(pathways=tuple(sorted(pathways)), state=state)


def publish(simulation: Simulation) -> None:
    simulation.publish()


def rename(simulation: Simulation) -> None:
    simulation.publish(renaming_sample())


def ask(key: str) -> Step:
    """Lena writes a message."""
    return lambda simulation: mentoring.ask(simulation, key)


def accept(simulation: Simulation) -> None:
    simulation.accept()


def submit(key: str) -> Step:
    return lambda simulation: submit_as_is(simulation, key)


def take_back(key: str) -> Step:
    return lambda simulation: withdraw(simulation, key)


def answer(outcome: Outcome) -> Step:
    """Milo answers what has waited longest."""

    def step(simulation: Simulation) -> None:
        waiting = select(Submission).where(
            Submission.enrollment_id == simulation.enrollment.id, Submission.state == SubmissionState.OPEN
        )
        first = simulation.session.scalars(waiting.order_by(Submission.id)).first()
        if first is not None:
            review(simulation, first, simulation.milo, outcome)

    return step


def sign_off(key: str) -> Step:
    """Milo verifies it in person."""
    return lambda simulation: mentoring.sign_off(simulation, simulation.milo, key)


def revise(outcome: Outcome) -> Step:
    """Milo replaces his last answer."""

    def step(simulation: Simulation) -> None:
        last = select(Review).where(Review.reviewer_id == simulation.milo.id).order_by(Review.id.desc())
        old = simulation.session.scalars(last).first()
        if old is not None:
            work = simulation.session.get_one(Submission, old.submission_id)
            review(simulation, work, simulation.milo, outcome, replaces=old.public_id, reason="Why")

    return step


def undo(back: int) -> Step:
    """Lena takes the change of a recent event back."""
    return lambda simulation: simulation.undo(max(1, simulation.enrollment.last_number - back))
