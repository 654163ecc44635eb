"""A progress report to and from JSON, and the schema of it."""

import json

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import DataclassSchema

from roadmap.domain.canonical_json import canonical_json
from roadmap.domain.learning.progress import Verification
from roadmap.domain.reports.reports import ProgressReport
from roadmap.domain.reports.seals import Seal

REPORT = TypeAdapter(ProgressReport)


def write_json(report: ProgressReport) -> bytes:
    """Return canonical JSON: the same report is the same bytes, so they can be hashed."""
    return canonical_json(REPORT.dump_python(report, mode="json"))


def read_issued_json(content: bytes) -> tuple[ProgressReport, Seal]:
    """Return a frozen report and its seal; raises ValueError for anything that is no frozen report."""
    report = REPORT.validate_json(_with_formula(content))
    if report.issued is None:
        raise ValueError("This report is not frozen.")
    return report, report.issued


def _with_formula(content: bytes) -> bytes:
    """Return a report of the first formula with the fields that files have since then.

    Its numbers stay as they were issued: verified includes the milestones that needed no review.
    """
    values = json.loads(content)
    if not values or "formula" in values:
        return content
    for milestone in (*values["milestones"], *values["retired"]):
        if milestone["verification"] == "self":
            milestone["verification"] = Verification.NONE
    for point in (*values["series"], *filter(None, [values["change"]])):
        point |= {"claimed_exact": point["claimed"], "verified_exact": point["verified"]}
    return json.dumps(values | {"formula": 1}).encode()


class _ClosedSchema(GenerateJsonSchema):
    """A report has the fields of its dataclasses and no others."""

    def dataclass_schema(self, schema: DataclassSchema) -> JsonSchemaValue:
        return {**super().dataclass_schema(schema), "additionalProperties": False}


def report_schema() -> bytes:
    """Return the JSON Schema that `docs/report.schema.json` publishes."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **REPORT.json_schema(mode="serialization", schema_generator=_ClosedSchema),
        "title": "Progress report",
    }
    return (json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode()
