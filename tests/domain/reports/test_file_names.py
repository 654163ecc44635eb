"""Names of files with the person, in ASCII where that is possible and in their own letters elsewhere."""

import re
from datetime import date
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.http import parse_options_header

from roadmap.domain.reports.file_names import attachment, name_file

DAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ("Mei Tan", "mei-tan"),
        ("Zoë  O'Müller-Søn", "zoe-o-muller-son"),
        ("Łukasz Żółć", "lukasz-zolc"),
        ("Straße", "strasse"),
        ("../../etc/passwd\r\nX: y", "etc-passwd-x-y"),
        ('a"; b.exe', "a-b-exe"),
        ("Nguyễn Văn Đức", "nguyen-van-duc"),
        ("💻", ""),
        ("Ελένη", "ελένη"),
        ("李小龍 Lee", "李小龍-lee"),
        ("नमस्ते", "नमस्ते"),
    ],
)
def test_a_person_is_named(person: str, name: str) -> None:
    assert name_file(person, "ml-engineer", DAY) == "-".join(filter(None, (name, "ml-engineer-2026-11-30")))


def test_letters_outside_of_ascii_have_both_names() -> None:
    header = attachment(f"{name_file('李小龍 Lee', 'ml', DAY)}.pdf")
    kind, names = header.split("; ", 1)
    assert kind == "attachment"
    assert names.startswith("filename=\"lee-ml-2026-11-30.pdf\"; filename*=UTF-8''%E6")
    assert unquote(names.rpartition("''")[2]) == "李小龍-lee-ml-2026-11-30.pdf"
    assert attachment("lena.pdf") == 'attachment; filename="lena.pdf"'
    assert parse_options_header(header)[1]["filename"] == "李小龍-lee-ml-2026-11-30.pdf"


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=200))
def test_nothing_typed_is_more_than_a_name(person: str) -> None:
    name = name_file(person, "ml", DAY)
    assert len(f"{name}.html".encode()) <= 255
    assert not re.search(r"[\s\"';/\\:.<>|?*\x00-\x1f\u202a-\u202e]", name)
    assert re.fullmatch(
        r"attachment; filename=\"[a-z0-9.-]+\"(; filename\*=UTF-8''[\w.~%-]+)?", attachment(name), re.ASCII
    )
