"""What `roadmap check` looks at: each check yields a sentence for every fault it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from roadmap.config import Config
from roadmap.db.database import Database

Faults = Callable[[Config, Database], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Check:
    """One check; it does not run where the check named in `needs` found a fault or did not run either."""

    name: str
    faults: Faults
    needs: str = ""
    warning: Callable[[Config], str | None] | None = None
