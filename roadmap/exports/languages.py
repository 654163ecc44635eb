"""The language and the direction of texts that come from a roadmap."""

from functools import lru_cache

from markupsafe import Markup

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"Arab", "Hebr", "Syrc", "Thaa"})
_NONE, _FOUND_OUT = Markup(), Markup(' dir="auto"')
_OF_LANGUAGE = Markup(' lang="{}" dir="{}"')


def direction_of(language: str) -> str:
    """Return `rtl` for languages that are written from right to left, else `ltr`."""
    first, *others = language.split("-")
    is_right_to_left = first.lower() in RIGHT_TO_LEFT and "Latn" not in others
    return "rtl" if is_right_to_left or _RIGHT_TO_LEFT_SCRIPTS.intersection(others) else "ltr"


def language_attribute(language: str) -> Markup:
    """Return the attribute of a text in a drawing, whose direction comes from its place."""
    return Markup(' lang="{}"').format(language) if language else _NONE


@lru_cache(maxsize=256)
def text_attributes(language: str, *, finds_out: bool = False) -> Markup:
    """Return the attributes of an element with a text in this language.

    Where nobody said which it is, there are none, or with `finds_out` its letters decide about the direction.
    """
    if language:
        return _OF_LANGUAGE.format(language, direction_of(language))
    return _FOUND_OUT if finds_out else _NONE


def text_keywords(language: str) -> dict[str, str]:
    """Return the same attributes by their names, for fields into which such a text is typed.

    Their letters decide about the direction where nobody said the language.
    """
    return {"lang": language, "dir": direction_of(language)} if language else {"dir": "auto"}
