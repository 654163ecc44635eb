"""A progress report as plain values in a fixed order, for programs and for the printed page."""

from datetime import date
from typing import Any

from roadmap.domain.issued_reports import Seal
from roadmap.domain.numbers import Numbers
from roadmap.domain.reports import (
    COMPUTATION,
    ChangeSince,
    ProgressReport,
    ReportArea,
    ReportEvidence,
    ReportMilestone,
    ReportSkill,
    SeriesPoint,
    measure_values,
)

FORMAT = 1

Values = dict[str, Any]


def report_values(report: ProgressReport, seal: Seal | None = None) -> Values:
    """The whole report; days as RFC 3339 full dates, percents whole and floored, hours as numbers."""
    return {
        "format": FORMAT,
        "as_of": day_text(report.as_of),
        "person": report.person,
        "roadmap": {"slug": report.slug, "title": report.title, "edition": report.edition},
        "pathways": list(report.pathways),
        "started_on": day_text(report.started_on),
        "target_on": day_text(report.target_on),
        "computation": COMPUTATION,
        **_number_values(report.numbers),
        "extra": report.numbers.extra,
        "hours_credited": report.hours_credited,
        "areas": [_area_values(area) for area in report.areas],
        "milestones": [_milestone_values(each) for each in report.milestones],
        "retired": [_milestone_values(each) for each in report.retired],
        "change": _change_values(report.change) if report.change else None,
        "series": [_point_values(point) for point in report.series],
        "shows_evidence": report.shows_evidence,
        "shows_names": report.shows_names,
        "issued": _seal_values(seal) if seal else None,
    }


def day_text(day: date | None) -> str | None:
    """A day as RFC 3339 writes it."""
    return day.isoformat() if day else None


def _seal_values(seal: Seal) -> Values:
    return {
        "identifier": seal.identifier,
        "verify_at": seal.url,
        "issued_on": day_text(seal.issued_on),
        "issued_as": seal.issued_as.value,
        "issued_by": seal.name,
    }


def _number_values(numbers: Numbers) -> Values:
    return {
        "claimed": measure_values(numbers.claimed),
        "verified": measure_values(numbers.verified),
        "reviewed": numbers.reviewed,
        "self_checked": numbers.self_checked,
    }


def _area_values(area: ReportArea) -> Values:
    return {
        "key": area.key,
        "title": area.title,
        **_number_values(area.numbers),
        "skills": [_skill_values(skill) for skill in area.skills],
    }


def _skill_values(skill: ReportSkill) -> Values:
    return {
        "key": skill.key,
        "title": skill.title,
        "in_plan": skill.in_plan,
        "needs": skill.needs,
        **_number_values(skill.numbers),
    }


def _milestone_values(milestone: ReportMilestone) -> Values:
    values = milestone._asdict()
    for name in ("done_on", "recorded_on", "verified_on"):
        values[name] = day_text(values[name])
    values["evidence"] = [_evidence_values(piece) for piece in milestone.evidence]
    return values


def _evidence_values(piece: ReportEvidence) -> Values:
    return {"title": piece.title, "url": piece.url, "text": piece.text}


def _change_values(change: ChangeSince) -> Values:
    return {
        "since": day_text(change.since),
        "claimed": change.claimed,
        "verified": change.verified,
        "done": list(change.done),
        "verified_titles": list(change.verified_titles),
    }


def _point_values(point: SeriesPoint) -> Values:
    return {"day": day_text(point.day), "claimed": point.claimed, "verified": point.verified}
