"""Mentorships: one roadmap or all, ended by either side at once, with everything that hung on them."""

from collections.abc import Callable

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import Audit, AuditKind
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Invalid, NotFound, StaleText
from roadmap.domain.learning.progress import NOTE_LENGTH
from roadmap.domain.mentoring.mentorships import Mentorship, enrollments_seen_by
from roadmap.domain.mentoring.submissions import SubmissionState, submissions_seen_by
from roadmap.operations.mentoring.mentorships import end_mentorship, mark_seen, set_mentor_note
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.queries.mentoring.mentees import mentees_of
from roadmap.queries.mentoring.submissions import find_submission_page
from roadmap.queries.pages.header import find_header
from roadmap.queries.pages.mentee import find_mentee_page
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import claim, end, holder, mentor, mentor_of, review, submit, submit_as_is
from tests.support.outlines import add_roadmap, enroll, sample


def only(session: Session) -> Mentorship:
    return session.scalars(select(Mentorship).where(Mentorship.ended_at.is_(None))).one()


def seen(learning: Learning, person: User) -> list[str]:
    found = learning.session.scalars(enrollments_seen_by(person)).all()
    return [each.public_id for each in found]


def test_a_mentor_sees_what_they_mentor(learning: Learning, milo: User) -> None:
    assert seen(learning, milo) == [learning.enrollment.public_id]
    assert seen(learning, add_user(learning.session, "Otto")) == []


def test_a_mentorship_for_one_roadmap_does_not_show_another(learning: Learning) -> None:
    add_roadmap(learning.session, sample("other"))
    other = enroll(learning.session, learning.person, "other")
    milo = mentor_of(learning, slug="other")
    mentor_of(learning, "Mina", "sample")
    work = submit(learning)
    assert seen(learning, milo) == [other.public_id]
    assert learning.session.scalars(submissions_seen_by(milo)).all() == []
    with pytest.raises(NotFound):
        find_submission_page(learning.session, work.public_id, seen_by=milo, at=NOON)


def test_a_mentor_of_one_learner_sees_no_other(learning: Learning, milo: User) -> None:
    otto = add_user(learning.session, "Otto")
    enroll(learning.session, otto)
    assert seen(learning, milo) == [learning.enrollment.public_id]


def ask_everything(learning: Learning, milo: User, mentorship: str, work: str) -> list[Callable[[], object]]:
    session, at = learning.session, learning.at
    public_id = learning.enrollment.public_id
    return [
        lambda: find_enrollment(session, public_id, seen_by=milo, at=at),
        lambda: find_mentee_page(session, mentorship, seen_by=milo, at=at),
        lambda: find_submission_page(session, work, seen_by=milo, at=at),
        lambda: mark_seen(session, mentorship, by=milo, at=at),
        lambda: set_mentor_note(session, mentorship, "Text", version=0, by=milo),
        lambda: end_mentorship(session, mentorship, by=milo, at=at),
    ]


@pytest.mark.parametrize("by_learner", [True, False])
def test_when_it_ends_everything_is_not_found_at_once(
    learning: Learning, milo: User, by_learner: bool
) -> None:
    work, mentorship = submit(learning), only(learning.session).public_id
    asked = ask_everything(learning, milo, mentorship, work.public_id)
    for ask in asked[:-1]:
        ask()
    end(learning, milo, by=learning.person if by_learner else milo)
    for ask in asked:
        with pytest.raises(NotFound):
            ask()
    assert (
        mentees_of(learning.session, seen_by=milo, at=NOON),
        find_header(learning.session, milo, at=learning.at).waiting,
    ) == (
        [],
        0,
    )


def test_when_it_ends_open_work_waits_for_the_next_mentor(learning: Learning, milo: User) -> None:
    work = submit(learning)
    claim(learning, work, milo)
    end(learning, milo, by=learning.person)
    assert (work.state, holder(learning, work)) == (SubmissionState.OPEN, None)
    mina = mentor_of(learning, "Mina")
    assert find_header(learning.session, mina, at=learning.at).waiting == 1
    review(learning, work, mina)


