"""Ready and later: derived from the outline, the plan and where the milestones stand."""

from collections.abc import Iterable, Mapping

from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, Status
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.plans import Plan, PlanSkill

States = Mapping[str, MilestoneState]
_SETTLED = (Status.DONE, Status.SKIPPED)


def ready_milestones(plan: Plan, states: States) -> list[str]:
    """Keys of the milestones one can work on now: those in progress first, then in plan order."""
    return _ready_in(plan, plan.skills, states)


def ready_among(plan: Plan, states: States, keys: Iterable[str]) -> frozenset[str]:
    """Which of these milestones, and of those beside them in their skills, one can work on now."""
    wanted = {plan.outline.skill_of[key].key for key in keys}
    skills = [skill for skill in plan.skills if skill.key in wanted]
    return frozenset(_ready_in(plan, skills, states))


def is_met(plan: Plan, states: States, key: str) -> bool:
    """Whether a prerequisite is done or skipped, outside the plan, or its skill has what it needs."""
    if key in plan.outline.skills:
        skill = plan.by_skill.get(key)
        return (
            skill is None
            or _has_what_it_needs(skill, states)
            or all(_status(states, each) in _SETTLED for each in skill.required)
        )
    if key not in plan.milestones or _status(states, key) in _SETTLED:
        return True
    return _has_what_it_needs(plan.by_skill[plan.outline.skill_of[key].key], states)


def affected_milestones(outline: Outline, keys: Iterable[str]) -> list[str]:
    """These milestones, and those that may become ready or not when these are marked, each once."""
    affected: dict[str, None] = {}
    for key in keys:
        skill = outline.skill_of[key]
        siblings = [each.key for each in skill.milestones] if skill.needs is not None else []
        affected |= dict.fromkeys([key, *siblings, *outline.opened_by.get(key, ())])
        affected |= dict.fromkeys(outline.opened_by.get(skill.key, ()))
        for sibling in siblings:
            affected |= dict.fromkeys(outline.opened_by.get(sibling, ()))
    return list(affected)


def _status(states: States, key: str) -> Status:
    return states.get(key, UNTOUCHED).status


def _ready_in(plan: Plan, skills: Iterable[PlanSkill], states: States) -> list[str]:
    open_keys = [key for skill in skills for key in _open_milestones(skill, states)]
    started = [key for key in open_keys if _status(states, key) is Status.IN_PROGRESS]
    waiting = [key for key in open_keys if _status(states, key) is not Status.IN_PROGRESS]
    return started + [key for key in waiting if _may_begin(plan, states, key)]


def _open_milestones(skill: PlanSkill, states: States) -> list[str]:
    """The skill's open milestones, less those that are surplus: enough others are done or under way."""
    of_skill = [_status(states, key) for key in skill.required]
    missing = skill.needs - of_skill.count(Status.DONE)
    if missing <= 0:
        return []
    are_started = of_skill.count(Status.IN_PROGRESS) >= missing
    pairs = zip(skill.required, of_skill, strict=True)
    if are_started:
        return [key for key, status in pairs if status is Status.IN_PROGRESS]
    return [key for key, status in pairs if status not in _SETTLED]


def _may_begin(plan: Plan, states: States, milestone_key: str) -> bool:
    prerequisites = plan.outline.milestones[milestone_key].prerequisites
    return all(is_met(plan, states, key) for key in prerequisites)


def _has_what_it_needs(skill: PlanSkill, states: States) -> bool:
    return [_status(states, key) for key in skill.required].count(Status.DONE) >= skill.needs
