"""Names of files that say whose they are: letters and digits of any script, and the same in ASCII."""

import re
from datetime import date
from unicodedata import category, normalize
from urllib.parse import quote

MAX_PERSON = 40
"""A name of 40 characters in any script leaves room for the rest in the 255 bytes of a file's name."""

_LATIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)


def name_file(person: str, slug: str, day: date) -> str:
    """Return `mei-tan-ml-engineer-2026-11-30`; in ASCII where all letters of the person have one there."""
    name = _words(normalize("NFC", person.casefold()))[:MAX_PERSON].strip("-")
    folded = _fold(name)
    is_whole = len(re.sub(r"[^a-z0-9]", "", folded)) >= sum(category(letter)[0] in "LN" for letter in name)
    return "-".join(filter(None, (folded if is_whole else name, slug, day.isoformat())))


def attachment(name: str) -> str:
    """Return a Content-Disposition by RFC 6266: ASCII for old programs, and the letters as they are."""
    if name.isascii():
        return f'attachment; filename="{name}"'
    return f"attachment; filename=\"{_fold(name)}\"; filename*=UTF-8''{quote(name, safe='')}"


def _words(text: str) -> str:
    """Return letters, marks and digits in lower case, with one hyphen for each run of anything else."""
    words = (letter if category(letter)[0] in "LMN" else " " for letter in text)
    return "-".join("".join(words).split())


def _fold(name: str) -> str:
    folded = normalize("NFKD", name.translate(_LATIN)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9.]+", "-", folded).strip("-")
