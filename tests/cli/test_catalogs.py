"""`roadmap catalog`: list, import, export and check."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from roadmap.bootstrap import BUILT_IN
from roadmap.cli import roadmap
from roadmap.exports.outline_documents import write_outline
from tests.support.command_line import Terminal
from tests.support.fixtures.instances import Instance
from tests.support.outlines import newer_sample, sample

DESCRIBED = {"description": "A sample, in more words."}
FILE = write_outline(replace(sample(), **DESCRIBED)).decode()
NEWER = write_outline(replace(newer_sample(), **DESCRIBED)).decode()
BROKEN = FILE.replace("hours: [2, 4]", "hours: [4, 2]", 1)


@pytest.fixture
def installation(tmp_path: Path) -> Terminal:
    """An installation that nobody serves."""
    return Terminal(tmp_path / "installation")


@pytest.fixture
def installed(tmp_path: Path, installed_file: Path) -> Terminal:
    """An installation with the built-in roadmap."""
    return Terminal.installed(tmp_path / "installation", installed_file)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The sample as a roadmap file."""
    path = tmp_path / "sample.yaml"
    path.write_text(FILE)
    return path


def check(path: Path | str) -> Result:
    """Run the check, which asks no installation, in this process."""
    return CliRunner().invoke(roadmap, ["catalog", "check", str(path)])


def test_the_built_in_roadmap_passes_the_check() -> None:
    done = check(BUILT_IN)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{BUILT_IN}: ok, ml-engineer with ")


def test_a_check_needs_no_database(installation: Terminal, file: Path) -> None:
    assert installation.run("catalog", "check", str(file)).exit_code == 0
    assert not installation.data.exists()


def test_a_check_names_file_line_and_field(file: Path) -> None:
    file.write_text(BROKEN)
    line = BROKEN.split("\n").index("            hours: [4, 2]") + 1
    done = check(file)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{file}:{line}: areas[0].skills[0].milestones[0].hours: ")


def test_a_check_names_every_problem(file: Path) -> None:
    file.write_text(BROKEN.replace("title: Sample", "titel: Sample"))
    said = check(file).stderr
    assert "titel" in said
    assert "hours" in said


def test_a_check_reads_standard_input(new_instance: Callable[..., Instance]) -> None:
    assert new_instance().run("catalog", "check", "-", stdin=BROKEN).stderr.startswith("<stdin>:")


def test_a_check_refuses_what_is_no_text(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")
    done = check(file)
    assert (done.exit_code, done.stderr.startswith(f"{file}:1: file: ")) == (1, True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            '{"CFDocument": {"title": "Knots"}, "CFItems": [{"identifier": "1", "fullStatement": "Tie"}]}',
            "CASE",
        ),
        ("Skill,Milestone\nKnots,Tie a bowline\nKnots,Splice a rope\n", "Table"),
        ("# Knots\n\n- [ ] Tie a bowline\n", "Markdown"),
    ],
)
def test_a_check_of_a_foreign_file_names_its_kind_and_what_to_do(
    tmp_path: Path, text: str, kind: str
) -> None:
    path = tmp_path / "knots"
    path.write_text(text)
    checked = check(path)
    last = checked.stderr.splitlines()[-1]
    assert checked.exit_code == 1
    assert last.startswith(f"Not a roadmap file ({kind}")
    assert '"roadmap catalog draft"' in last


def test_a_check_of_a_roadmap_file_with_faults_offers_no_draft(file: Path) -> None:
    file.write_text(BROKEN)
    assert "catalog draft" not in check(file).stderr


def test_a_file_that_is_not_there_is_misuse() -> None:
    done = check("nowhere.yaml")
    assert (done.exit_code, "nowhere.yaml" in done.stderr) == (2, True)


