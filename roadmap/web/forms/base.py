"""The base of all forms: it checks what was posted and has the errors of the rules beside their fields."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any, ClassVar

import wtforms
from flask import request
from werkzeug.datastructures import MultiDict
from wtforms.widgets import HiddenInput

from roadmap.domain.errors import Conflict, Invalid, StaleText, invalid


class Form(wtforms.Form):
    """A form that shows the errors of the rules beside their fields.

    A view with a page for its form writes `with form.shows_refusals(): form.check(); …; return …` and then
    returns that page with `form.status_code`. Without `shows_refusals`, the page for all errors shows what is
    wrong.
    """

    shown_conflicts: ClassVar[type[Conflict]] = StaleText
    problem: str
    conflict: Conflict | None

    def __init__(self, *, reads_request: bool = True, of: object = None, **values: object) -> None:
        """Take what was sent; on a GET, or when another form of the page was posted, what is saved.

        That is the attributes of the same names of what the form is `of`, and the given values. CSRF is
        checked before any view, for all forms.
        """
        self.problem, self.conflict = "", None
        super().__init__(self._sent() if reads_request else None, obj=of, data=values)

    def _sent(self) -> MultiDict[str, Any] | None:
        """Return fields and files, which Werkzeug keeps apart and WTForms wants together; None on a GET."""
        if request.method != "POST":
            return None
        return MultiDict(chain(request.form.items(multi=True), request.files.items(multi=True)))

    @property
    def was_refused(self) -> bool:
        """Whether this form comes back with an error."""
        return bool(self.errors or self.problem or self.conflict)

    @property
    def status_code(self) -> int:
        """The status of the page that shows this form again: 409 for a conflict, else 422."""
        return 409 if self.conflict else 422

    def check(self) -> None:
        """Raise Invalid, with a sentence for each field that is not well formed."""
        if not self.validate():
            raise invalid(**{field.name: field.errors[0] for field in self if field.errors})

    @contextmanager
    def shows_refusals(self) -> Iterator[None]:
        """End the block at an Invalid or a text changed meanwhile, and keep what to say about it."""
        try:
            yield
        except Invalid as error:
            self._add_errors(error)
        except self.shown_conflicts as conflict:
            self.conflict = conflict

    def _add_errors(self, error: Invalid) -> None:
        seen = {
            name: field for name, field in self._fields.items() if not isinstance(field.widget, HiddenInput)
        }
        shown = seen | {field.name: field for field in seen.values()}
        for name, sentence in error.errors.items():
            if name in shown and sentence not in shown[name].errors:
                shown[name].errors = [*shown[name].errors, sentence]
        unseen = " ".join(sentence for name, sentence in error.errors.items() if name not in shown)
        self.problem = unseen if error.errors else error.message


class QueryForm(Form):
    """A form that is sent by GET: its fields are in the address."""

    def _sent(self) -> MultiDict[str, Any]:
        return request.args
