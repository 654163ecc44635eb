"""One filled demo for all tests that only look at it."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from roadmap.db.database import Database
from tests.support.filled_demos import filled_demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with filled_demo(tmp_path_factory.mktemp("demo")) as database:
        yield database


@pytest.fixture
def seen(demo: Database) -> Iterator[Session]:
    with demo.reading() as session:
        yield session
