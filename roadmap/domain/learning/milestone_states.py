"""The milestone states of an enrollment by id; a change returns a new mapping."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from roadmap.domain.learning.numbers import (
    Numbers,
    SkillTotals,
    count_extra,
    sum_totals,
    total_skills,
)
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

    def skill_totals(self, plan: Plan, ids: Mapping[str, int]) -> dict[str, SkillTotals]:
        """Return the totals of each skill of the plan, computed once for the plan that was asked for last."""
        if self._cached_totals is None or self._cached_totals[0] is not plan:
            totals = total_skills(plan, StatesByKey(self, ids))
            self._cached_totals = plan, totals
            return totals
        return self._cached_totals[1]

    def numbers(self, plan: Plan, ids: Mapping[str, int]) -> Numbers:
        """Return both numbers of the plan."""
        extra = count_extra(plan, StatesByKey(self, ids))
        return sum_totals(plan, self.skill_totals(plan, ids).values(), extra)


class StatesByKey(Mapping[str, MilestoneState]):
    """States by key, looked up lazily, because a mark needs a few of a hundred."""

    __slots__ = ("_ids", "_states")

    def __init__(self, states: Mapping[int, MilestoneState], ids: Mapping[str, int]) -> None:
        self._states, self._ids = states, ids

    def get(self, key: str, default: Any = None) -> Any:
        """Return the state of a milestone of the edition, or the default when it has no events."""
        number = self._ids.get(key)
        return default if number is None else self._states.get(number, default)

    def __getitem__(self, key: str) -> MilestoneState:
        return self._states[self._ids[key]]

    def __iter__(self) -> Iterator[str]:
        return (key for key, number in self._ids.items() if number in self._states)

    def __len__(self) -> int:
        return sum(1 for _ in self)
