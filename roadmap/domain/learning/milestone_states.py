"""The milestone states of an enrollment by id; a change returns a new mapping."""

from collections.abc import Iterable, Mapping
from typing import Any

from roadmap.domain.learning.numbers import SkillTotals, total_skills
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState
from roadmap.domain.learning.replay import SETS
from roadmap.domain.roadmaps.plans import Plan


class StatesById(dict[int, MilestoneState]):
    """States of the milestones that have events, by id. Not changed any more once it is shared."""

    __slots__ = ("_cached_totals",)
    _cached_totals: tuple[Plan, dict[str, SkillTotals]] | None

    def __init__(
        self, states: Mapping[int, MilestoneState] | Iterable[tuple[int, MilestoneState]] = ()
    ) -> None:
        super().__init__(states)
        self._cached_totals = None

    def after(self, rows: Iterable[Mapping[Any, Any]]) -> "StatesById":
        """Return the states after these events, which are applied in the order of the rows."""
        later = StatesById(self)
        for row in rows:
            if row["kind"] in SETS:
                changed = {column: row[column] for column in SETS[row["kind"]]}
                milestone_id = row["milestone_id"]
                later[milestone_id] = later.get(milestone_id, UNTOUCHED)._replace(**changed)
        return later

    def skill_totals(self, plan: Plan, by_key: Mapping[str, MilestoneState]) -> dict[str, SkillTotals]:
        """Return the totals of each skill of the plan, computed once for the plan that was asked for last.

        `by_key` has the same states by the keys of the plan's milestones.
        """
        if self._cached_totals is None or self._cached_totals[0] is not plan:
            self._cached_totals = plan, total_skills(plan, by_key)
        return self._cached_totals[1]
