"""Thirty marks of a new account verify nothing; one review is as little on every page and in every file."""

import csv
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
import time_machine
from flask import Flask
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy.orm import Session

from roadmap.domain.reports.links import LinkPurpose
from roadmap.domain.reports.reports import ReportQuery
from roadmap.exports.report_formats import FORMATS
from roadmap.queries.reports.reports import find_report
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.mentoring import DAY, end, mentor_of, review, submit_as_is
from tests.support.outlines import SELF, add_roadmap, enroll, milestone, outline, skill
from tests.support.pages.data_attributes import numbers_in
from tests.support.pages.percentages import FILES
from tests.support.sharing import feed_url, share_url
from tests.support.simulations import Simulation

pytestmark = pytest.mark.slow

SMALL = [f"small-{number}" for number in range(30)]
Shown = tuple[str, str]
EVERY_KIND = skill(
    "small",
    *(
        milestone(key, (1, 1), **({"verification": SELF} if place % 2 else {}))
        for place, key in enumerate(SMALL)
    ),
)
LARGE = skill("large", *(milestone(f"large-{number}", (50, 50)) for number in range(2)))


@pytest.fixture
def simulation(session: Session) -> Simulation:
    """Nora, a new account that has marked thirty milestones, and Milo, her mentor."""
    nora = add_user(session, "Nora")
    add_roadmap(session, outline(EVERY_KIND, LARGE, slug="many"))
    simulation = Simulation(session, nora, enroll(session, nora, "many"))
    simulation.milo = mentor_of(simulation)
    for key in SMALL:
        simulation.mark(key)
    session.commit()
    return simulation


@contextmanager
def browsers(app: Flask, simulation: Simulation) -> Iterator[tuple[Browser, Browser]]:
    simulation.session.commit()
    with time_machine.travel(simulation.at, tick=False):
        yield (
            browser_of(app, simulation.session, simulation.person),
            browser_of(app, simulation.session, simulation.milo),
        )


def shown(page: str) -> Shown:
    """Both numbers as people read them on a page."""
    large = re.findall(r"<dd>([^<]*?)<small>(%)</small></dd>", page)
    first, second = (html.unescape("".join(parts)) for parts in large[:2])
    return first, second


def on_pages(app: Flask, simulation: Simulation) -> dict[str, Shown]:
    """Both numbers as they are read on each page."""
    base = f"/enrollments/{simulation.enrollment.public_id}"
    with browsers(app, simulation) as (nora, milo):
        pages = {path: nora.get(path).text for path in ("/today", base, f"{base}?view=map", f"{base}/report")}
        pages["activity"] = nora.get(f"{base}/activity").text
        pages["share"] = Browser(app).get(share_url(simulation)).text
        table = milo.get("/mentoring?also=complete").text
        mentee = re.search(r'href="(/mentoring/mentees/[^"]+)"', table)
        assert mentee is not None
        pages["mentee"] = milo.get(html.unescape(mentee[1])).text
        badge = Browser(app).get(feed_url(simulation, LinkPurpose.BADGE)).text
        seen = {where: shown(page) for where, page in pages.items()}
        seen["badge"] = texts(r"<tspan[^>]*>([^<]*)</tspan>", badge)
        seen["table"] = texts(r'<td class="measured"[^>]*>([^<]*?)\s*<', table)
        hooks = {numbers_in(page) for page in pages.values()} | {numbers_in(badge)}
        assert len(hooks) == 1, "the hooks are whole percent, the same on every page"
    return seen


def texts(pattern: str, page: str) -> Shown:
    first, second = (html.unescape(text) for text in re.findall(pattern, page)[:2])
    return first, second


def in_files(simulation: Simulation) -> tuple[dict[str, bytes], dict[str, Shown]]:
    """The files, and both numbers as people read them in those that are for people."""
    name = simulation.enrollment.public_id
    report = find_report(simulation.session, name, ReportQuery(), seen_by=simulation.person, at=simulation.at)
    files = {name: FORMATS[name].make(report) for name in FILES}
    printed = " ".join(page.extract_text() for page in PdfReader(BytesIO(files["pdf"])).pages)
    in_print = re.search(r"Claimed\s+(<?\d+%).*?Verified\s+(<?\d+%)", printed, re.DOTALL)
    in_markdown = re.search(r"\*\*Claimed (\S+)\*\* · \*\*Verified (\S+)\*\*", files["md"].decode())
    assert in_print is not None
    assert in_markdown is not None
    return files, {
        "pdf": (in_print[1], in_print[2]),
        "md": (in_markdown[1].replace("\\", ""), in_markdown[2].replace("\\", "")),
        "html": shown(files["html"].decode()),
    }


