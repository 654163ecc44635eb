"""Several people at the same moment: each in a thread and a transaction of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.orm import Session

from roadmap.database import Database
from roadmap.domain.errors import Refusal

Act = Callable[[Session], object]


def together(database: Database, *acts: Act) -> list[object]:
    """Run each in a thread and a transaction of its own; what each returned, or the refusal it met."""

    def run(act: Act) -> object:
        try:
            with database.writing() as session:
                done = act(session)
                session.commit()
        except Refusal as refusal:
            return refusal
        return done

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
