"""What all forms share: refusals of the rules land beside the field they speak of."""

from collections.abc import Iterator
from contextlib import contextmanager

import wtforms
from flask import request
from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from roadmap.domain.errors import Invalid
from roadmap.operations.accounts.accounts import is_one_line


def strip(value: str | None) -> str | None:
    """A filter: what a person typed without the spaces around it."""
    return value.strip() if isinstance(value, str) else value


def one_line(_: wtforms.Form, field: Field) -> None:
    """A validator: no line breaks and no control characters."""
    if isinstance(field.data, str) and not is_one_line(field.data):
        raise ValidationError("Leave out line breaks and control characters.")


class Form(wtforms.Form):
    """A form; used as `with form.shows_refusals(): form.check(); …; return …`, then itself with 422."""

    problem = ""

    def __init__(self, **values: object) -> None:
        """Take what was posted; on a GET the given values. CSRF is checked before any view, for all forms."""
        super().__init__(request.form if request.method == "POST" else None, data=values)

    def check(self) -> None:
        """Raise Invalid unless every field is well formed."""
        if not self.validate():
            raise Invalid("Some fields need another look.")

    @contextmanager
    def shows_refusals(self) -> Iterator[None]:
        """End the block at an Invalid, whose sentences then stand beside their fields."""
        try:
            yield
        except Invalid as error:
            self._take(error)

    def _take(self, error: Invalid) -> None:
        shown = {name: field for name, field in self._fields.items() if not isinstance(field, HiddenField)}
        for name, sentence in error.errors.items():
            if name in shown:
                shown[name].errors = [*shown[name].errors, sentence]
        if not error.errors.keys() & shown.keys():
            self.problem = error.message
