"""Pictures of pages: whole pages at two widths, the printed report, and sheets of small ones to look over."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Page

from tools.pictures.measures import DESK, HEIGHT, PHONE

WIDTHS = (PHONE, DESK)
THUMB = {PHONE: (195, 420), DESK: (400, 420)}
COLUMNS = {PHONE: 9, DESK: 5}
ROWS = 3
HIGHEST = 12_000
GAP, CAPTION = 10, 16


def take(page: Page, folder: Path, name: str, theme: str) -> None:
    """Keep what the page looks like now at both widths, whole."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        # The window is made as high as the page, so that what sticks to its foot stands at the foot.
        whole = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(whole, HIGHEST)})
        page.screenshot(path=folder / f"{width}-{theme}" / f"{name}.png")


def take_print(page: Page, folder: Path, name: str) -> None:
    """Keep the page as it prints on A4, as pictures where pdftoppm is installed."""
    target = folder / "print" / f"{name}.pdf"
    page.emulate_media(media="print")
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
