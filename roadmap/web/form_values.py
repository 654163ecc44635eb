"""Days and numbers that somebody typed, or that an address or a form carried."""

from collections.abc import Mapping
from datetime import date

from flask import request

from roadmap.domain.errors import invalid

NO_DAY = "Write the day as year-month-day, like 2026-03-31."


def typed_day(values: Mapping[str, str], name: str) -> date | None:
    """The day in this field, None where it is empty; raises Invalid for what is no day."""
    text = values.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise invalid(**{name: NO_DAY}) from None


def input_type(text: str) -> str:
    """The type of the field that shows this text: a date field would stay empty for what is no day."""
    try:
        return "date" if not text or date.fromisoformat(text).isoformat() == text else "text"
    except ValueError:
        return "text"


def typed_number(text: str, *, most_digits: int = 9) -> int | None:
    """The whole number, None for anything else; nine digits fit into every column of the database."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= most_digits
    return int(text) if is_number else None


def typed_version() -> int:
    """The `version` of a text form, so that two open forms do not overwrite each other; 0 without one."""
    number = typed_number(request.form.get("version", "").strip() or "0", most_digits=15)
    if number is None:
        raise invalid(version="This form's version is not a number. Open the page again.")
    return number
