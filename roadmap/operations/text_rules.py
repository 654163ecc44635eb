"""Rules for all texts that people type, used by learning and mentoring: length, and lost updates."""

from roadmap.domain.errors import StaleText, invalid


def clean_text(text: str, *, field: str, most: int) -> str:
    """Return the text stripped and with `\\n` line ends; raise Invalid when it is too long."""
    cleaned = text.replace("\r\n", "\n").strip()
    if len(cleaned) > most:
        raise invalid(**{field: f"Keep the {field} to {most} characters; this one has {len(cleaned)}."})
    return cleaned


def check_unchanged(seen: int, present: int, *, what: str, current: str) -> None:
    """Raise StaleText, with the current text, unless the person saw the current version."""
    if seen != present:
        why = f"This {what} was changed since you opened it."
        raise StaleText(f"{why} Both texts are below: join them and save again.", current, present)
