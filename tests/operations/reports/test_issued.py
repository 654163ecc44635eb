"""Reports are frozen and withdrawn by those who may, once, and go only with their learner."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import Audit, AuditKind
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, Forbidden, NotFound, TooMany
from roadmap.domain.reports.issued import IssuedReport
from roadmap.domain.reports.rows import Listed
from roadmap.operations.accounts.users import delete_user
from roadmap.operations.reports.issued import MAX_PER_DAY, disclose_report
from tests.support.cast import NOON, add_user
from tests.support.frozen_reports import drafted, issue, withdraw
from tests.support.learning import TODAY, Learning
from tests.support.mentoring import DAY, MINUTE, end

DISCLOSED, ENDED = AuditKind.REPORT_DISCLOSED, AuditKind.REPORT_DISCLOSURE_ENDED
KINDS = (AuditKind.REPORT_ISSUED, AuditKind.REPORT_WITHDRAWN, DISCLOSED, ENDED)


def issued_in(session: Session) -> list[IssuedReport]:
    return list(session.scalars(select(IssuedReport).order_by(IssuedReport.id)))


def audits(session: Session) -> list[tuple[AuditKind, int | None, int | None]]:
    found = session.scalars(select(Audit).where(Audit.kind.in_(KINDS)).order_by(Audit.id))
    return [(each.kind, each.actor_id, each.subject_id) for each in found]


def test_a_report_keeps_its_files_and_its_days(learning: Learning) -> None:
    learning.at = NOON + DAY
    freezing = drafted(learning, learning.person, learning.at, as_of=TODAY)
    issued = freezing.issue(learning.session, learning.person)
    assert (issued.as_of, issued.issued_on, issued.withdrawn_at) == (TODAY, TODAY + DAY, None)
    assert (issued.json, issued.pdf) == (freezing.files.json, freezing.files.pdf)
    assert freezing.draft.seal.identifier.encode() in issued.json


def test_later_marks_change_nothing_of_it(learning: Learning) -> None:
    issued = issue(learning)
    before = issued.json
    learning.mark("first")
    learning.session.expire_all()
    assert issued.json == before


def test_the_learners_name_is_in_it_and_the_mentors_only_where_names_are_shown(
    learning: Learning, milo: User
) -> None:
    shown = drafted(learning, milo, NOON).draft.seal
    hidden = drafted(learning, milo, NOON, shows_names=False).draft.seal
    own = drafted(learning, learning.person, NOON, shows_names=False).draft.seal
    assert (shown.issued_by, hidden.issued_by, own.issued_by) == ("Milo", None, "Lena")


def test_a_mentor_may_freeze_the_report_of_a_mentee(learning: Learning, milo: User) -> None:
    assert issue(learning, milo).issuer_id == milo.id


def test_a_stranger_and_a_former_mentor_find_nothing(learning: Learning, milo: User) -> None:
    otto, issued = add_user(learning.session, "Otto"), issue(learning, milo)
    freezing = drafted(learning, learning.person, NOON)
    end(learning, milo)
    for person in (otto, milo):
        with pytest.raises(NotFound):
            freezing.issue(learning.session, person)
        with pytest.raises(NotFound):
            withdraw(learning, issued, person)


def test_a_mentor_withdraws_only_what_they_issued(learning: Learning, milo: User) -> None:
    with pytest.raises(Forbidden):
        withdraw(learning, issue(learning), milo)
    assert withdraw(learning, issue(learning, milo), milo).withdrawn_at == NOON


def test_the_learner_withdraws_any(learning: Learning, milo: User) -> None:
    assert withdraw(learning, issue(learning, milo)).withdrawn_at == NOON


def test_it_is_withdrawn_once(learning: Learning) -> None:
    issued = withdraw(learning, issue(learning))
    learning.at = NOON + DAY
    with pytest.raises(Conflict, match="already"):
        withdraw(learning, issued)
    assert issued.withdrawn_at == NOON


def test_both_are_in_the_audit_log(learning: Learning, milo: User) -> None:
    withdraw(learning, issue(learning, milo))
    lena = learning.person.id
    assert audits(learning.session) == [(KINDS[0], milo.id, lena), (KINDS[1], lena, lena)]


def test_pressed_twice_it_is_issued_once(learning: Learning) -> None:
    first = issue(learning)
    assert issue(learning, at=NOON + MINUTE / 2).code == first.code
    assert len(audits(learning.session)) == 1


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("later", "more"),
    [
        (0, {"as_of": TODAY}),
        (0, {"shows_names": False}),
        (0, {"shows_evidence": False}),
        (0, {"is_disclosed": True}),
        (1, {}),
    ],
)
def test_another_question_is_another_report(learning: Learning, later: int, more: dict[str, object]) -> None:
    learning.at = NOON + DAY
    issue(learning)
    issue(learning, at=learning.at + later * MINUTE, **more)
    assert len(issued_in(learning.session)) == 2


def test_after_a_change_or_a_withdrawal_it_is_another_report(learning: Learning) -> None:
    issue(learning)
    learning.at = NOON + MINUTE / 4
    learning.mark("first")
    withdraw(learning, issue(learning, at=NOON + MINUTE / 2))
    issue(learning, at=NOON + MINUTE / 2)
    assert len(issued_in(learning.session)) == 3


def test_a_day_has_room_for_twenty(learning: Learning) -> None:
    for number in range(MAX_PER_DAY):
        issue(learning, at=NOON + 2 * MINUTE * number)
    with pytest.raises(TooMany):
        issue(learning, at=NOON + 2 * MINUTE * MAX_PER_DAY)
    assert issue(learning, at=NOON + DAY).issued_on == TODAY + DAY


def test_an_archived_roadmap_can_still_be_reported(learning: Learning) -> None:
    from roadmap.domain.learning.enrollments import EnrollmentState

    learning.choose(state=EnrollmentState.ARCHIVED)
    assert issue(learning).as_of == TODAY


def test_reports_go_with_the_account_of_their_learner(learning: Learning, milo: User) -> None:
    issue(learning, milo)
    delete_user(learning.session, learning.person, by=learning.person, at=NOON)
    assert issued_in(learning.session) == []


def test_reports_stay_when_the_mentor_who_issued_them_goes(learning: Learning, milo: User) -> None:
    issued = issue(learning, milo)
    delete_user(learning.session, milo, by=milo, at=NOON)
    learning.session.expire_all()
    assert issued_in(learning.session) == [issued]
    assert issued.issuer_id is None


def test_each_choice_of_what_the_identifier_shows_is_audited_once(learning: Learning) -> None:
    session, lena = learning.session, learning.person
    issued = issue(learning, is_disclosed=True)
    for choice in (True, False, False, True):
        disclose_report(session, issued.code, is_disclosed=choice, by=lena, at=learning.at)
    kinds = [AuditKind.REPORT_ISSUED, DISCLOSED, ENDED, DISCLOSED]
    assert audits(session) == [(kind, lena.id, lena.id) for kind in kinds]


def test_another_choice_of_milestones_a_moment_later_is_another_report(learning: Learning) -> None:
    issued = [issue(learning, only=only) for only in (Listed.DONE, Listed.DONE, Listed.ALL, None)]
    assert issued[0] is issued[1]
    assert len({each.code for each in issued}) == 3
