"""What the next page says about a change, with the way to take it back."""

from typing import cast

from flask import flash


def flash_change(text: str, *, public_id: str | None = None, change: int | None = None) -> None:
    """Show a toast on the next page; with a change it has an Undo."""
    if change is None or public_id is None:
        flash(text, "message")
        return
    # Any JSON is kept until the next page, whatever the signature says.
    flash(cast("str", {"text": text, "undo_url": undo_url(public_id, change)}), "toast")


def flash_link(text: str, link: str) -> None:
    """Ask the person on the next page to pass a link on, with a button that copies it."""
    flash(cast("str", {"text": text, "link": link}), "notice")


def undo_url(public_id: str, change: int) -> str:
    """Where the undo of a change is posted."""
    return f"/enrollments/{public_id}/history/{change}/undo"
