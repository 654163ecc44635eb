"""A progress report as canonical JSON: the same report is the same bytes, so they can be hashed."""

import json

from roadmap.domain.reports import ProgressReport
from roadmap.exports.report_values import report_values


def write_json(report: ProgressReport) -> bytes:
    """UTF-8 with sorted keys, no spaces between tokens, no NaN, and a line break at the end."""
    text = json.dumps(
        report_values(report), sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    return f"{text}\n".encode()
