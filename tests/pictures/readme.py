"""The few pictures of the README, small enough to be kept."""

from pathlib import Path

from PIL import Image

from tests.pictures.measures import watched_context
from tests.pictures.pages import LOOKS
from tests.pictures.sites import Site

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
SIZE = {"width": 1440, "height": 1000}
MOST_BYTES = 150 * 1024
# Name of the picture, page, theme.
KEPT = (
    ("roadmap-light", "learner-list", "light"),
    ("roadmap-dark", "learner-list", "dark"),
    ("map-light", "learner-map", "light"),
    ("map-dark", "learner-map", "dark"),
    ("review", "mentor-review", "light"),
)


def take_for_readme(site: Site) -> list[Path]:
    """Take the pictures anew."""
    looks = {look.name: look for look in LOOKS}
    made = []
    for name, of, theme in KEPT:
        look = looks[of]
        with watched_context(site, look.who, theme) as (context, _):
            page = context.new_page()
            page.set_viewport_size(SIZE)
            page.goto(site.address(look) or site.url)
            made.append(PICTURES / f"{name}.png")
            page.screenshot(path=made[-1])
        _shrink(made[-1])
    return made


def _shrink(path: Path) -> None:
    """Keep 256 colours by an octree: counting pixels would take theirs from the marks, which are rare."""
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(256, method=Image.Quantize.FASTOCTREE)
    few.save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{path} has {path.stat().st_size // 1024} KB: take less of the page")
