"""What a learner takes up next: mostly in plan order, with a look into other areas now and then."""

from collections.abc import Mapping
from random import Random

from roadmap.demos.stories import Story
from roadmap.domain.plans import Plan
from roadmap.domain.progress import Standing, Status
from roadmap.domain.readiness import is_met, ready_milestones

MOST_AT_ONCE = 3
FAITHFUL, ORDERLY = 0.7, 0.35


def next_milestone(plan: Plan, statuses: Mapping[str, Status], story: Story, chance: Random) -> str | None:
    """The key of what to work on now; None when nothing is left that this learner wants to do."""
    standings = {key: Standing(status=status) for key, status in statuses.items()}
    wanted = [key for key in ready_milestones(plan, standings) if _is_wanted(plan, key, story)]
    wanted += [key for key in story.extras if key not in statuses and _may_start(plan, standings, key)]
    started = [key for key in wanted if statuses.get(key) is Status.IN_PROGRESS]
    if started and (chance.random() < FAITHFUL or len(started) >= MOST_AT_ONCE):
        return started[0]
    fresh = [key for key in wanted if key not in started]
    if not fresh:
        return started[0] if started else None
    return fresh[0] if chance.random() < ORDERLY else chance.choice(_first_of_each_area(plan, fresh))


def _is_wanted(plan: Plan, key: str, story: Story) -> bool:
    offers_choice = plan.outline.skill_of[key].needs is not None
    return key not in story.never and (not offers_choice or key in story.chosen)


def _may_start(plan: Plan, standings: Mapping[str, Standing], key: str) -> bool:
    needed = plan.outline.milestones[key].prerequisites
    return all(is_met(plan, standings, each) for each in needed)


def _first_of_each_area(plan: Plan, keys: list[str]) -> list[str]:
    area_of = {skill.key: area.key for area in plan.outline.areas for skill in area.skills}
    first: dict[str, str] = {}
    for key in keys:
        first.setdefault(area_of[plan.outline.skill_of[key].key], key)
    return list(first.values())
