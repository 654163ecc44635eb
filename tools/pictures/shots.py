"""Pictures of pages: whole pages at two widths, the printed report, sheets, and those of the README."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Page, ViewportSize

from tools.pictures.measures import DESK, HEIGHT, PHONE, THEMES, watched_context
from tools.pictures.pages import LOOKS
from tools.pictures.sites import Site

WIDTHS = (PHONE, DESK)
THUMB = {PHONE: (195, 420), DESK: (400, 420)}
COLUMNS = {PHONE: 9, DESK: 5}
ROWS = 3
HIGHEST = 12_000
GAP, CAPTION = 10, 16


def take(page: Page, folder: Path, name: str) -> None:
    """Keep what the page looks like now at both widths and in both themes, whole."""
    for width, theme in product(WIDTHS, THEMES):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": HEIGHT})
        # The window is made as high as the page, so that what sticks to its foot stands at the foot.
        whole = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(whole, HIGHEST)})
        page.screenshot(path=folder / f"{width}-{theme}" / f"{name}.png")


def take_print(page: Page, folder: Path, name: str) -> None:
    """Keep the page as it prints on A4, as pictures where pdftoppm is installed."""
    target = folder / "print" / f"{name}.pdf"
    page.emulate_media(media="print", color_scheme="light")
    page.pdf(path=target, format="A4", print_background=True)
    page.emulate_media(media="screen")
    if shutil.which("pdftoppm"):
        subprocess.run(["pdftoppm", "-png", "-r", "70", target, target.with_suffix("")], check=True)


def make_sheets(folder: Path) -> list[Path]:
    """Sheets of the upper part of each page, some pages to a sheet."""
    made = []
    for kind in sorted(each for each in folder.iterdir() if each.is_dir() and each.name[0].isdigit()):
        width = int(kind.name.partition("-")[0])
        pictures = sorted(kind.glob("*.png"))
        size = COLUMNS[width] * ROWS
        for number, start in enumerate(range(0, len(pictures), size), 1):
            made.append(folder / f"sheet-{kind.name}-{number}.png")
            _sheet(pictures[start : start + size], width).save(made[-1])
    return made


def _sheet(pictures: Sequence[Path], width: int) -> Image.Image:
    wide, high = THUMB[width]
    columns = min(COLUMNS[width], len(pictures))
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * (wide + GAP), rows * (high + GAP + CAPTION)), "#888")
    draw = ImageDraw.Draw(sheet)
    for place, path in enumerate(pictures):
        left, top = place % columns * (wide + GAP), place // columns * (high + GAP + CAPTION)
        draw.text((left + 2, top + 2), path.stem, fill="white")
        with Image.open(path) as picture:
            small = picture.convert("RGB").resize((wide, picture.height * wide // picture.width))
        sheet.paste(small.crop((0, 0, wide, min(high, small.height))), (left, top + CAPTION))
    return sheet


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
