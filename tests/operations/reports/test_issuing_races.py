"""Two presses at the same moment: one report, one withdrawal."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.db.database import Database
from roadmap.domain.accounts.audits import Audit, AuditKind
from roadmap.domain.errors import Conflict
from roadmap.domain.reports.issued import IssuedReport
from roadmap.operations.reports.issued import withdraw_report
from tests.support.cast import NOON, add_user
from tests.support.frozen_reports import Freezing, drafted, issue
from tests.support.learning import Learning
from tests.support.outlines import add_roadmap, enroll
from tests.support.racing import together


@pytest.fixture
def learning(real_database: Database) -> Learning:
    with real_database.writing() as session:
        add_roadmap(session)
        lena = add_user(session, "Lena")
        learning = Learning(session, lena, enroll(session, lena))
        session.commit()
    return learning


def issuing(freezing: Freezing, learning: Learning) -> Callable[[Session], str]:
    return lambda session: freezing.issue(session, learning.person).code


def test_two_presses_of_freeze_issue_one_report(real_database: Database, learning: Learning) -> None:
    with real_database.reading() as session:
        learning.session = session
        presses = [drafted(learning, learning.person, NOON) for _ in range(4)]
    codes = together(real_database, *(issuing(each, learning) for each in presses))
    assert len(set(codes)) == 1
    with real_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(IssuedReport)) == 1


def test_two_withdrawals_are_one_and_a_conflict(real_database: Database, learning: Learning) -> None:
    with real_database.writing() as session:
        learning.session = session
        code = issue(learning).code
        session.commit()
    acts = [lambda s: withdraw_report(s, code, by=learning.person, at=NOON).code for _ in range(4)]
    found = together(real_database, *acts)
    assert found.count(code) == 1
    assert sum(isinstance(each, Conflict) for each in found) == 3
    with real_database.reading() as session:
        kind = Audit.kind == AuditKind.REPORT_WITHDRAWN
        assert session.scalar(select(func.count()).where(kind)) == 1
