"""Files and folders keep the sizes that docs/house.md promises."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = list((ROOT / "roadmap").rglob("*.py"))
TEMPLATES = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name != "__pycache__"]


def test_modules_have_at_most_200_lines() -> None:
    assert len(MODULES) > 300
    assert [path for path in MODULES if len(path.read_text().splitlines()) > 200] == []


def test_templates_have_at_most_80_lines_of_120_characters() -> None:
    assert len(TEMPLATES) > 150
    lines = {path: path.read_text().splitlines() for path in TEMPLATES}
    assert [path for path in TEMPLATES if len(lines[path]) > 80] == []
    assert [(path, line) for path in TEMPLATES for line in lines[path] if len(line) > 120] == []


def test_folders_show_at_most_22_names() -> None:
    folders = {path.parent for path in MODULES + TEMPLATES}
    assert [folder for folder in folders if len(names_in(folder)) > 22] == []
