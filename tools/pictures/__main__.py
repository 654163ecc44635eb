"""Pictures of every page of a demo, and what a machine finds wrong: `python -m tools.pictures [FOLDER]`."""

import argparse
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tools.pictures.measures import THEMES, Measured, measure, watched_context
from tools.pictures.pages import LOOKS, PEOPLE, PRINTED
from tools.pictures.shots import WIDTHS, make_sheets, take, take_for_readme, take_print
from tools.pictures.sites import Site, opened_browser, served_demo

CONSOLE = Console(highlight=False)


def main() -> int:
    """Take the pictures; 1 when a page has a fault."""
    parser = argparse.ArgumentParser(prog="python -m tools.pictures", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="where they go; else a new temporary folder")
    parser.add_argument("--only", default="", help="only pages whose name has this in it")
    parser.add_argument("--readme", action="store_true", help="take the pictures of the README and no others")
    wanted = parser.parse_args()
    folder = wanted.folder or Path(tempfile.mkdtemp(prefix="roadmap-pictures-"))
    with (
        tempfile.TemporaryDirectory() as scratch,
        served_demo(Path(scratch)) as url,
        opened_browser() as browser,
    ):
        site = Site(url, browser)
        if wanted.readme:
            return print(*take_for_readme(site), sep="\n") or 0
        return report(folder, take_all(site, folder, wanted.only))


def take_all(site: Site, folder: Path, only: str) -> list[Measured]:
    """Measure and picture every page, one person after the other, so that each signs in once."""
    for kind in ("print", *(f"{width}-{theme}" for width in WIDTHS for theme in THEMES)):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    measured = []
    for who in PEOPLE:
        looks = [look for look in LOOKS if look.who == who and only in look.name]
        with watched_context(site, who) as (context, watch):
            page = context.new_page()
            for look in looks:
                measured.append(measure(site, page, watch, look))
                if not measured[-1].is_missing:
                    page.goto(site.address(look) or site.url)
                    take(page, folder, look.name)
                if look.name == PRINTED:
                    take_print(page, folder, look.name)
    return measured


def report(folder: Path, measured: list[Measured]) -> int:
    """Print where the pictures are, what is missing, and the faults; 1 when there are any."""
    CONSOLE.print(f"{len(measured)} pages looked at in both themes; pictures in {folder}")
    for sheet in make_sheets(folder):
        CONSOLE.print(f"  {sheet.name}")
    if missing := sorted({each.look.path for each in measured if each.is_missing}):
        CONSOLE.print(f"Not here (404): {', '.join(missing)}", style="yellow")
    heaviest = max(measured, key=lambda each: each.weight)
    CONSOLE.print(f"The heaviest is {heaviest.look.name} with {heaviest.weight / 1024:.0f} KB.")
    table = Table("Page", "Fault", title="Faults")
    for each in measured:
        for fault in each.faults:
            table.add_row(each.look.name, fault)
    CONSOLE.print(table if table.row_count else "No faults.")
    return 1 if table.row_count else 0


if __name__ == "__main__":
    raise SystemExit(main())
