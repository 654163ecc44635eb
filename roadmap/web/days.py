"""Days that somebody typed."""

from collections.abc import Mapping
from datetime import date

from roadmap.domain.errors import refuse


def typed_day(values: Mapping[str, str], name: str) -> date | None:
    """The day in this field, None where it is empty; raises Invalid for what is no day."""
    text = values.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise refuse(**{name: "Write the day as year-month-day, like 2026-03-31."}) from None


def input_type(text: str) -> str:
    """The type of the field that shows this text: a date field would stay empty for what is no day."""
    try:
        return "date" if not text or date.fromisoformat(text).isoformat() == text else "text"
    except ValueError:
        return "text"
