"""Reading both percentages back from wherever they are shown: read models, pages and files."""

import csv
import html
import json
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any

from openpyxl import load_workbook
from pypdf import PdfReader

from roadmap.domain.learning.numbers import Numbers
from roadmap.domain.reports.links import LinkPurpose
from roadmap.domain.reports.numbers import ReportNumbers
from roadmap.exports.badges import draw_badge
from roadmap.queries.learning.roadmap_pages import find_roadmap_page
from roadmap.queries.mentoring.mentees import mentees_of
from roadmap.queries.pages.mentee import find_mentee_page
from roadmap.queries.pages.today import find_today_page
from roadmap.queries.reports.feeds import find_badge
from tests.support.sharing import feed, token_of
from tests.support.simulations import Simulation

Pair = tuple[int | None, int | None]
NUMBER = r"(\d+%|\\?(?:<|&lt;)1%|–)"


def percents(numbers: Numbers | ReportNumbers) -> Pair:
    """Claimed and verified in whole percent."""
    return numbers.claimed.percent, numbers.verified.percent


def whole(text: str) -> int | None:
    """The number of `42%` or `42`, 0 for `<1%` or `0.42`; none where there is none."""
    digits = html.unescape(text.removeprefix("\\")).removesuffix("%").replace("<1", "0")
    return int(float(digits)) if digits[:1].isdigit() else None


def share(value: float | None) -> int | None:
    """The whole percent of a share of one."""
    return None if value is None else int(round(100 * value, 4))


def found(pattern: str, text: str) -> Pair:
    """The two numbers that the pattern finds."""
    match = re.search(pattern, text, re.DOTALL | re.MULTILINE)
    assert match is not None, pattern
    return whole(match[1]), whole(match[2])


def in_hooks(page: str) -> Pair:
    """The hooks of the contract."""
    return found(r'data-claimed="(\d*)" data-verified="(\d*)"', page)


def in_json(content: bytes) -> Pair:
    values = json.loads(content)
    return values["claimed"]["percent"], values["verified"]["percent"]


def in_csv(content: bytes) -> Pair:
    row: dict[str, Any] = next(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))
    return whole(row["claimed"]), whole(row["verified"])


def in_xlsx(content: bytes) -> Pair:
    rows = load_workbook(BytesIO(content), read_only=True)["Summary"].iter_rows(values_only=True)
    _, _, claimed, verified, *_ = next(row for row in rows if row[0] == "All")
    return share(claimed), share(verified)


def in_markdown(content: bytes) -> Pair:
    return found(rf"^\*\*Claimed {NUMBER}\*\* · \*\*Verified {NUMBER}\*\*", content.decode())


def in_html(content: bytes) -> Pair:
    return in_hooks(content.decode())


def in_pdf(content: bytes) -> Pair:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return found(rf"Claimed\s+{NUMBER}\s.*?Verified\s+{NUMBER}\s", text)


FILES: dict[str, Callable[[bytes], Pair]] = {
    "json": in_json,
    "csv": in_csv,
    "md": in_markdown,
    "html": in_html,
    "xlsx": in_xlsx,
    "pdf": in_pdf,
}
"""How to read each format; the first three take no time."""


def on_today(simulation: Simulation) -> Pair:
    page = find_today_page(simulation.session, seen_by=simulation.person, at=simulation.at)
    return percents(page.cards[0].numbers)


def on_the_list(simulation: Simulation) -> Pair:
    name = simulation.enrollment.public_id
    return percents(
        find_roadmap_page(simulation.session, name, seen_by=simulation.person, at=simulation.at).numbers
    )


def on_the_mentees_page(simulation: Simulation) -> Pair:
    (row,) = mentees_of(simulation.session, seen_by=simulation.milo, at=simulation.at)
    page = find_mentee_page(simulation.session, row.mentorship, seen_by=simulation.milo, at=simulation.at)
    assert page.roadmap is not None
    return percents(page.roadmap.numbers)


def in_the_table_of_mentees(simulation: Simulation) -> Pair:
    (row,) = mentees_of(simulation.session, seen_by=simulation.milo, at=simulation.at)
    return percents(row.numbers)


def on_the_badge(simulation: Simulation) -> Pair:
    token = token_of(feed(simulation, LinkPurpose.BADGE))
    return in_hooks(draw_badge(*find_badge(simulation.session, token, at=simulation.at)))


READ_MODELS: dict[str, Callable[[Simulation], Pair]] = {
    "Today": on_today,
    "the list": on_the_list,
    "the mentee's page": on_the_mentees_page,
    "the table of mentees": in_the_table_of_mentees,
    "the badge": on_the_badge,
}
