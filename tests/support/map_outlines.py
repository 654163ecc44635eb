"""Outlines for maps: woven of as many milestones as asked for, with any titles."""

import random
from dataclasses import replace

from roadmap.domain.roadmaps.outlines import AreaOutline, MilestoneOutline, Outline, SkillOutline
from tests.support.outlines import milestone, skill

LONG = ("Weigh what a measurement is worth before anybody decides by it and say so in plain words " * 3)[:200]
ARABIC = "ابنِ نموذجًا أوليًا واختبره مع أشخاص حقيقيين"
TITLES = {"short": "Weave", "ordinary": "Weave the ends of a step together", "long": LONG, "arabic": ARABIC}


def woven(count: int, title: str = TITLES["ordinary"], seed: int = 1) -> Outline:
    """A roadmap in which each milestone may wait for earlier ones, or for a whole earlier skill."""
    chance = random.Random(seed)
    skills: list[SkillOutline] = []
    before: list[MilestoneOutline] = []
    while len(before) < count:
        size = min(chance.randint(1, 9), count - len(before))
        names = [each.key for each in (*before, *skills)]
        steps = [_step(chance, len(before) + number, title, names) for number in range(size)]
        skills.append(skill(f"skill-{len(skills)}", *steps, needs=chance.choice((None, None, 1))))
        before += steps
    places = range(0, len(skills), 4)
    areas = (
        AreaOutline(f"area-{at}", f"Area {at}", "About it.", tuple(skills[at : at + 4])) for at in places
    )
    return Outline("woven", "Woven", "A sample.", "", "", tuple(areas))


def _step(chance: random.Random, number: int, title: str, names: list[str]) -> MilestoneOutline:
    chosen = chance.sample(names, min(len(names), chance.choice((0, 0, 1, 1, 2, 3))))
    made = milestone(f"step-{number}", prerequisites=tuple(chosen), optional=number % 11 == 10)
    return replace(made, title=title)
