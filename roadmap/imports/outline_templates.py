"""Small roadmaps to begin with, which come with the software and are in no catalog."""

from roadmap.domain.errors import NotFound
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.imports.outlines import read_outline
from roadmap.paths import CONTENT, PACKAGE

TEMPLATES = {
    "skeleton": "An example with two milestones",
    "first-weeks": "First weeks in a team",
}
_FILES = {
    "skeleton": CONTENT / "templates" / "skeleton.yaml",
    "first-weeks": PACKAGE / "demo" / "first-weeks.yaml",
}


def read_template(name: str) -> Outline:
    """Return a template by its name; raise NotFound for another name."""
    if name not in _FILES:
        raise NotFound("There is no such template.")
    return read_outline(_FILES[name].read_bytes())
