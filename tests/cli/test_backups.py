"""`roadmap backup` and `roadmap restore`, from one site to another."""

import re
import stat
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from roadmap.app import create_app
from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from roadmap.domain.reports.issued import write_identifier
from roadmap.domain.reports.links import LinkPurpose, derive_token
from roadmap.operations.accounts.sign_ins import begin_session
from roadmap.operations.reports.links import ShareChoice, make_share
from roadmap.web.login import COOKIE
from tests.support.browsing import Browser
from tests.support.cast import PASSWORD
from tests.support.command_line import Terminal
from tests.support.fixtures.postgresql import new_postgresql_database
from tests.support.frozen_reports import issue
from tests.support.learning import Learning
from tests.support.outlines import add_roadmap, enroll


@dataclass
class Site:
    """An installation with a person, her session, a shared link and a frozen report, and its backup."""

    terminal: Terminal
    backup: Path
    session: str
    shared: str
    identifier: str


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Site:
    folder = tmp_path_factory.mktemp("site")
    terminal = Terminal.installed(folder / "data", sqlite_template)
    assert terminal.run("user", "create", "lena@example.org", "--name", "Lena", stdin=PASSWORD).exit_code == 0
    with database_of(terminal) as database, database.writing() as session:
        lena = session.scalars(select(User)).one()
        add_roadmap(session)
        learning = Learning(session, lena, enroll(session, lena), at=lena.created_at)
        learning.mark("first")
        key = (terminal.data / "secret-key").read_text()
        at = lena.created_at
        share = make_share(session, learning.enrollment.public_id, ShareChoice(), by=lena, at=at, key=key)
        report = issue(learning)
        secret = begin_session(session, by=lena, at=at, is_remembered=True)
        session.commit()
        shared = f"/s/{derive_token(key, LinkPurpose.SHARE, share.nonce)}"
        identifier = write_identifier(report.code)
    done = terminal.run("backup", str(folder / "backup.sqlite3"))
    assert done.exit_code == 0, done.output
    return Site(terminal, folder / "backup.sqlite3", secret, shared, identifier)


def database_of(terminal: Terminal) -> Database:
    environ = {"ROADMAP_DATA": str(terminal.data), **terminal.environ}
    return Database(Config.from_environ(environ))


def app_of(terminal: Terminal) -> Flask:
    environ = {"ROADMAP_DATA": str(terminal.data), **terminal.environ}
    environ["ROADMAP_SECRET_KEY"] = (terminal.data / "secret-key").read_text()
    return create_app(Config.from_environ(environ))


def test_a_backup_is_described_and_checked(site: Site) -> None:
    done = site.terminal.run("backup", str(site.backup), "--check")
    assert done.exit_code == 0
    assert re.fullmatch(rf"{site.backup}: ok, \d+ rows, 1 accounts, made \S+ by Roadmap \S+\n", done.stdout)
    assert stat.S_IMODE(site.backup.stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def test_a_site_moves_with_its_links_and_reports_and_nobody_is_signed_in(
    site: Site, kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if kind == "sqlite":
        moved(site, Terminal(tmp_path / "moved"))
        return
    with new_postgresql_database(request.getfixturevalue("postgresql_address")) as url:
        moved(site, Terminal(tmp_path / "moved", {"ROADMAP_DATABASE_URL": url}))


def moved(site: Site, terminal: Terminal) -> None:
    done = terminal.run("restore", str(site.backup), "--key", str(site.terminal.data / "secret-key"))
    assert (done.exit_code, done.stdout.count("restored")) == (0, 1), done.output
    app = app_of(terminal)
    browser = Browser(app)
    assert browser.get(site.shared).status_code == 200
    assert 'data-finding="known"' in browser.get(f"/verify?id={site.identifier}").text
    browser.client.set_cookie(COOKIE, site.session)
    assert not browser.is_signed_in()
    assert browser.sign_in("lena@example.org").status_code == 303
    errors = [line for line in terminal.run("check").stderr.splitlines() if line.startswith("Error: ")]
    # Where nobody has served, the built-in roadmap is missing.
    assert [error for error in errors if not error.startswith("Error: catalogue: ")] == []
    app.extensions["database"].dispose()


def test_without_the_old_key_shared_links_open_too(site: Site, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "moved")
    assert terminal.run("restore", str(site.backup)).exit_code == 0
    app = app_of(terminal)
    assert Browser(app).get(site.shared).status_code == 200
    app.extensions["database"].dispose()


def files(site: Site) -> dict[Path, bytes]:
    """What is in the data folder, but for the empty file that servers lock."""
    return {file: file.read_bytes() for file in site.terminal.data.iterdir() if file.suffix != ".lock"}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("backup", "{here}/missing/backup"), "cannot write to"),
        (("backup", "{backup}"), "exists already"),
        (("backup", "{here}/nothing", "--check"), "does not exist"),
        (("restore", "{backup}"), "is not empty: it has 1 accounts and 1 roadmaps"),
        (("restore", "{backup}", "--key", "{here}/nothing"), "nothing does not exist"),
        (("restore", "{backup}", "--key", "{backup}"), "is damaged"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    site: Site, tmp_path: Path, arguments: tuple[str, ...], why: str
) -> None:
    before = files(site)
    done = site.terminal.run(*(each.format(here=tmp_path, backup=site.backup) for each in arguments))
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert why in done.stderr
    assert files(site) == before
    assert list(tmp_path.iterdir()) == []


def test_a_key_beside_a_set_one_is_refused(site: Site, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "data", {"ROADMAP_SECRET_KEY": "k" * 40})
    done = terminal.run("restore", str(site.backup), "--key", str(site.terminal.data / "secret-key"))
    assert "ROADMAP_SECRET_KEY is set" in done.stderr
    assert not terminal.data.exists()


def test_a_file_that_is_no_good_makes_no_installation(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("Nothing of ours. " * 100)
    terminal = Terminal(tmp_path / "data")
    assert "is not a backup of Roadmap" in terminal.run("restore", str(tmp_path / "notes")).stderr
    assert not terminal.data.exists()
