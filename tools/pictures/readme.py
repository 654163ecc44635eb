"""The few pictures of the README, small enough for the repository."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import ViewportSize

from tools.pictures.measures import DESK, PHONE, watched_context
from tools.pictures.pages import LOOKS
from tools.pictures.sites import Site

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
MAX_BYTES = 150 * 1024


@dataclass(frozen=True)
class Kept:
    """One picture: its name, the page, the theme, its size, and what is scrolled to below the numbers."""

    name: str
    of: str
    theme: str
    height: int = 900
    width: int = DESK
    below: str = ""

    @property
    def size(self) -> ViewportSize:
        return {"width": self.width, "height": self.height}


README_PICTURES = (
    *(
        Kept(f"roadmap-{each}", "learner-list", each, 960, below="#s-mlops-devops")
        for each in ("light", "dark")
    ),
    *(Kept(f"map-{each}", "learner-map", each, 1250, below=".map-bar") for each in ("light", "dark")),
    Kept("today", "learner-today", "light", 800),
    Kept("today-phone", "learner-today", "dark", 844, PHONE),
    Kept("report", "learner-report", "light", 940),
    Kept("review", "mentor-review", "light", 900),
)
_SCROLL = "(place, below) => scrollBy(0, place.getBoundingClientRect().top - below)"
UNDER_NUMBERS = 116


def take_for_readme(site: Site) -> list[Path]:
    """Take the pictures anew."""
    looks = {look.name: look for look in LOOKS}
    made = []
    for picture in README_PICTURES:
        look = looks[picture.of]
        with watched_context(site, look.who, picture.theme) as (context, _):
            page = context.new_page()
            page.set_viewport_size(picture.size)
            page.goto(site.address(look) or site.url)
            if picture.below:
                page.locator(picture.below).first.evaluate(_SCROLL, UNDER_NUMBERS)
            made.append(PICTURES / f"{picture.name}.png")
            page.screenshot(path=made[-1])
        _shrink(made[-1])
    return made


def _shrink(path: Path) -> None:
    """Keep 256 colours by an octree: counting pixels would take theirs from the marks, which are rare."""
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(256, method=Image.Quantize.FASTOCTREE)
    few.save(path, optimize=True)
    if path.stat().st_size > MAX_BYTES:
        raise SystemExit(f"{path} has {path.stat().st_size // 1024} KB: take less of the page")
