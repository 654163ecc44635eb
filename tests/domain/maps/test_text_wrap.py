"""Titles in the short lines of a map's labels."""

import pytest

from roadmap.domain.maps.text_wrap import text_width, wrap_text

WIDTH = 9.2


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Train a classifier", ("Train a classifier",)),
        ("Wahrscheinlichkeitsverteilungen prüfen", ("Wahrscheinlich-", "keitsverteilungen", "prüfen")),
        ("Datenschutzfolgenabschätzung", ("Datenschutzfolge-", "nabschätzung")),
        ("Unterstützungsvektormaschinen", ("Unterstützungs-", "vektormaschinen")),
        ("https://example.org/a/very/long/path", ("https://example.o", "rg/a/very/long/pat", "h")),
        ("机器学习工程师的第一个项目", ("机器学习工程师的第", "一个项目")),
    ],
)
def test_a_word_wider_than_a_line_is_hyphenated_where_its_script_is(
    title: str, lines: tuple[str, ...]
) -> None:
    found = wrap_text(title, WIDTH, 5)
    assert found == lines
    assert all(text_width(line) <= WIDTH for line in found)


def test_a_piece_with_a_hyphen_ends_its_line() -> None:
    for line in wrap_text("Wahrscheinlichkeitsverteilungen an ja", 6, 9)[:-1]:
        assert "- " not in line


def test_hyphens_of_the_title_itself_stay_within_a_line() -> None:
    assert wrap_text("Vor- und Nachteile", 20, 5) == ("Vor- und Nachteile",)
