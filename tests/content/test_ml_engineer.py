"""The built-in roadmap keeps the promises made for it."""

import re
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
import yaml

from roadmap.bootstrap import BUILT_IN
from roadmap.domain.roadmaps.outline_totals import hours_of, outline_totals
from roadmap.domain.roadmaps.outlines import Outline, VerificationMode
from roadmap.domain.roadmaps.pathway_groups import PathwayGroup
from roadmap.domain.roadmaps.plans import make_plan
from roadmap.imports.outlines import read_outline
from tests.support.traceability_page import PAGE, traceability_page

FIRST_EDITION = Path(__file__).with_name("first-edition.yaml")
ON_RAMP = "before-you-begin"
ARTICLE = {
    "The Modern ML Engineer’s Toolkit": [
        "Deep Learning Frameworks",
        "Cloud Computing Platforms",
        "MLOps and Development Operations",
    ],
    "Beyond Technical Expertise": [
        "Data Privacy and Security",
        "Algorithmic Bias",
        "Environmental Impact",
        "Ethical AI Development",
    ],
    "The Industry Landscape": [
        "Computer Vision Engineers",
        "Natural Language Processing Specialists",
        "Reinforcement Learning Engineers",
        "MLOps Engineers",
    ],
    "Education and Career Pathways": [
        "Traditional University Programs",
        "Specialized ML Programs",
        "Industry Certifications",
        "Practical Experience",
    ],
    "Future Prospects and Industry Trends": [
        "Automated Machine Learning (AutoML)",
        "Edge Computing",
        "Quantum Machine Learning",
        "Specialized Hardware Development",
    ],
    "The Human Element": ["Communication", "Problem-solving", "Collaboration", "Continuous Learning"],
    "Impact on Society and Industry": [
        "Healthcare",
        "Finance",
        "Environmental Protection",
        "Transportation",
    ],
}


@pytest.fixture(scope="module")
def roadmap() -> Outline:
    """Read the built-in roadmap."""
    return read_outline(BUILT_IN.read_bytes())


def test_each_item_of_the_article_is_a_skill(roadmap: Outline) -> None:
    wanted = [f"{section}: {item}" for section, items in ARTICLE.items() for item in items]
    sources = [skill.source for skill in roadmap.skills.values() if skill.source]
    assert len(wanted) == 27
    assert sorted(sources) == sorted(wanted)


def test_the_page_that_traces_the_article_is_made_from_the_file(roadmap: Outline) -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == traceability_page(roadmap), "run: uv run python -m tests.support.traceability_page"


def test_it_has_eight_areas_and_six_skills_without_a_source(roadmap: Outline) -> None:
    assert len(roadmap.areas) == 8
    assert len(roadmap.skills) == 33
    foundations = [skill.key for skill in roadmap.areas[0].skills]
    assert len(foundations) == 5
    assert [key for key, skill in roadmap.skills.items() if not skill.source] == [
        *foundations,
        "foundation-models",
    ]


def test_its_milestones_are_neither_too_few_nor_too_many(roadmap: Outline) -> None:
    assert 130 <= len(roadmap.milestones) <= 145
    assert {len(skill.milestones) for skill in roadmap.skills.values()} <= {3, 4, 5, 6}


def test_every_milestone_has_topics(roadmap: Outline) -> None:
    for key, milestone in roadmap.milestones.items():
        assert 2 <= len(milestone.topics) <= 6, key
        assert all(len(topic) <= 40 for topic in milestone.topics), key


def test_every_key_of_the_first_edition_is_still_there(roadmap: Outline) -> None:
    first = read_outline(FIRST_EDITION.read_bytes())
    assert len(first.milestones) == 128
    assert first.milestones.keys() | first.skills.keys() <= roadmap.milestones.keys() | roadmap.skills.keys()
    assert {pathway.key for pathway in first.pathways} == {pathway.key for pathway in roadmap.pathways}


def test_both_loaders_of_yaml_read_the_file_alike() -> None:
    text = BUILT_IN.read_text(encoding="utf-8")
    assert yaml.load(text, Loader=yaml.SafeLoader) == yaml.load(text, Loader=yaml.CSafeLoader)