def test_an_import_publishes_edition_after_edition_and_nothing_where_it_is_the_same(
    installed: Terminal, file: Path
) -> None:
    assert installed.run("catalog", "import", str(file)).stdout == "sample: edition 1 is published\n"
    again = installed.run("catalog", "import", str(file))
    assert (again.exit_code, again.stdout) == (0, "sample: identical to its latest edition\n")
    newer = installed.run("catalog", "import", "-", stdin=NEWER)
    assert newer.stdout == "sample: edition 2 is published\n"


def test_an_import_of_a_broken_file_publishes_nothing(installation: Terminal, file: Path) -> None:
    file.write_text(BROKEN)
    assert installation.run("catalog", "import", str(file)).exit_code == 1
    assert not installation.data.exists()
    assert installation.run("database", "upgrade").exit_code == 0
    assert installation.run("catalog", "import", str(file)).exit_code == 1
    assert installation.run("catalog", "list", "--json").stdout == "[]\n"


def test_the_built_in_roadmap_cannot_be_imported_over(installed: Terminal) -> None:
    done = installed.run("catalog", "import", str(BUILT_IN))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "Error: The built-in roadmap comes with the software. Give your copy another slug.\n"
    )


def test_an_export_is_the_file_that_was_imported(installed: Terminal, file: Path) -> None:
    installed.run("catalog", "import", str(file))
    assert installed.run("catalog", "export", "sample").stdout == file.read_text()


def test_an_export_of_nothing_is_refused_in_one_line(installation: Terminal) -> None:
    done = installation.run("catalog", "export", "nothing")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)


def test_a_list_names_each_roadmap_with_its_last_edition(installed: Terminal, file: Path) -> None:
    installed.run("catalog", "import", str(file))
    rows = json.loads(installed.run("catalog", "list", "--json").stdout)
    assert [(row["slug"], row["edition"], row["is_built_in"]) for row in rows] == [
        ("ml-engineer", 1, True),
        ("sample", 1, False),
    ]
    assert installed.run("catalog", "list").stdout.splitlines()[2].startswith("sample ")


def test_an_import_says_what_it_would_change_and_for_how_many(installed: Terminal, file: Path) -> None:
    assert installed.run("catalog", "import", str(file)).exit_code == 0
    file.write_text(NEWER)
    tried = installed.run("catalog", "import", str(file), "--dry-run")
    assert (tried.exit_code, tried.stdout) == (0, "sample: nothing was published\n")
    assert "added: third\nremoved: second\nchanged: first\n" in tried.stderr
    done = installed.run("catalog", "import", str(file), "--yes")
    assert done.stdout == "sample: edition 2 is published\n"


def test_a_retired_roadmap_is_listed_as_that(installed: Terminal, file: Path) -> None:
    installed.run("catalog", "import", str(file))
    assert installed.run("catalog", "retire", "sample").stdout == "sample: retired\n"
    rows = json.loads(installed.run("catalog", "list", "--json").stdout)
    assert [row["state"] for row in rows if row["slug"] == "sample"] == ["retired"]
    assert installed.run("catalog", "retire", "nothing").exit_code == 1


def test_the_example_passes_the_check(tmp_path: Path) -> None:
    example = CliRunner().invoke(roadmap, ["catalog", "example"])
    path = tmp_path / "example.yaml"
    path.write_text(example.stdout)
    assert check(path).exit_code == 0


def test_a_list_becomes_a_roadmap_file(tmp_path: Path) -> None:
    path = tmp_path / "bees.md"
    path.write_text("# Bees\n\n## Hive\n- [ ] Open it\n- [ ] [Film](https://films.example.org)\n")
    done = CliRunner().invoke(roadmap, ["catalog", "draft", str(path)])
    assert (done.exit_code, "to check" in done.stderr) == (0, True)
    path.write_text(done.stdout)
    assert check(path).exit_code == 0
    path.write_text(" ")
    assert CliRunner().invoke(roadmap, ["catalog", "draft", str(path)]).exit_code == 1
