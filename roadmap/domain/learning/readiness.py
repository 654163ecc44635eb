"""Which milestones are ready to start, derived from the plan and the milestone states."""

from collections.abc import Iterable

from roadmap.domain.learning.progress import UNTOUCHED, States, Status
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.plans import Plan, PlanSkill

_SETTLED = (Status.DONE, Status.SKIPPED)


def ready_milestones(plan: Plan, states: States) -> list[str]:
    """Return the keys of the milestones to work on now: those in progress first, then in plan order."""
    return _ready_in(plan, plan.skills, states)


def ready_among(plan: Plan, states: States, keys: Iterable[str]) -> frozenset[str]:
    """Return the keys of the ready milestones in the skills of these milestones."""
    wanted = {plan.outline.skill_of[key].key for key in keys}
    skills = [skill for skill in plan.skills if skill.key in wanted]
    return frozenset(_ready_in(plan, skills, states))


def is_met(plan: Plan, states: States, key: str) -> bool:
    """Return whether a prerequisite is done or skipped, is outside the plan, or its skill is complete."""
    if key in plan.outline.skills:
        skill = plan.by_skill.get(key)
        return (
            skill is None
            or _is_complete(skill, states)
            or all(_status(states, milestone) in _SETTLED for milestone in skill.required)
        )
    if key not in plan.milestones or _status(states, key) in _SETTLED:
        return True
    return _is_complete(plan.by_skill[plan.outline.skill_of[key].key], states)


def affected_milestones(outline: Outline, keys: Iterable[str]) -> list[str]:
    """Return these keys and those of all milestones whose readiness may depend on them, each once."""
    affected: dict[str, None] = {}
    for key in keys:
        skill = outline.skill_of[key]
        siblings = [milestone.key for milestone in skill.milestones] if skill.needs is not None else []
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
    return started + [key for key in waiting if _may_start(plan, states, key)]


def _open_milestones(skill: PlanSkill, states: States) -> list[str]:
    """Return the open milestones of a skill, without surplus ones when enough others are done or started."""
    of_skill = [_status(states, key) for key in skill.required]
    missing = skill.needs - of_skill.count(Status.DONE)
    if missing <= 0:
        return []
    are_started = of_skill.count(Status.IN_PROGRESS) >= missing
    pairs = zip(skill.required, of_skill, strict=True)
    if are_started:
        return [key for key, status in pairs if status is Status.IN_PROGRESS]
    return [key for key, status in pairs if status not in _SETTLED]


def _may_start(plan: Plan, states: States, milestone_key: str) -> bool:
    prerequisites = plan.outline.milestones[milestone_key].prerequisites
    return all(is_met(plan, states, key) for key in prerequisites)


def _is_complete(skill: PlanSkill, states: States) -> bool:
    return [_status(states, key) for key in skill.required].count(Status.DONE) >= skill.needs
