"""What the first Roadmap stored is upgraded and served.

`revision-0010.sql` was written by `tests.support.sql_files` from a database that the software of that time
filled: Lena has marked, noted, shown and handed in, Milo has verified, and a report is frozen.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from roadmap.app import create_app
from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.db.migrations import Schema, differences, migration_connection, schema_of, upgrade
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.reports.issued import IssuedReport, write_identifier
from roadmap.domain.reports.links import Share
from roadmap.queries.reports.record_faults import record_faults
from tests.support.browsing import Browser
from tests.support.cast import KEY, NOON, PASSWORD
from tests.support.sharing import token_of
from tests.support.sql_files import read_sql, write_sql

FIRST = Path(__file__).with_name("revision-0010.sql")


@pytest.fixture
def upgraded(empty_database: Database) -> Database:
    upgrade(empty_database, "0010")
    with migration_connection(empty_database) as connection:
        read_sql(connection, FIRST)
    upgrade(empty_database)
    return empty_database


@time_machine.travel(NOON, tick=False)
def test_the_schema_and_the_record_are_whole_and_its_people_go_on(upgraded: Database, config: Config) -> None:
    assert schema_of(upgraded) is Schema.CURRENT
    assert differences(upgraded) == []
    with upgraded.reading() as session:
        assert list(record_faults(session)) == []
        path = f"/enrollments/{session.scalars(select(Enrollment.public_id)).one()}"
        report = session.scalars(select(IssuedReport)).one()
        shared = token_of(session.scalars(select(Share)).one())
    lena = Browser(create_app(replace(config, secret_key=KEY), upgraded))
    assert lena.get(f"/s/{shared}").status_code == 200
    assert 'data-finding="known"' in lena.get(f"/verify?id={write_identifier(report.code)}").text
    assert lena.sign_in("lena@example.org", PASSWORD).status_code == 303
    pages = [lena.get(page) for page in ("/today", path, f"{path}/history", f"{path}/report")]
    assert [page.status_code for page in pages] == [200] * 4
    assert re.findall(r'data-milestone="first"[^>]*data-verification="verified"', pages[1].text)
    assert "It works. Twice." in lena.get(f"{path}/milestones/first").text
    assert lena.post(f"{path}/milestones/habit/progress", status="in_progress").status_code == 303
    with upgraded.reading() as session:
        assert list(record_faults(session)) == []


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_the_file_can_be_written_again(empty_database: Database) -> None:
    upgrade(empty_database, "0010")
    with migration_connection(empty_database) as connection:
        read_sql(connection, FIRST)
    with empty_database.engine.connect() as connection:
        statements = list(write_sql(connection))
    assert sorted(statements) == sorted(re.split(r"(?<=;)\n(?=[DIU])|\n\Z", FIRST.read_text())[:-1])
