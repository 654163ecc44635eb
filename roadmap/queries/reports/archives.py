"""Reads everything an account holds, for its owner alone, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.editions import stored_outline
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment, enrollments_of
from roadmap.domain.local_dates import day_in
from roadmap.domain.reports.archives import AccountArchive, ArchiveList, ExportedTable, of_own_enrollments
from roadmap.domain.reports.builder import make_report
from roadmap.domain.reports.issued import IssuedReport, write_identifier
from roadmap.domain.reports.reports import ProgressReport, ReportQuery
from roadmap.domain.roadmaps.drafts import Draft
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.roadmaps import Edition, Roadmap
from roadmap.queries.reports.archive_learning import IS_AUTHOR, NAMED_EDITION
from roadmap.queries.reports.archive_tables import EXPORTED
from roadmap.queries.reports.reports import read_records


def account_archive(session: Session, *, of: User, at: datetime) -> AccountArchive:
    """All exported rows, the outlines they name, and a report as of today for each enrollment."""
    values = {"person_id": of.id, "email": of.email, "now": at}
    return AccountArchive(
        exported_at=at,
        today=day_in(of.time_zone, at),
        lists={table.name: _read_list(session, table, values) for table in EXPORTED},
        outlines=tuple(_outlines(session, values)),
        reports=tuple(_reports(session, of, at)),
        frozen=tuple(_frozen_reports(session, values)),
    )


def _read_list(session: Session, table: ExportedTable, values: dict[str, Any]) -> ArchiveList:
    rows = [dict(row) for row in session.execute(table.select, values).mappings()]
    for name, statement in table.nested.items():
        nested = defaultdict(list)
        for key, value in session.execute(statement, values):
            nested[key].append(value)
        (key_name, _) = statement.selected_columns.keys()
        for row in rows:
            row[name] = nested[row[key_name]]
    return ArchiveList(table.name, table.about, table.columns, tuple(rows), table.is_single)


def _outlines(session: Session, values: dict[str, Any]) -> Iterator[tuple[str, Outline]]:
    query = (
        select(Edition.id, Edition.number, Roadmap.slug)
        .join(Roadmap, Roadmap.id == Edition.roadmap_id)
        .where(NAMED_EDITION)
        .order_by(Roadmap.slug, Edition.number)
    )
    for edition in session.execute(query, values):
        yield f"roadmaps/{edition.slug}-{edition.number}.yaml", stored_outline(session, edition.id).outline
    drafts = (
        select(Draft).join(Roadmap, Roadmap.id == Draft.roadmap_id).where(IS_AUTHOR).order_by(Roadmap.slug)
    )
    for draft in session.scalars(drafts, values):
        outline = draft.read()
        yield f"roadmaps/{outline.slug}-draft.yaml", outline


def _reports(session: Session, person: User, at: datetime) -> Iterator[tuple[str, ProgressReport]]:
    enrollments = session.scalars(enrollments_of(person).order_by(Enrollment.id)).all()
    records = read_records(session, person, enrollments, ReportQuery(), at=at)
    for enrollment in enrollments:
        record = records[enrollment.id]
        report = make_report(record, record.today)
        yield f"reports/{report.roadmap.slug}-{enrollment.public_id}.md", report


def _frozen_reports(session: Session, values: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """The files of frozen reports, byte for byte."""
    query = of_own_enrollments(IssuedReport, IssuedReport.code, IssuedReport.json, IssuedReport.pdf)
    for report in session.execute(query.order_by(IssuedReport.id), values):
        yield f"reports/{write_identifier(report.code)}.json", report.json
        yield f"reports/{write_identifier(report.code)}.pdf", report.pdf
