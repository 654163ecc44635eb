"""What holds for every text that somebody types: how long it may be, and that none is written over unseen."""

from roadmap.domain.errors import StaleText, invalid


def clean_text(text: str, *, field: str, most: int) -> str:
    """The text without space around it, its lines ended alike; raises Invalid where it is too long."""
    tidy = text.replace("\r\n", "\n").strip()
    if len(tidy) > most:
        raise invalid(**{field: f"Keep the {field} to {most} characters; this one has {len(tidy)}."})
    return tidy


def check_unchanged(seen: int, present: int, *, what: str, current: str) -> None:
    """Raise StaleText, which keeps both texts, unless the person saw the present version."""
    if seen != present:
        why = f"This {what} was changed since you opened it."
        raise StaleText(f"{why} Both texts are below: join them and save again.", current, present)
