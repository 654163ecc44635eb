"""Fields for what browsers send as text, and validators and filters for what was typed into them."""

from collections.abc import Sequence
from datetime import date
from math import isfinite
from typing import Any

import wtforms
from markupsafe import Markup
from wtforms import Field
from wtforms import Form as PlainForm
from wtforms.validators import ValidationError
from wtforms.widgets import HiddenInput

from roadmap.domain.characters import is_one_line
from roadmap.operations.text_rules import describe_excess


def strip(value: str | None) -> str | None:
    """A filter: what a person typed without the spaces around it."""
    return value.strip() if isinstance(value, str) else value


def one_line(_: PlainForm, field: Field) -> None:
    """A validator: no line breaks and no control characters."""
    if isinstance(field.data, str) and not is_one_line(field.data):
        raise ValidationError("Remove line breaks and control characters.")


class MaxLength:
    """A validator that names length and limit; unlike `Length` it lets no browser cut what is pasted."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _: PlainForm, field: Field) -> None:
        """Raise ValidationError where the text is too long."""
        if isinstance(field.data, str) and (sentence := describe_excess(field.data, self.most)):
            raise ValidationError(sentence)


NO_DAY = "Enter a date as YYYY-MM-DD, such as 2026-03-31."
_NO = ("", "0", "false", "n", "no", "off")


def is_ticked(values: Sequence[object]) -> bool:
    """Return whether a checkbox that sent these values is ticked; without a value it is not."""
    return bool(values) and str(values[-1]).strip().lower() not in _NO


class BooleanField(wtforms.BooleanField):
    """A checkbox: ticked by any value but those that programs send for "no", in capitals or not."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the last value, so that a hidden "no" before the box counts only without the box."""
        self.data = is_ticked(valuelist)


def read_day(text: str) -> date | None:
    """The day in this text, None where it is empty; raises ValueError for what is no day."""
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise ValueError(NO_DAY) from None


def input_type(text: str) -> str:
    """The type of the field that shows this text: a date field would stay empty for what is no day."""
    try:
        return "date" if not text or date.fromisoformat(text).isoformat() == text else "text"
    except ValueError:
        return "text"


class DayField(wtforms.DateField):
    """A day as browsers send it, None where it is empty; what is no day is shown again in a text input."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the day; raise ValueError with how to write it."""
        self.data = read_day(valuelist[0]) if valuelist else None

    def __call__(self, **attributes: Any) -> Markup:
        typed = self.raw_data[0] if self.raw_data else ""
        return super().__call__(**{"type": input_type(typed), **attributes})


def typed_number(text: str, *, most_digits: int = 9) -> int | None:
    """The whole number, None for anything else; nine digits fit into every column of the database."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= most_digits
    return int(text) if is_number else None


class HoursField(wtforms.FloatField):
    """Hours as a number with a point or a comma; `help_text` says how to write what is no number."""

    def __init__(self, label: str, validators: list[Any], help_text: str, **options: Any) -> None:
        super().__init__(label, validators, **options)
        self._help_text = help_text

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the number; raise ValueError with the help text for anything else."""
        try:
            super().process_formdata([value.replace(",", ".") for value in valuelist])
        except ValueError:
            raise ValueError(self._help_text) from None
        if self.data is not None and not isfinite(self.data):
            self.data = None
            raise ValueError(self._help_text)

    def _value(self) -> str:
        """What was typed, or the number without a zero behind its point."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:g}"


class NumbersField(wtforms.Field):
    """Whole numbers from several checkboxes of one name."""

    data: list[int]

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the numbers; raise ValueError where one of them is none."""
        numbers = [typed_number(text) for text in valuelist]
        self.data = [number for number in numbers if number is not None]
        if None in numbers:
            raise ValueError("Enter these as numbers, starting at 1.")


class KeysField(wtforms.SelectMultipleField):
    """Keys from several checkboxes of one name; the rules say which of them exist."""

    def __init__(self, label: str = "", **options: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **options)


class VersionField(wtforms.IntegerField):
    """The version of a text, so that two open forms do not overwrite each other; 0 without one."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the number; raise ValueError for anything else."""
        number = typed_number((valuelist[0].strip() if valuelist else "") or "0", most_digits=15)
        self.data = number or 0
        if number is None:
            raise ValueError("This form’s version isn’t a number. Open the page again.")
