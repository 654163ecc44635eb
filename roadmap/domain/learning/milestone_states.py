"""Where the milestones of an enrollment stand, by id; a change makes new ones out of those before."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from roadmap.domain.learning.numbers import Numbers, Tally, add_up, count_extra, tally_again, tally_skills
from roadmap.domain.learning.progress import UNTOUCHED, Standing
from roadmap.domain.learning.replay import SETS
from roadmap.domain.roadmaps.plans import Plan


class _Tallied(NamedTuple):
    """What was added up for a plan, and the milestones that were touched since."""

    plan: Plan
    tallies: dict[str, Tally]
    touched: frozenset[int]


class ById(dict[int, Standing]):
    """Standings of the touched milestones; never changed once others may see them."""

    __slots__ = ("_tallied",)
    _tallied: _Tallied | None

    def __init__(self, standings: Mapping[int, Standing] | Iterable[tuple[int, Standing]] = ()) -> None:
        super().__init__(standings)
        self._tallied = None

    def after(self, rows: Iterable[Mapping[Any, Any]]) -> "ById":
        """What these events make of them, in the order of the rows."""
        later, touched = ById(self), set[int]()
        for row in rows:
            if row["kind"] in SETS:
                changed = {column: row[column] for column in SETS[row["kind"]]}
                milestone_id = row["milestone_id"]
                later[milestone_id] = later.get(milestone_id, UNTOUCHED)._replace(**changed)
                touched.add(milestone_id)
        if self._tallied:
            later._tallied = self._tallied._replace(touched=self._tallied.touched | touched)
        return later

    def tallies(self, plan: Plan, ids: Mapping[str, int], keys: Mapping[int, str]) -> dict[str, Tally]:
        """What each skill of the plan adds; only those of milestones touched since are added up anew."""
        before, standings = self._tallied, Keyed(self, ids)
        if before is None or before.plan is not plan:
            tallies = tally_skills(plan, standings)
        elif before.touched:
            changed = [keys[number] for number in before.touched if number in keys]
            tallies = tally_again(plan, before.tallies, standings, changed)
        else:
            return before.tallies
        self._tallied = _Tallied(plan, tallies, frozenset())
        return tallies

    def numbers(self, plan: Plan, ids: Mapping[str, int], keys: Mapping[int, str]) -> Numbers:
        """Both numbers of the plan."""
        extra = count_extra(plan, Keyed(self, ids))
        return add_up(plan, self.tallies(plan, ids, keys).values(), extra)


class Keyed(Mapping[str, Standing]):
    """Standings by key, looked up where they are asked for: a mark asks for a few of a hundred."""

    __slots__ = ("_ids", "_standings")

    def __init__(self, standings: Mapping[int, Standing], ids: Mapping[str, int]) -> None:
        self._standings, self._ids = standings, ids

    def get(self, key: str, default: Any = None) -> Any:
        """The standing of a milestone of the edition, if it was touched."""
        number = self._ids.get(key)
        return default if number is None else self._standings.get(number, default)

    def __getitem__(self, key: str) -> Standing:
        return self._standings[self._ids[key]]

    def __iter__(self) -> Iterator[str]:
        return (key for key, number in self._ids.items() if number in self._standings)

    def __len__(self) -> int:
        return sum(1 for _ in self)
