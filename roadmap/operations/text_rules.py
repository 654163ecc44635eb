"""Rules for all texts that people type, used by learning and mentoring: length, and lost updates."""

from roadmap.domain.errors import StaleText, invalid


def describe_excess(text: str, most: int, *, subject: str = "This") -> str:
    """Return the sentence for a text that is too long, with its length and the limit; empty for any other."""
    return f"{subject} is too long: {len(text):,} characters, {most:,} at most." if len(text) > most else ""


def check_length(text: str, *, field: str, most: int, noun: str = "") -> None:
    """Raise Invalid where the text is too long; `noun` is what people call the field, if not by its name."""
    if sentence := describe_excess(text, most, subject=f"The {noun or field}"):
        raise invalid(**{field: sentence})


def clean_text(text: str, *, field: str, most: int, noun: str = "") -> str:
    """Return the text stripped and with `\\n` line ends; raise Invalid when it is too long."""
    cleaned = text.replace("\r\n", "\n").strip()
    check_length(cleaned, field=field, most=most, noun=noun)
    return cleaned


def check_unchanged(seen: int, present: int, *, what: str, current: str) -> None:
    """Raise StaleText, with the current text, unless the person saw the current version."""
    if seen != present:
        why = f"This {what} was changed since you opened it."
        raise StaleText(f"{why} Both texts are below: join them and save again.", current, present)
