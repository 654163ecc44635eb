"""Where the files that ship with the package are, in a checkout and in an installed wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    # The wheel has these folders inside the package; in a checkout they stand beside it.
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


TEMPLATES = _shipped("templates")
MIGRATIONS = _shipped("migrations")
STATIC = PACKAGE / "static"
CONTENT = PACKAGE / "content"