def test_each_milestone_has_criteria_and_resources(roadmap: Outline) -> None:
    for key, milestone in roadmap.milestones.items():
        assert 2 <= len(milestone.done_when) <= 4, key
        assert 1 <= len(milestone.resources) <= 3, key
        assert milestone.hours_low < milestone.hours_high <= 4 * milestone.hours_low, key


def test_titles_name_a_result_once(roadmap: Outline) -> None:
    titles = [milestone.title for milestone in roadmap.milestones.values()]
    assert len(set(titles)) == len(titles)
    assert all(len(title.split()) >= 3 for title in titles)


def test_a_fifth_to_a_quarter_needs_no_mentor(roadmap: Outline) -> None:
    alone = [each for each in roadmap.milestones.values() if each.verification is VerificationMode.SELF]
    assert 0.2 <= len(alone) / len(roadmap.milestones) <= 0.25


def test_prerequisites_are_few_and_not_deep(roadmap: Outline) -> None:
    counts = [len(milestone.prerequisites) for milestone in roadmap.milestones.values()]
    assert max(counts) <= 3
    assert sum(counts) <= 1.35 * len(counts)
    totals = outline_totals(roadmap)
    assert totals.depth <= 12
    assert len(totals.roots) <= 8
    assert totals.unconnected == ("plan-learning",)
    assert totals.optional_beside_alternatives == ()


def test_core_milestones_never_wait_for_a_pathway_or_a_trend(roadmap: Outline) -> None:
    optional = {key for key, each in roadmap.skills.items() if each.optional} - {ON_RAMP}
    core = roadmap.skills.keys() - optional - roadmap.chosen_by_pathway
    milestones = [milestone for key in core for milestone in roadmap.skills[key].milestones]
    needed = {key for milestone in milestones for key in milestone.prerequisites}
    assert len(needed) > 20
    assert {key if key in roadmap.skills else roadmap.skill_of[key].key for key in needed} <= core


@pytest.mark.parametrize("group", PathwayGroup)
def test_each_group_offers_four_pathways_of_40_to_150_hours(roadmap: Outline, group: PathwayGroup) -> None:
    pathways = [pathway for pathway in roadmap.pathways if pathway.group == group]
    hours = [sum(hours_of(roadmap.skills[key] for key in pathway.skills)) / 2 for pathway in pathways]
    assert len(pathways) == 4
    assert all(40 <= each <= 150 for each in hours)


def test_the_core_takes_400_to_750_hours_and_no_area_more_than_a_third_of_it(roadmap: Outline) -> None:
    totals = outline_totals(roadmap)
    assert 400 <= totals.core_low < totals.core_high <= 750
    assert all(0.15 <= area.share <= 0.34 for area in totals.areas)


def test_a_plan_takes_as_long_as_the_description_says(roadmap: Outline) -> None:
    assert "a year and a half to two years at eight to ten hours a week" in " ".join(
        roadmap.description.split()
    )
    by_group = {group: [p for p in roadmap.pathways if p.group == group] for group in PathwayGroup}
    for chosen in product(*by_group.values()):
        weeks = float(plan_hours(roadmap, [pathway.key for pathway in chosen])) / 9
        assert 1.5 <= weeks / 52 <= 2, [pathway.key for pathway in chosen]


def plan_hours(roadmap: Outline, pathways: list[str]) -> Fraction:
    """Return the middle hours of the plan of these pathways."""
    plan = make_plan(roadmap, pathways)
    return Fraction(sum(skill.total for skill in plan.skills), plan.parts)


def test_frameworks_and_clouds_offer_alternatives_and_trends_are_optional(roadmap: Outline) -> None:
    needing = {key: len(skill.required) for key, skill in roadmap.skills.items() if skill.needs == 1}
    assert needing == {"deep-learning-frameworks": 3, "cloud-platforms": 3}
    assert {skill.key for skill in roadmap.skills.values() if skill.optional} == {
        ON_RAMP,
        *(skill.key for skill in roadmap.areas[-1].skills),
    }


def test_nothing_in_it_dates_within_a_year(roadmap: Outline) -> None:
    for key, each in roadmap.milestones.items():
        words = " ".join((each.title, each.summary, *each.done_when))
        assert not re.search(r"\b(20\d\d|v\d+|\d+\.\d+\.\d+|latest|nowadays|recently|GPT|Llama)\b", words), (
            key
        )
