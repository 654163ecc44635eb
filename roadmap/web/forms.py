"""The base of all forms, which shows an error beside its field; days and numbers read from text."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import wtforms
from flask import request
from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from roadmap.domain.characters import is_one_line
from roadmap.domain.errors import Invalid, invalid
from roadmap.operations.text_rules import describe_excess

NO_DAY = "Write the day as year-month-day, like 2026-03-31."


NO = ("", "0", "false", "n", "no", "off")


def is_ticked(values: Sequence[object]) -> bool:
    """Return whether a checkbox that sent these values is ticked; without a value it is not."""
    return bool(values) and str(values[-1]).strip().lower() not in NO


class BooleanField(wtforms.BooleanField):
    """A checkbox: ticked by any value but those that programs send for "no", in capitals or not."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the last value, so that a hidden "no" before the box counts only without the box."""
        self.data = is_ticked(valuelist)


def strip(value: str | None) -> str | None:
    """A filter: what a person typed without the spaces around it."""
    return value.strip() if isinstance(value, str) else value


def one_line(_: wtforms.Form, field: Field) -> None:
    """A validator: no line breaks and no control characters."""
    if isinstance(field.data, str) and not is_one_line(field.data):
        raise ValidationError("Leave out line breaks and control characters.")


class MaxLength:
    """A validator that names length and limit; unlike `Length` it lets no browser cut what is pasted."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _: wtforms.Form, field: Field) -> None:
        """Raise ValidationError where the text is too long."""
        if isinstance(field.data, str) and (sentence := describe_excess(field.data, self.most)):
            raise ValidationError(sentence)


class Form(wtforms.Form):
    """A form that shows the errors of the rules beside their fields.

    A view with a page for its form writes `with form.shows_refusals(): form.check(); …; return …` and then
    returns that page with 422. Without `shows_refusals`, the page for all errors shows what is wrong.
    """

    problem = ""

    def __init__(self, **values: object) -> None:
        """Take what was posted; on a GET the given values. CSRF is checked before any view, for all forms."""
        super().__init__(request.form if request.method == "POST" else None, data=values)

    def check(self) -> None:
        """Raise Invalid, with a sentence for each field that is not well formed."""
        if not self.validate():
            raise invalid(**{field.name: field.errors[0] for field in self if field.errors})

    @contextmanager
    def shows_refusals(self) -> Iterator[None]:
        """End the block at an Invalid and put its sentences beside their fields."""
        try:
            yield
        except Invalid as error:
            self._add_errors(error)

    def _add_errors(self, error: Invalid) -> None:
        shown = {name: field for name, field in self._fields.items() if not isinstance(field, HiddenField)}
        for name, sentence in error.errors.items():
            if name in shown and sentence not in shown[name].errors:
                shown[name].errors = [*shown[name].errors, sentence]
        if not error.errors.keys() & shown.keys():
            self.problem = error.message


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
