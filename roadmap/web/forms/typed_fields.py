"""What was typed into a form that was refused, so that it can be sent again."""

from dataclasses import dataclass

from flask import request

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
