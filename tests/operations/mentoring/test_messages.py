"""The conversation of a learner and their mentors: who reads it, and what waits as a question."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Forbidden, Invalid, NotFound
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.mentoring.messages import MESSAGE_LENGTH, Message
from roadmap.operations.accounts.users import delete_user
from roadmap.operations.mentoring.messages import delete_message, set_message_aside
from roadmap.queries.mentoring.queues import filter_queue, queue_items
from roadmap.queries.pages.header import find_header
from roadmap.queries.pages.milestone import conversation_on
from tests.support.cast import add_user
from tests.support.learning import Learning
from tests.support.mentoring import HOUR, ask, end, mentor, mentor_of, say, submit


def texts(learning: Learning, reader: User, key: str = "first") -> list[str]:
    milestone_id = learning.session.scalars(select(Message.milestone_id)).first() or 0
    found = conversation_on(learning.session, learning.enrollment.id, milestone_id, seen_by=reader)
    return [message.text for message in found]


def questions(learning: Learning, reader: User) -> list[str]:
    items = queue_items(learning.session, seen_by=reader, at=learning.at)
    return [item.milestone for item in items if item.is_question]


def test_learner_and_mentor_read_both(learning: Learning, milo: User) -> None:
    ask(learning, text=" What does it mean?\r\nReally? ")
    learning.at += HOUR
    say(learning, milo)
    for reader in (learning.person, milo):
        assert texts(learning, reader) == ["What does it mean?\nReally?", "That it works."]


def test_a_question_waits_for_every_mentor_until_one_answers(learning: Learning, milo: User) -> None:
    mina = mentor_of(learning, "Mina")
    learning.at += HOUR
    ask(learning)
    ask(learning, "second")
    for reader in (milo, mina):
        assert questions(learning, reader) == ["first", "second"]
        assert find_header(learning.session, reader, at=learning.at).waiting == 2
    say(learning, mina)
    for reader in (milo, mina):
        assert questions(learning, reader) == ["second"]
    assert questions(learning, learning.person) == []


def test_a_question_can_be_set_aside_by_a_mentor_alone(learning: Learning, milo: User) -> None:
    question, base = ask(learning), learning.enrollment.public_id
    with pytest.raises(Forbidden):
        set_message_aside(learning.session, base, question.public_id, by=learning.person, at=learning.at)
    set_message_aside(learning.session, base, question.public_id, by=milo, at=learning.at)
    assert questions(learning, milo) == []
    assert texts(learning, milo) == ["What does it mean?"]


def test_questions_are_no_part_of_the_answer_times(learning: Learning, milo: User) -> None:
    ask(learning)
    learning.at += HOUR
    submit(learning, "second")
    queue = filter_queue(queue_items(learning.session, seen_by=milo, at=learning.at + HOUR))
    assert (queue.waiting, queue.waits) == (2, (HOUR,))
    assert [item.is_question for item in queue.items] == [True, False]


def test_after_the_mentorship_only_the_learner_reads_them(learning: Learning, milo: User) -> None:
    ask(learning)
    say(learning, milo)
    end(learning, milo)
    learning.at += timedelta(days=1)
    mina = add_user(learning.session, "Mina")
    for person in (milo, mina):
        mentor(learning, person, at=learning.at)
        assert texts(learning, person) == []
        assert questions(learning, person) == []
    assert len(texts(learning, learning.person)) == 2


def test_strangers_and_mentors_elsewhere_find_nothing(learning: Learning, milo: User) -> None:
    question = ask(learning)
    otto = add_user(learning.session, "Otto")
    assert texts(learning, otto) == []
    with pytest.raises(NotFound):
        say(learning, otto)
    with pytest.raises(NotFound):
        delete_message(learning.session, learning.enrollment.public_id, question.public_id, by=otto)


@pytest.mark.parametrize("text", ["", " \n", "x" * (MESSAGE_LENGTH + 1)])
def test_a_message_has_a_text_of_a_limited_length(learning: Learning, milo: User, text: str) -> None:
    with pytest.raises(Invalid):
        ask(learning, text=text)


def test_without_a_mentor_there_is_nobody_to_ask(learning: Learning) -> None:
    with pytest.raises(Invalid, match="mentor"):
        ask(learning)


def test_an_archived_roadmap_is_read_only(learning: Learning, milo: User) -> None:
    learning.choose(state=EnrollmentState.ARCHIVED)
    with pytest.raises(Forbidden):
        ask(learning)


def test_only_the_author_deletes_a_message(learning: Learning, milo: User) -> None:
    question, base = ask(learning), learning.enrollment.public_id
    with pytest.raises(Forbidden):
        delete_message(learning.session, base, question.public_id, by=milo)
    delete_message(learning.session, base, question.public_id, by=learning.person)
    assert texts(learning, learning.person) == questions(learning, milo) == []


def test_messages_go_with_the_account_of_their_author(learning: Learning, milo: User) -> None:
    ask(learning)
    say(learning, milo)
    delete_user(learning.session, milo, by=milo, at=learning.at)
    learning.session.flush()
    assert learning.session.scalars(select(Message.text)).all() == ["What does it mean?"]