def test_thirty_marks_verify_nothing_anywhere(app: Flask, simulation: Simulation) -> None:
    files, read = in_files(simulation)
    assert {name: FILES[name](files[name]) for name in FILES} == dict.fromkeys(FILES, (23, 0))
    for where, numbers in (on_pages(app, simulation) | read).items():
        assert numbers == ("23%", "0%"), where


def test_one_review_is_the_same_little_everywhere(app: Flask, simulation: Simulation) -> None:
    review(simulation, submit_as_is(simulation, SMALL[1])[0], simulation.milo)
    files, read = in_files(simulation)
    assert {name: FILES[name](files[name]) for name in FILES} == dict.fromkeys(FILES, (23, 0))
    for where, numbers in (on_pages(app, simulation) | read).items():
        assert numbers == ("23%", "<1%"), where
    row = next(csv.DictReader(files["csv"].decode("utf-8-sig").splitlines()))
    assert row["verified"].startswith("0.7692")
    workbook = load_workbook(BytesIO(files["xlsx"]))
    cell = workbook["Summary"].cell(13, 4)
    assert (cell.value, cell.number_format) == (0.007692, '"<1%"')
    assert "1 milestone<" in files["html"].decode()


def test_little_is_announced_and_is_little_over_time(app: Flask, simulation: Simulation) -> None:
    base, first_day = f"/enrollments/{simulation.enrollment.public_id}", simulation.at.date()
    simulation.at += 2 * DAY
    review(simulation, submit_as_is(simulation, SMALL[1])[0], simulation.milo)
    reviewed_on = simulation.at.date()
    simulation.at += 2 * DAY
    with browsers(app, simulation) as (nora, _):
        answer = nora.post(f"{base}/milestones/large-0/progress", {"X-Fragment": "1"}, status="in_progress")
        assert "Claimed 23%, verified &lt;1%." in answer.text
        first, second = (
            " ".join(nora.get(f"{base}/report?since={day}").text.split()) for day in (first_day, reviewed_on)
        )
    assert "Claimed 23% → 23%, verified 0% → &lt;1%." in first
    assert "Claimed 23% → 23%, verified &lt;1% → &lt;1%." in second
    assert "claimed 23%, verified &lt;1%." in second
    assert second.count("<td>&lt;1%</td>", second.index("Progress as a table")) > 1


def test_what_asks_for_no_review_may_be_reviewed_up_to_a_hundred(app: Flask, simulation: Simulation) -> None:
    for key in (*SMALL, "large-0", "large-1"):
        simulation.mark(key)
        review(simulation, submit_as_is(simulation, key)[0], simulation.milo)
    assert set(on_pages(app, simulation).values()) == {("100%", "100%")}


def test_a_learner_without_a_mentor_is_invited_to_find_one(app: Flask, simulation: Simulation) -> None:
    base = f"/enrollments/{simulation.enrollment.public_id}"
    paths = ("/today", base, f"{base}?view=map", f"{base}/activity")
    with browsers(app, simulation) as (nora, _):
        assert not [path for path in paths if "invites-mentor" in nora.get(path).text]
        end(simulation, simulation.milo)
        simulation.session.commit()
        link = re.compile(r'<a href="/mentoring\?as=mentor&amp;for=many[^"]*#invite">Invite a mentor</a>')
        for path in paths:
            page = nora.get(path).text
            assert (page.count("invites-mentor"), len(link.findall(page))) == (1, 1), path
        assert numbers_in(nora.get(base).text) == ("23", "0")


@pytest.mark.both_databases
def test_who_was_reviewed_before_keeps_both_numbers_large(app: Flask, simulation: Simulation) -> None:
    review(simulation, submit_as_is(simulation, SMALL[0])[0], simulation.milo)
    end(simulation, simulation.milo)
    with browsers(app, simulation) as (nora, _):
        assert "invites-mentor" not in nora.get(f"/enrollments/{simulation.enrollment.public_id}").text
