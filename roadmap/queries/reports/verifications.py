"""Verification of a frozen report by its identifier or its file: its days and whether it is still valid."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, undefer

from roadmap.domain.accounts.users import User
from roadmap.domain.canonical_json import are_same_values, read_exact_json
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.reports.issued import IssuedReport
from roadmap.queries.reports.issued import withdrawal_day


class Finding(StrEnum):
    """What a check found: for an identifier known or unknown, for a file unchanged, changed or unknown."""

    KNOWN = "known"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer; all days are those of the learner, `withdrawn_on` empty while the report holds.

    `disclosed` is the JSON of a report whose learner lets whoever enters its identifier see the numbers.
    """

    finding: Finding
    identifier: str = ""
    as_of: date | None = None
    issued_on: date | None = None
    withdrawn_on: date | None = None
    disclosed: bytes | None = None


UNKNOWN = Verdict(Finding.UNKNOWN)


def verify_code(session: Session, code: str | None) -> Verdict:
    """What is known about an identifier; None is one that nobody can have."""
    reports = _find(session, codes=[code]) if code else []
    if not reports:
        return UNKNOWN
    issued, _ = reports[0]
    is_shown = issued.is_disclosed and issued.withdrawn_at is None
    is_shown = is_shown and not issued.enrollment.user.is_disabled
    return replace(_verdict(Finding.KNOWN, *reports[0]), disclosed=issued.json if is_shown else None)


def verify_file(session: Session, file_hash: str, codes: Sequence[str], values: Any = None) -> Verdict:
    """What is known about a file with this hash, the identifiers in it and, for JSON, its values."""
    reports = _find(session, codes=codes, file_hash=file_hash, with_json=values is not None)
    for issued, zone in reports:
        has_same_bytes = file_hash in (issued.json_hash, issued.pdf_hash)
        if has_same_bytes or (values is not None and are_same_values(values, read_exact_json(issued.json))):
            return _verdict(Finding.UNCHANGED, issued, zone)
    return _verdict(Finding.CHANGED, *reports[0]) if reports else UNKNOWN


def _find(
    session: Session, *, codes: Sequence[str], file_hash: str | None = None, with_json: bool = False
) -> list[tuple[IssuedReport, str]]:
    any_of = or_(
        IssuedReport.code.in_(codes), IssuedReport.json_hash == file_hash, IssuedReport.pdf_hash == file_hash
    )
    query = (
        select(IssuedReport, User.time_zone)
        .join(Enrollment, Enrollment.id == IssuedReport.enrollment_id)
        .join(User, User.id == Enrollment.user_id)
        .where(any_of)
        .order_by(IssuedReport.id)
    )
    if with_json:
        query = query.options(undefer(IssuedReport.json))
    return [(issued, zone) for issued, zone in session.execute(query)]


def _verdict(finding: Finding, issued: IssuedReport, zone: str) -> Verdict:
    return Verdict(
        finding,
        identifier=issued.identifier,
        as_of=issued.as_of,
        issued_on=issued.issued_on,
        withdrawn_on=withdrawal_day(issued, zone),
    )
