"""A frozen report read back from its JSON, so that its page shows what was issued."""

import json
from datetime import date
from typing import Any

from roadmap.domain.issued_reports import IssuedAs, Seal
from roadmap.domain.numbers import Measure, Numbers
from roadmap.domain.progress import Status, Verification
from roadmap.domain.reports import (
    ChangeSince,
    ProgressReport,
    ReportArea,
    ReportEvidence,
    ReportMilestone,
    ReportSkill,
    SeriesPoint,
)

Values = dict[str, Any]
PARTS = 1_000_000
_DAYS = {"as_of", "started_on", "target_on", "done_on", "recorded_on", "verified_on", "issued_on"}
_DAYS |= {"since", "day"}
_NUMBERS = {"claimed", "verified", "reviewed", "self_checked"}


def read_issued_json(content: bytes) -> tuple[ProgressReport, Seal]:
    """The report and its seal; `content` is what we issued ourselves, so nothing is checked again."""
    values: Values = json.loads(content, object_hook=_with_days)
    return _report(values), _seal(values["issued"])


def _with_days(values: Values) -> Values:
    days = {name: date.fromisoformat(values[name]) for name in _DAYS & values.keys() if values[name]}
    return values | days


def _report(values: Values) -> ProgressReport:
    roadmap = values["roadmap"]
    plain = ("person", "started_on", "as_of", "target_on", "shows_evidence", "shows_names")
    return ProgressReport(
        **{name: values[name] for name in plain},
        slug=roadmap["slug"],
        title=roadmap["title"],
        edition=roadmap["edition"],
        pathways=tuple(values["pathways"]),
        numbers=_numbers(values, values["extra"]),
        areas=tuple(map(_area, values["areas"])),
        milestones=tuple(map(_milestone, values["milestones"])),
        retired=tuple(map(_milestone, values["retired"])),
        change=_change(values["change"]) if values["change"] else None,
        series=tuple(SeriesPoint(**each) for each in values["series"]),
    )


def _seal(values: Values) -> Seal:
    return Seal(
        identifier=values["identifier"],
        url=values["verify_at"],
        issued_on=values["issued_on"],
        issued_as=IssuedAs(values["issued_as"]),
        name=values["issued_by"],
    )


def _numbers(values: Values, extra: int = 0) -> Numbers:
    measures = _measure(values["claimed"]), _measure(values["verified"])
    return Numbers(*measures, values["reviewed"], values["self_checked"], extra)


def _measure(values: Values) -> Measure:
    """The weights were rounded when they were written; what counts is that the percent stays."""
    step = round(values["total_weight"] * PARTS / 100)
    percent = values["percent"] or 0
    done = round(values["done_weight"] * PARTS)
    return Measure(
        done=min(max(done, percent * step), (percent + 1) * step - 1) if step else 0,
        total=100 * step,
        parts=PARTS,
        milestones_done=values["milestones_done"],
        milestones_total=values["milestones_total"],
    )


def _area(values: Values) -> ReportArea:
    skills = tuple(ReportSkill(**_without_numbers(each), numbers=_numbers(each)) for each in values["skills"])
    return ReportArea(values["key"], values["title"], _numbers(values), skills)


def _without_numbers(values: Values) -> Values:
    return {name: each for name, each in values.items() if name not in _NUMBERS}


def _milestone(values: Values) -> ReportMilestone:
    kinds = {
        "status": Status(values["status"]),
        "verification": Verification(values["verification"]),
        "evidence": tuple(ReportEvidence(**each) for each in values["evidence"]),
    }
    return ReportMilestone(**(values | kinds))


def _change(values: Values) -> ChangeSince:
    titles = {name: tuple(values[name]) for name in ("done", "verified_titles")}
    return ChangeSince(**(values | titles))
