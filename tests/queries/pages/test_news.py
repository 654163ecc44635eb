"""News: what others did that concerns a person, each thing once, and never what they did themselves."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.progress import Status
from roadmap.domain.mentoring.submissions import Outcome, Review
from roadmap.domain.reports.links import Share
from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.operations.accounts.users import delete_user
from roadmap.operations.mentoring.messages import delete_message, set_message_aside
from roadmap.operations.reports.links import count_open, revoke_link
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import (
    DAY,
    HOUR,
    MINUTE,
    accept,
    ask,
    end,
    invite,
    mentor,
    mentor_of,
    returned,
    review,
    say,
    sign_off,
    submit,
    verified,
    withdraw,
)
from tests.support.news import look, news, news_items
from tests.support.outlines import add_roadmap, enroll, newer_sample, sample
from tests.support.sharing import share


@pytest.fixture(autouse=True)
def _look(learning: Learning, milo: User) -> None:
    """Lena and Milo know of their mentorship; an hour passed since."""
    look(learning, learning.person, milo)


def test_there_is_none_where_nobody_did_anything(learning: Learning, milo: User) -> None:
    learning.mark("first")
    assert (news(learning), news(learning, milo)) == ([], [])


def test_answers_are_news_with_what_needs_changes_first(learning: Learning, milo: User) -> None:
    returned(learning, milo)
    learning.at += MINUTE
    verified(learning, milo, "see")
    learning.mark("habit")
    sign_off(learning, milo, "habit")
    assert news(learning) == [
        "Milo requested changes on “First”",
        "Milo signed off on “Habit”",
        "Milo verified “See”",
    ]
    assert news(learning, milo) == []


def test_what_was_seen_is_no_news_again(learning: Learning, milo: User) -> None:
    verified(learning, milo)
    look(learning, learning.person)
    assert news(learning) == []
    verified(learning, milo, "see")
    assert news(learning) == ["Milo verified “See”"]


def test_only_the_answer_that_counts_is_news(learning: Learning, milo: User) -> None:
    submission = submit(learning)
    first = review(learning, submission, milo)
    learning.at += MINUTE
    review(learning, submission, milo, Outcome.RETURNED, replaces=first.public_id, reason="Too early.")
    assert news(learning) == ["Milo requested changes on “First”"]


def test_an_answer_that_replaces_one_that_was_seen_is_news(learning: Learning, milo: User) -> None:
    learning.mark("habit")
    sign_off(learning, milo, "habit")
    look(learning, learning.person)
    first = learning.session.scalars(select(Review)).one()
    review(learning, first.submission, milo, replaces=first.public_id, reason="Looked again.")
    assert news(learning) == ["Milo verified “Habit”"]


def test_undoing_a_mark_leaves_the_answer_news_and_redoing_adds_none(learning: Learning, milo: User) -> None:
    verified(learning, milo)
    change = learning.mark("first", Status.IN_PROGRESS)
    assert news(learning) == ["Milo verified “First”"]
    learning.undo(learning.undo(change))
    assert news(learning) == ["Milo verified “First”"]


def test_a_submission_is_in_the_queue_and_no_news(learning: Learning, milo: User) -> None:
    submit(learning)
    withdraw(learning)
    submit(learning)
    assert news(learning, milo) == []


def test_a_milestone_that_left_the_edition_leads_to_its_submission(learning: Learning, milo: User) -> None:
    submission = verified(learning, milo, "second")
    (item,) = news_items(learning)
    assert (item.milestone, item.enrollment) == ("second", learning.enrollment.public_id)
    learning.publish(newer_sample())
    learning.accept()
    (item,) = news_items(learning)
    assert (item.what, item.milestone, item.submission) == ("Second", None, submission.public_id)


def test_messages_are_news_once_for_each_milestone(learning: Learning, milo: User) -> None:
    ask(learning)
    ask(learning, text="And why?")
    ask(learning, "see")
    assert news(learning, milo) == ["Lena asked about “First”", "Lena asked about “See”"]
    learning.at += MINUTE
    say(learning, milo)
    say(learning, milo, text="That is why.")
    assert news(learning) == ["Milo sent you a message about “First”"]
    assert news(learning, milo) == ["Lena asked about “See”"]


def test_an_erased_message_and_one_set_aside_are_no_news(learning: Learning, milo: User) -> None:
    question, base = ask(learning), learning.enrollment.public_id
    answer = say(learning, mentor_of(learning, "Mina"), "see")
    set_message_aside(learning.session, base, question.public_id, by=milo, at=learning.at)
    delete_message(learning.session, base, answer.public_id, by=answer.author)
    assert (news(learning), news(learning, milo)) == ([], [])


def test_after_the_end_only_the_learner_hears_of_messages(learning: Learning, milo: User) -> None:
    ask(learning)
    say(learning, milo, "see")
    ask(learning)
    learning.at += MINUTE
    end(learning, milo, by=learning.person)
    assert news(learning, milo) == ["Your mentorship with Lena ended"]
    assert news(learning) == ["Milo sent you a message about “See”"]


def test_a_new_mentor_hears_of_no_earlier_question(learning: Learning, milo: User) -> None:
    ask(learning)
    learning.at += MINUTE
    mina = add_user(learning.session, "Mina")
    mentor(learning, mina, at=learning.at)
    assert news(learning, mina) == ["You’re now mentoring Lena"]


@pytest.mark.parametrize("has_other", [False, True])
def test_the_learner_hears_whether_work_waits_for_the_next_mentor(
    learning: Learning, milo: User, has_other: bool
) -> None:
    submit(learning)
    if has_other:
        mentor_of(learning, "Mina")
    end(learning, milo)
    assert news(learning, milo) == []
    sentence = "Your mentorship with Milo ended"
    waits = "; open submissions wait for your next mentor"
    assert news(learning)[0] == (sentence if has_other else sentence + waits)


def test_who_accepted_hears_nothing_and_who_invited_does(learning: Learning) -> None:
    nora = add_user(learning.session, "Nora")
    _, secret = invite(learning.session, learning.person, nora.email, at=learning.at)
    accept(learning.session, secret, nora, at=learning.at)
    assert news(learning, nora) == []
    assert news(learning) == ["Nora is now your mentor"]


def test_an_offer_is_news_while_it_is_open_at_a_confirmed_address(learning: Learning) -> None:
    nora = add_user(learning.session, "Nora")
    made, secret = invite(learning.session, learning.person, nora.email, at=learning.at)
    assert news(learning, nora) == []
    nora.email_confirmed_at = learning.at
    offer = "lena@example.org asked you to be their mentor; open the link in your email to answer"
    assert news(learning, nora) == [offer]
    learning.person.disabled_at = learning.at
    assert news(learning, nora) == []
    learning.person.disabled_at = None
    learning.at = made.expires_at
    assert news(learning, nora) == []
    learning.at -= DAY
    accept(learning.session, secret, nora, at=learning.at)
    assert news(learning, nora) == []


def test_a_newer_edition_is_news_until_it_is_accepted(learning: Learning) -> None:
    learning.publish(newer_sample())
    assert news(learning) == ["“Sample” has a new edition"]
    change = learning.accept()
    assert news(learning) == []
    learning.undo(change)
    assert news(learning) == ["“Sample” has a new edition"]


def test_of_several_newer_editions_the_newest_is_news(learning: Learning) -> None:
    learning.publish(newer_sample())
    learning.publish(replace(newer_sample(), summary="Better."))
    assert len(news(learning)) == 1


@pytest.mark.parametrize("reason", ["own", "archived"])
def test_an_edition_of_ones_own_or_for_an_archived_roadmap_is_no_news(
    learning: Learning, reason: str
) -> None:
    if reason == "own":
        roadmap = learning.session.get_one(Roadmap, learning.enrollment.roadmap_id)
        roadmap.author_id = learning.person.id
    else:
        learning.choose(state=EnrollmentState.ARCHIVED)
    learning.publish(newer_sample())
    assert news(learning) == []


def test_what_was_answered_before_archiving_stays_news(learning: Learning, milo: User) -> None:
    verified(learning, milo)
    learning.choose(state=EnrollmentState.ARCHIVED)
    assert news(learning) == ["Milo verified “First”"]


def test_a_link_is_news_when_it_is_opened_for_the_first_time(learning: Learning) -> None:
    link, opened = share(learning), "Your share link for “Sample” was opened for the first time"
    assert news(learning) == []
    for _ in range(2):
        count_open(learning.session, link.id, at=learning.at)
        assert news(learning) == [opened]
        learning.at += HOUR
    revoke_link(learning.session, Share, link.public_id, by=learning.person, at=learning.at)
    assert news(learning) == [opened]
    look(learning, learning.person)
    other = share(learning)
    count_open(learning.session, other.id, at=learning.at)
    assert news(learning) == [opened]


def test_a_deleted_account_leaves_no_name(learning: Learning, milo: User) -> None:
    verified(learning, milo)
    say(learning, milo)
    end(learning, milo)
    learning.session.flush()
    delete_user(learning.session, milo, by=None, at=learning.at)
    learning.session.expire_all()
    assert news(learning) == ["deleted account verified “First”"]


def test_nobody_reads_the_news_of_somebody_else(learning: Learning, milo: User) -> None:
    verified(learning, milo)
    ask(learning, "see")
    say(learning, milo)
    count_open(learning.session, share(learning).id, at=learning.at)
    learning.publish(newer_sample())
    assert len(news(learning)) == 4
    add_roadmap(learning.session, sample("other"))
    otto = add_user(learning.session, "Otto")
    enroll(learning.session, otto, "other")
    mina = mentor_of(replace(learning, person=otto), "Mina")
    look(learning, otto, mina, at=NOON)
    assert (news(learning, otto), news(learning, mina)) == ([], [])


def test_what_happens_later_than_now_waits(learning: Learning, milo: User) -> None:
    verified(learning, milo)
    learning.at -= MINUTE
    assert news(learning) == []


def test_looking_never_goes_back(learning: Learning, milo: User) -> None:
    verified(learning, milo)
    look(learning, learning.person)
    look(learning, learning.person, at=learning.at - DAY)
    assert news(learning) == []
