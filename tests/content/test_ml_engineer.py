"""The built-in roadmap keeps the promises made for it."""

import re
from functools import cache

import pytest

from roadmap.bootstrap import BUILT_IN
from roadmap.domain.roadmaps.outlines import Outline, PathwayGroup, VerificationMode
from roadmap.imports.outlines import read_outline

ARTICLE = {
    "The Modern ML Engineer's Toolkit": [
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


def test_it_has_eight_areas_and_four_skills_without_a_source(roadmap: Outline) -> None:
    assert len(roadmap.areas) == 8
    assert len(roadmap.skills) == 31
    assert [skill.key for skill in roadmap.skills.values() if not skill.source] == [
        skill.key for skill in roadmap.areas[0].skills
    ]
    assert len(roadmap.areas[0].skills) == 4


def test_its_milestones_are_neither_too_few_nor_too_many(roadmap: Outline) -> None:
    assert 110 <= len(roadmap.milestones) <= 140
    assert {len(skill.milestones) for skill in roadmap.skills.values()} <= {3, 4, 5}


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
    assert sum(counts) <= 1.25 * len(counts)
    assert max(depths(roadmap)) <= 12


def depths(roadmap: Outline) -> list[int]:
    """Return for each milestone how many lie on the longest way to it."""

    @cache
    def depth(key: str) -> int:
        if key in roadmap.skills:
            return max((depth(each.key) for each in roadmap.skills[key].required), default=0)
        return 1 + max(map(depth, roadmap.milestones[key].prerequisites), default=0)

    return [depth(key) for key in roadmap.milestones]


def test_core_milestones_never_wait_for_a_pathway_or_a_trend(roadmap: Outline) -> None:
    core = {key for key, each in roadmap.skills.items() if not each.optional} - roadmap.chosen_by_pathway
    milestones = [milestone for key in core for milestone in roadmap.skills[key].milestones]
    needed = {key for milestone in milestones for key in milestone.prerequisites}
    assert len(needed) > 20
    assert {key if key in roadmap.skills else roadmap.skill_of[key].key for key in needed} <= core


@pytest.mark.parametrize("group", PathwayGroup)
def test_each_group_offers_four_pathways_of_40_to_150_hours(roadmap: Outline, group: PathwayGroup) -> None:
    pathways = [pathway for pathway in roadmap.pathways if pathway.group is group]
    hours = [sum(middle_hours(roadmap, key) for key in pathway.skills) for pathway in pathways]
    assert len(pathways) == 4
    assert all(40 <= each <= 150 for each in hours)


def test_the_core_takes_350_to_600_hours(roadmap: Outline) -> None:
    core = roadmap.skills.keys() - roadmap.chosen_by_pathway
    assert 350 <= sum(middle_hours(roadmap, key) for key in core) <= 600


def middle_hours(roadmap: Outline, key: str) -> float:
    """Return the hours a skill weighs, alternatives counted as often as they are needed."""
    skill = roadmap.skills[key]
    hours = [(each.hours_low + each.hours_high) / 2 for each in skill.required]
    return sum(hours) * (skill.needs or len(hours)) / len(hours) if hours else 0


def test_frameworks_and_clouds_offer_alternatives_and_trends_are_optional(roadmap: Outline) -> None:
    needing = {key: len(skill.required) for key, skill in roadmap.skills.items() if skill.needs == 1}
    assert needing == {"deep-learning-frameworks": 3, "cloud-platforms": 3}
    assert {skill.key for skill in roadmap.skills.values() if skill.optional} == {
        skill.key for skill in roadmap.areas[-1].skills
    }


def test_nothing_in_it_dates_within_a_year(roadmap: Outline) -> None:
    for key, each in roadmap.milestones.items():
        words = " ".join((each.title, each.summary, *each.done_when))
        assert not re.search(r"\b(20\d\d|v\d+|\d+\.\d+\.\d+|latest|nowadays|recently|GPT|Llama)\b", words), (
            key
        )
