"""A roadmap as a file comes back as the same roadmap."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.imports.import_rows import ImportedFile
from roadmap.domain.imports.row_outlines import ImportDefaults, build_outline
from roadmap.domain.roadmaps.outlines import MilestoneOutline, Outline, ResourceOutline, ResourceType
from roadmap.exports.outline_formats import OUTLINE_FORMATS
from roadmap.imports.foreign.foreign_files import read_foreign_file
from tests.support.outlines import milestone, outline, sample, skill

LETTERS = "abcdefgh ZÄé蜂[]()*_`#|<>-+.!~&\\\"'1=•"
TITLES = (
    st.text(LETTERS, min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: any(letter.isalpha() for letter in text))
)
LINKS = st.builds(
    ResourceOutline,
    title=TITLES,
    url=st.sampled_from(
        ["https://a.example.org/x_y", "https://b.example.org/?a=1&b=2", "https://c.example.org/(d)"]
    ),
    type=st.just(ResourceType.DOCS),
)


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    """An outline of two skills with any titles, criteria and links."""
    parts = []
    for number in range(2):
        milestones = [
            replace(
                milestone(f"m{number}-{index}"),
                title=draw(TITLES),
                summary="",
                done_when=tuple(draw(st.lists(TITLES, min_size=1, max_size=3))),
                resources=tuple(draw(st.lists(LINKS, max_size=2, unique_by=lambda link: link.url))),
            )
            for index in range(draw(st.integers(1, 3)))
        ]
        parts.append(replace(skill(f"s{number}", *milestones), title=f"{draw(TITLES)} {number}"))
    return outline(*parts)


def come_back(file: bytes, name: str) -> Outline:
    imported = read_foreign_file(file, name=name)
    if isinstance(imported, ImportedFile):
        return build_outline(imported, ImportDefaults(), slug="sample").outline
    return imported


def facts(milestone: MilestoneOutline) -> tuple[object, ...]:
    return milestone.title, milestone.done_when, [resource.url for resource in milestone.resources]


def structure(outline: Outline) -> list[object]:
    return [
        (skill.title, [facts(milestone) for milestone in skill.milestones])
        for skill in outline.skills.values()
    ]


@pytest.mark.parametrize("extension", ["yaml", "json"])
def test_roadmap_files_come_back_whole(extension: str) -> None:
    assert come_back(OUTLINE_FORMATS[extension].write(sample(), ()), f"x.{extension}") == sample()


@pytest.mark.parametrize("extension", ["yaml", "json", "md", "csv"])
@given(written=outlines())
def test_any_roadmap_comes_back_with_its_texts_and_links(extension: str, written: Outline) -> None:
    read = come_back(OUTLINE_FORMATS[extension].write(written, ()), f"sample.{extension}")
    assert structure(read) == structure(written)


def test_tables_keep_keys_hours_and_prerequisites() -> None:
    read = come_back(OUTLINE_FORMATS["csv"].write(sample(), ()), "sample.csv")
    assert read.milestones.keys() == sample().milestones.keys()
    assert read.milestones["second"].prerequisites == ("first",)
    assert (read.milestones["blue"].hours_low, read.milestones["blue"].hours_high) == (6, 9)


@pytest.mark.parametrize("extension", ["md", "csv"])
def test_own_ticks_come_back_too(extension: str) -> None:
    imported = read_foreign_file(
        OUTLINE_FORMATS[extension].write(sample(), {"second"}), name=f"x.{extension}"
    )
    assert isinstance(imported, ImportedFile)
    assert [row.title for row in imported.rows if row.is_ticked] == ["Second"]


@pytest.mark.parametrize(
    "text", ["- a", "* b", "• c", "-Z", "'-Z 1", "''=a", "'- a", "'tis", "＝x", "\u200b=a"]
)
def test_the_first_sign_of_a_text_comes_back_from_a_table(text: str) -> None:
    links = [
        ResourceOutline(title, f"https://a.example.org/{n}", ResourceType.DOCS)
        for n, title in enumerate(["A", text])
    ]
    for done_when, resources in (((text, "last"), links), (("first", text), links[::-1])):
        odd = replace(milestone("m"), title=text, summary="", done_when=done_when, resources=tuple(resources))
        written = outline(skill("s", odd))
        assert structure(come_back(OUTLINE_FORMATS["csv"].write(written, ()), "sample.csv")) == structure(
            written
        )


def test_no_cell_is_a_formula() -> None:
    written = outline(skill("s", replace(milestone("m"), title="=1+1")))
    rows = list(csv.reader(io.StringIO(OUTLINE_FORMATS["csv"].write(written, ()).decode("utf-8-sig"))))
    assert rows[1][2] == "'=1+1"
