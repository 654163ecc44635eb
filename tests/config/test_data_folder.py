"""The data folder: its database is in it whatever it is called, also where there are no hard links."""

import stat
from errno import EPERM
from pathlib import Path
from typing import Never

import pytest
from sqlalchemy import text

from roadmap.config import Config, ConfigProblem
from roadmap.config.data_folder import prepare_data_folder
from roadmap.db.database import Database

pytestmark = pytest.mark.slow

NAMES = ["with space", "with#hash", "with%20percent", "with?mark", "ünï", "quote'd", "a&b=c", "+", "100%"]


@pytest.mark.parametrize("name", NAMES)
def test_the_database_is_in_the_folder_and_private(tmp_path: Path, name: str) -> None:
    config = prepare_data_folder(Config.from_environ({"ROADMAP_DATA": str(tmp_path / name)}))
    with Database(config) as database, database.writing() as session:
        session.execute(text("CREATE TABLE roadmaps (slug TEXT)"))
        session.commit()
    file = tmp_path / name / "roadmap.sqlite3"
    assert file.stat().st_size > 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [child.name for child in tmp_path.iterdir()] == [name]


def test_quotes_around_a_folder_are_named() -> None:
    with pytest.raises(ConfigProblem, match=r"^ROADMAP_DATA: has quotes"):
        Config.from_environ({"ROADMAP_DATA": '"/srv/roadmap"'})


def no_hard_links(*_: object) -> Never:
    raise PermissionError(EPERM, "Operation not permitted")


def test_without_hard_links_a_key_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "hardlink_to", no_hard_links)
    with pytest.raises(ConfigProblem, match=r"no hard links .*ROADMAP_SECRET_KEY"):
        prepare_data_folder(Config.from_environ({"ROADMAP_DATA": str(tmp_path)}))
    assert [child.name for child in tmp_path.iterdir()] == ["roadmap.sqlite3"]
    config = Config.from_environ({"ROADMAP_DATA": str(tmp_path), "ROADMAP_SECRET_KEY": "k" * 40})
    assert prepare_data_folder(config).secret_key == "k" * 40