def test_claims_that_another_mentorship_covers_stay(learning: Learning) -> None:
    milo = mentor_of(learning, slug="sample")
    wide = mentor(learning, milo)
    work = submit(learning)
    claim(learning, work, milo)
    end_mentorship(learning.session, wide.public_id, by=milo, at=NOON)
    assert holder(learning, work) == milo.id
    end(learning, milo)
    assert holder(learning, work) is None


def test_claims_on_the_work_of_others_stay(learning: Learning, milo: User) -> None:
    otto = add_user(learning.session, "Otto")
    theirs = Learning(learning.session, otto, enroll(learning.session, otto))
    mentor(theirs, milo)
    work = submit(theirs)
    claim(theirs, work, milo)
    end(learning, milo)
    assert holder(theirs, work) == milo.id


def test_history_keeps_who_mentored_whom_and_when(learning: Learning, milo: User) -> None:
    mentorship = only(learning.session)
    end(learning, milo, by=learning.person)
    assert (mentorship.mentor_id, mentorship.started_at) == (milo.id, NOON)
    assert (mentorship.ended_at, mentorship.ended_by_id) == (NOON, learning.person.id)
    entry = learning.session.scalars(select(Audit).order_by(Audit.id.desc())).first()
    assert entry is not None
    assert (entry.kind, entry.subject_id) == (AuditKind.MENTORSHIP_ENDED, milo.id)


def test_an_administrator_ends_it_and_a_stranger_does_not(learning: Learning, milo: User) -> None:
    session, mentorship = learning.session, only(learning.session)
    with pytest.raises(NotFound):
        end_mentorship(session, mentorship.public_id, by=add_user(session, "Otto"), at=NOON)
    assert mentorship.ended_at is None
    ada = add_user(session, "Ada", is_admin=True)
    end_mentorship(session, mentorship.public_id, by=ada, at=NOON)
    assert mentorship.ended_at == NOON


def test_it_ends_once(learning: Learning, milo: User) -> None:
    public_id = only(learning.session).public_id
    end(learning, milo)
    ada = add_user(learning.session, "Ada", is_admin=True)
    for person in (milo, learning.person, ada):
        with pytest.raises(NotFound):
            end_mentorship(learning.session, public_id, by=person, at=NOON)


def test_it_can_begin_again(learning: Learning, milo: User) -> None:
    end(learning, milo)
    mentor(learning, milo)
    assert seen(learning, milo) == [learning.enrollment.public_id]
    learning.mark("first")
    submit_as_is(learning)


def test_the_database_knows_no_self_mentoring_and_no_twins(learning: Learning, milo: User) -> None:
    columns = {"public_id": "x", "started_at": NOON, "note": "", "note_version": 0, "mentor_id": milo.id}
    for learner in (milo, learning.person):
        with pytest.raises(IntegrityError), learning.session.begin_nested():
            learning.session.execute(insert(Mentorship), [{**columns, "learner_id": learner.id}])


def test_a_private_note_is_kept_until_the_end(learning: Learning, milo: User) -> None:
    mentorship = only(learning.session)
    set_mentor_note(learning.session, mentorship.public_id, " Slow,\r\nbut steady ", version=0, by=milo)
    assert (mentorship.note, mentorship.note_version) == ("Slow,\nbut steady", 1)
    end(learning, milo)
    assert mentorship.note == ""


def test_a_note_changed_meanwhile_keeps_both_texts(learning: Learning, milo: User) -> None:
    public_id = only(learning.session).public_id
    set_mentor_note(learning.session, public_id, "One", version=0, by=milo)
    with pytest.raises(StaleText) as stale:
        set_mentor_note(learning.session, public_id, "Two", version=0, by=milo)
    assert (stale.value.current, stale.value.version) == ("One", 1)
    with pytest.raises(Invalid):
        set_mentor_note(learning.session, public_id, "x" * (NOTE_LENGTH + 1), version=1, by=milo)


def test_the_learner_does_not_keep_the_mentors_note(learning: Learning, milo: User) -> None:
    public_id = only(learning.session).public_id
    with pytest.raises(NotFound):
        set_mentor_note(learning.session, public_id, "Text", version=0, by=learning.person)
    with pytest.raises(NotFound):
        mark_seen(learning.session, public_id, by=learning.person, at=NOON)
