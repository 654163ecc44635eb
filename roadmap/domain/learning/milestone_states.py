"""The milestone states of an enrollment by id; a change returns a new mapping."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from roadmap.domain.learning.numbers import (
    Numbers,
    SkillTotals,
    count_extra,
    sum_totals,
    total_skills,
    update_totals,
)
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState
from roadmap.domain.learning.replay import SETS
from roadmap.domain.roadmaps.plans import Plan


class _CachedTotals(NamedTuple):
    """The totals computed for a plan, and the ids of the milestones changed since."""

    plan: Plan
    skill_totals: dict[str, SkillTotals]
    touched: frozenset[int]


class StatesById(dict[int, MilestoneState]):
    """States of the milestones that have events, by id. Not changed any more once it is shared."""

    __slots__ = ("_cached",)
    _cached: _CachedTotals | None

    def __init__(
        self, states: Mapping[int, MilestoneState] | Iterable[tuple[int, MilestoneState]] = ()
    ) -> None:
        super().__init__(states)
        self._cached = None

    def after(self, rows: Iterable[Mapping[Any, Any]]) -> "StatesById":
        """Return the states after these events, which are applied in the order of the rows."""
        later, touched = StatesById(self), set[int]()
        for row in rows:
            if row["kind"] in SETS:
                changed = {column: row[column] for column in SETS[row["kind"]]}
                milestone_id = row["milestone_id"]
                later[milestone_id] = later.get(milestone_id, UNTOUCHED)._replace(**changed)
                touched.add(milestone_id)
        if self._cached:
            later._cached = self._cached._replace(touched=self._cached.touched | touched)
        return later

    def skill_totals(
        self, plan: Plan, ids: Mapping[str, int], keys: Mapping[int, str]
    ) -> dict[str, SkillTotals]:
        """Return the totals of each skill of the plan; only skills with changed milestones are recomputed."""
        before, states = self._cached, StatesByKey(self, ids)
        if before is None or before.plan is not plan:
            totals = total_skills(plan, states)
        elif before.touched:
            changed = [keys[number] for number in before.touched if number in keys]
            totals = update_totals(plan, before.skill_totals, states, changed)
        else:
            return before.skill_totals
        self._cached = _CachedTotals(plan, totals, frozenset())
        return totals

    def numbers(self, plan: Plan, ids: Mapping[str, int], keys: Mapping[int, str]) -> Numbers:
        """Return both numbers of the plan."""
        extra = count_extra(plan, StatesByKey(self, ids))
        return sum_totals(plan, self.skill_totals(plan, ids, keys).values(), extra)


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
