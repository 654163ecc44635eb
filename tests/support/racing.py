"""Several people at the same moment: each in a thread and a transaction of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.orm import Session

from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import RuleError
from tests.support.cast import add_user
from tests.support.outlines import add_roadmap

Act = Callable[[Session], object]


def newcomers(database: Database, *names: str) -> list[User]:
    """People with an account, and a roadmap they may start, for all transactions to see."""
    with database.writing() as session:
        add_roadmap(session)
        people = [add_user(session, name) for name in names]
        session.commit()
    return people


def together(database: Database, *acts: Act) -> list[object]:
    """Run each in a thread and a transaction of its own; what each returned, or the refusal it met."""

    def run(act: Act) -> object:
        try:
            with database.writing() as session:
                done = act(session)
                session.commit()
        except RuleError as error:
            return error
        return done

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
