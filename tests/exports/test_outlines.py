"""What is written as a roadmap file reads back as the same outline."""

from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from roadmap.bootstrap import BUILT_IN
from roadmap.domain.characters import shows_something
from roadmap.domain.roadmaps import outlines, pathway_groups
from roadmap.exports.outline_documents import write_outline
from roadmap.imports.outlines import read_outline
from tests.support.outlines import sample

KEYS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
TYPED = st.sampled_from(
    ["2024", "yes", "~", "null", "- a", "a: b", "# no", "'", '"', "1.5", "{x}", "a #b", "=", "<<"]
)
FOREIGN = "\ufeff\ufffe\uffff"


def visible(text: str) -> str:
    return text.strip() if shows_something(text) else "x"


def shorten(text: str) -> str:
    return visible(text[:60])


INK = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters=FOREIGN)
LINES = TYPED | st.text(INK, max_size=80).map(visible)
PROSE = TYPED | st.text(INK | st.sampled_from("\n\t \u2028"), max_size=80).map(visible)
HOURS = st.tuples(st.integers(1, 1998), st.integers(1, 1998)).map(sorted)
RESOURCES = st.builds(
    outlines.ResourceOutline,
    title=LINES,
    url=st.sampled_from(["https://example.org/a?b=c&d=%20#e", "http://example.org:8000/{x},[y]"]),
    type=st.sampled_from(outlines.ResourceType),
    access=st.none() | st.sampled_from(outlines.ResourceAccess),
)


@st.composite
def milestones(draw: st.DrawFn, key: str) -> outlines.MilestoneOutline:
    """Draw a milestone without prerequisites."""
    low, high = draw(HOURS)
    return outlines.MilestoneOutline(
        key=key,
        title=draw(LINES),
        summary=draw(PROSE),
        done_when=tuple(draw(st.lists(LINES, min_size=1, max_size=3))),
        hours_low=low / 2,
        hours_high=high / 2,
        verification=draw(st.sampled_from(outlines.VerificationMode)),
        optional=draw(st.booleans()),
        resources=tuple(draw(st.lists(RESOURCES, max_size=2))),
        topics=tuple(draw(st.lists(LINES.map(shorten), max_size=3, unique_by=str.casefold))),
        was=tuple(draw(st.sampled_from([(), (f"old-{key}",), (f"old-{key}", f"older-{key}")]))),
        same_as=tuple(draw(st.sampled_from([(), ("bees/hive",), ("bees/hive", "https://x.example.org/1")]))),
    )


@st.composite
def roadmaps(draw: st.DrawFn) -> outlines.Outline:
    """Draw a roadmap of two skills, the second of which waits for the first."""
    first, second, waiting, *steps = draw(st.lists(KEYS, unique=True, min_size=4, max_size=6))
    easy = outlines.SkillOutline(
        key=first,
        title=draw(LINES),
        summary=draw(PROSE),
        milestones=tuple(draw(milestones(key)) for key in steps),
        source=draw(st.just("") | LINES),
    )
    last = draw(milestones(waiting))
    hard = outlines.SkillOutline(
        key=second,
        title=draw(LINES),
        summary=draw(PROSE),
        milestones=(
            outlines.MilestoneOutline(
                waiting, last.title, last.summary, last.done_when, 1, 2, prerequisites=(first, steps[0])
            ),
        ),
        needs=draw(st.none() | st.just(1)),
        was=draw(st.sampled_from([(), ("old-skill",)])),
    )
    area = outlines.AreaOutline(draw(KEYS), draw(LINES), draw(PROSE), (easy, hard))
    own = pathway_groups.GroupOutline(
        "bakery", draw(LINES), draw(LINES), draw(st.sampled_from(pathway_groups.GroupChoice))
    )
    groups = draw(st.sampled_from([(), (own,)]))
    group = "bakery" if groups else draw(st.sampled_from(pathway_groups.PathwayGroup)).value
    pathway = outlines.PathwayOutline(draw(KEYS), group, draw(LINES), draw(PROSE), (second,))
    return outlines.Outline(
        draw(KEYS),
        draw(LINES),
        draw(LINES),
        draw(PROSE),
        draw(st.just("") | LINES),
        (area,),
        draw(st.sampled_from([(), (pathway,)])),
        groups,
        draw(st.sampled_from(["", "de", "pt-BR"])),
    )


@given(roadmaps())
def test_a_written_outline_reads_back_as_the_same(outline: outlines.Outline) -> None:
    assert read_outline(write_outline(outline)) == outline


def test_the_built_in_roadmap_reads_back_as_the_same() -> None:
    outline = read_outline(BUILT_IN.read_bytes())
    assert read_outline(write_outline(outline)) == outline


def test_a_file_leaves_out_what_says_nothing_new() -> None:
    text = write_outline(read_outline(BUILT_IN.read_bytes())).decode()
    assert "verification: mentor" not in text
    assert "optional: false" not in text
    assert "\n            hours: [10, 16]\n" in text


@pytest.mark.parametrize(
    "title",
    [
        "no",
        "y",
        "N",
        "1.10",
        "1e3",
        "1E5",
        "-2e-3",
        "0o14",
        "0777",
        "+12",
        ".5",
        "0x1F",
        "2024-01-01",
        "null",
        "~",
        "True",
    ],
)
def test_a_title_that_others_take_for_a_number_is_quoted(title: str) -> None:
    outline = replace(sample(), title=title)
    (scalar,) = [
        event
        for event in yaml.parse(write_outline(outline).decode())
        if isinstance(event, yaml.ScalarEvent) and event.value == title
    ]
    assert scalar.style == "'"
