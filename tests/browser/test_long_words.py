"""Words and addresses wider than a phone, in every text that somebody can type: no page scrolls sideways."""

import json
import re
from pathlib import Path

from playwright.sync_api import Browser

from roadmap.config import Config
from tests.support.command_line import Terminal
from tests.support.pages.browser_learner import PASSWORD
from tools.pictures.measures import MOST_SHIFT, SHIFT
from tools.pictures.sites import Visitor

ADDRESS = (
    "https://docs.example.org/learning/2026/" + "autumn-" * 10 + "chapter-seven/final-version-reviewed.html"
)
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
UNFOLD = "for (const each of document.querySelectorAll('details:not(.menu)')) each.open = true"
MILESTONE = {
    "key": "walk",
    "title": WORD,
    "summary": ADDRESS,
    "done_when": [f"It is at {ADDRESS} and says why.", WORD],
    "resources": [{"title": WORD, "url": ADDRESS, "type": "docs"}],
    "hours": [1, 2],
}
SKILL = {"key": "feet", "title": WORD, "summary": ADDRESS, "milestones": [MILESTONE]}
ROADMAP = {
    "format": 1,
    "slug": "long",
    "title": WORD,
    "summary": ADDRESS,
    "description": ADDRESS,
    "areas": [{"key": "land", "title": WORD, "summary": ADDRESS, "skills": [SKILL]}],
}


class Person(Visitor):
    """Somebody whose name is one long word, at a browser without scripts."""

    def send(self, page: str, path: str, **fields: str) -> str:
        """Send a form of a page; the page that follows."""
        token = re.findall(r'name="csrf_token" value="([^"]+)"', self.read(page))[0]
        return self.read(path, csrf_token=token, **fields)

    def register(self, name: str, page: str = "/register") -> None:
        fields = {"name": name + WORD[:80], "email": f"{name.lower()}@example.org", "password": PASSWORD}
        self.send(page, "/register", **fields)


def first(pattern: str, page: str) -> str:
    return re.findall(pattern, page)[0]


def go_round(lena: Person, milo: Person) -> tuple[list[str], list[str]]:
    """Lena learns and Milo answers, both in long words; the pages of each."""
    lena.register("Lena")
    lena.send("/roadmaps/long/enrollment", "/roadmaps/long/enrollment", weekly_hours="6")
    own = first(r'href="(/enrollments/\w+)', lena.read("/today"))
    place = f"{own}/milestones/walk"
    invitation = {"email": "milo@example.org", "as": "mentor", "roadmap": ""}
    link = first(r"/invitations/[\w-]{20,}", lena.send("/mentoring", "/mentoring/invitations", **invitation))
    milo.register("Milo")
    milo.send(link, link, answer="accept")
    lena.send(place, f"{place}/note", note=f"{WORD} {ADDRESS}", version="0")
    lena.send(place, f"{place}/progress", status="done", reason=WORD)
    lena.send(place, f"{place}/evidence", title=WORD, url=ADDRESS, text="")
    lena.send(place, f"{place}/evidence", title=WORD, url="", text=f"`{ADDRESS}`\n\n{WORD}")
    lena.send(place, f"{place}/submission", comment=f"{WORD} {ADDRESS}")
    lena.send(f"{own}/reports", f"{own}/reports", as_of="", show_names="1", show_evidence="1")
    shared = lena.send(f"{own}/shares", f"{own}/shares", expires_on="", show_evidence="1", show_names="1")
    work = first(r"/submissions/\w+", milo.read("/mentoring"))
    milo.send(work, f"{work}/review", outcome="returned", feedback=f"{WORD} {ADDRESS}")
    mentee = first(r"/mentoring/mentees/\w+", milo.read("/mentoring"))
    parts = ("", "?view=map", "/history", "/activity", "/settings", "/report", "/reports", "/shares")
    learner = [
        place,
        "/today",
        "/mentoring",
        "/settings",
        "/search?q=donau",
        "/roadmaps",
        "/roadmaps/long",
        work,
    ]
    learner += [f"{own}{part}" for part in parts] + [first(r"/s/[\w-]{20,}", shared)]
    return learner, ["/today", "/mentoring", mentee, work, place, f"{own}/report"]


def test_on_a_phone_no_page_scrolls_sideways_or_moves_when_it_has_come(
    browser: Browser, config: Config, url: str, tmp_path: Path
) -> None:
    file = tmp_path / "long.json"
    file.write_text(json.dumps(ROADMAP), encoding="utf-8")
    assert Terminal(config.data).run("catalog", "import", str(file)).exit_code == 0
    lena, milo = Person(url), Person(url)
    wide, looked_at = [], 0
    for person, paths in zip((lena, milo), go_round(lena, milo), strict=True):
        with browser.new_context(viewport={"width": 390, "height": 844}) as context:
            context.add_cookies(person.cookies)
            page = context.new_page()
            for path in paths:
                answer = page.goto(url + path)
                assert answer is not None
                assert answer.status == 200, path
                assert page.evaluate(SHIFT) <= MOST_SHIFT, path
                page.evaluate(UNFOLD)
                width = page.evaluate("document.documentElement.scrollWidth")
                wide += [f"{path}: {width}"] if width > 390 else []
                looked_at += "Donaudampf" in page.locator("main").inner_text()
    assert wide == []
    assert looked_at >= 18
