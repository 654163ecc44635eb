"""One filled demo for all tests that only look at it."""

import shutil
from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from roadmap.db.database import Database
from tests.support.filled_demos import write_demo
from tests.support.fixtures.files import MakeOnce


@pytest.fixture(scope="session")
def demo(make_once: MakeOnce, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite3"
    shutil.copyfile(make_once("demo.sqlite3", write_demo), path)
    with Database(f"sqlite:///{path}") as database:
        yield database


@pytest.fixture
def seen(demo: Database) -> Iterator[Session]:
    with demo.reading() as session:
        yield session
