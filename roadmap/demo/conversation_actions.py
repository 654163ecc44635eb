"""What learners and mentors of the demo write to each other about a milestone."""

from collections.abc import Callable

from roadmap.demo.steps import Step
from roadmap.operations.mentoring.messages import write_message


def write(step: Step) -> None:
    """Write the message of this entry."""
    public_id = step.enrollment.public_id
    write_message(step.session, public_id, step.milestone, step.value, by=step.by, at=step.at)


CONVERSATION_ACTIONS: dict[str, Callable[[Step], None]] = {"ask": write, "answer": write}
