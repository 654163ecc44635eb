"""The version that a text form carries, so that two open forms do not overwrite each other."""

from flask import request

from roadmap.domain.errors import refuse


def typed_version() -> int:
    """The form's `version`; a form without one has seen no text yet."""
    text = request.form.get("version", "").strip() or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise refuse(version="This form's version is not a number. Open the page again.")
    return int(text)
