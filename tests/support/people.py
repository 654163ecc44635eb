"""People of a real database: who is there, and Otto, who joins."""

from sqlalchemy import select

from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from tests.support.cast import add_user


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(User.name).order_by(User.id)))


def add_otto(database: Database) -> None:
    with database.writing() as session:
        add_user(session, "Otto")
        session.commit()
