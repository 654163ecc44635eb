"""What the documentation names exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [
    ROOT / "docs" / "house.md",
    ROOT / "README.md",
    *sorted((ROOT / "docs" / "decisions").glob("*.md")),
]
FOLDERS = ("", "roadmap", "roadmap/static", "templates")
FILE = re.compile(r"`([\w./-]+\.(?:py|html|css|js|typ|yaml|md))`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_file_named_in_the_documentation_exists(document: Path) -> None:
    names = set(FILE.findall(document.read_text()))
    assert {
        name for name in names if not any((ROOT / folder / name).is_file() for folder in FOLDERS)
    } == set()


def test_a_mark_and_a_report_are_followed_in_at_most_thirty_files() -> None:
    overview = (ROOT / "docs" / "house.md").read_text()
    trips = [
        section
        for section in overview.split("\n## ")
        if section.startswith(("What happens when", "How a report"))
    ]
    assert [10 < len(set(FILE.findall(trip))) <= 30 for trip in trips] == [True, True]


def test_decisions_are_titled_by_their_numbers() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    titles = [decision.read_text().partition(".")[0] for decision in decisions]
    assert titles == [f"# {int(decision.name[:4])}" for decision in decisions]
    assert len(decisions) > 20
