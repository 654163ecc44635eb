"""Forms that were posted: those that add something do so once, and what was refused can be sent again."""

from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from secrets import token_urlsafe

from flask import Flask, flash, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from roadmap import clock
from roadmap.domain.errors import SentBefore
from roadmap.operations.locks import record_form
from roadmap.web.redirects import nearest_page
from roadmap.web.requests import redirect_after_post


def only_once(session: Session, *, needs_field: bool = True) -> None:
    """Raise SentBefore when this form was sent before, which leads to its page as the first time did.

    The form has a field `once`, with another value each time it is rendered. With `needs_field=False`, a form
    without it is known by its CSRF token and all its fields.
    """
    mark = request.form.get("once", "")
    if not mark and needs_field:
        return
    fields = [mark] if mark else [request.headers.get("X-CSRFToken"), *sorted(request.form.items(multi=True))]
    digest = sha256(repr((request.path, fields)).encode(errors="replace")).hexdigest()
    record_form(session, digest, at=clock.now())


def init_posted_forms(app: Flask) -> None:
    """Give forms their marks, and answer one that was sent before with its page."""
    app.add_template_global(partial(token_urlsafe, 12), "form_mark")
    app.register_error_handler(SentBefore, _on_sent_before)


def _on_sent_before(error: SentBefore) -> ResponseReturnValue:
    """Lead to the page of the form; after a while, with a message that nothing was added."""
    if not error.is_recent:
        flash(error.message, "message")
    return redirect_after_post(nearest_page(request.path))


_UNSEEN = {
    "version",
    "replaces",
    "edition",
    "invitation",
    "time_zone",
    "username",
    "next",
    "q",
    "after",
    "once",
}


@dataclass(frozen=True, slots=True)
class Field:
    """What was typed into one field of a rejected form, to be sent again."""

    name: str
    value: str
    is_secret: bool

    @property
    def label(self) -> str:
        return self.name.replace("_", " ").capitalize()

    @property
    def is_hidden(self) -> bool:
        """Whether the page's own form carried it unseen, for itself and not for the person."""
        return self.name in _UNSEEN

    @property
    def is_long(self) -> bool:
        return len(self.value) > 80 or "\n" in self.value


def typed_fields() -> list[Field]:
    """What this form post held, without its CSRF token; passwords come back empty."""
    if request.method != "POST":
        return []
    return [
        Field(name, "" if "password" in name else value, "password" in name)
        for name, value in request.form.items(multi=True)
        if name != "csrf_token"
    ]
