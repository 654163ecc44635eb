"""A demo served for looking at: everybody signed in, and what the list of pages only names found."""

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from playwright.sync_api import Browser, sync_playwright

from roadmap.demo.entries import read_cast
from tests.support.fixtures.browsers import FLAGS, PROGRAMS
from tests.support.fixtures.instances import Instance
from tools.pictures.pages import PEOPLE, Look

MARKS = {
    **{each: f'data-status="{each}"' for each in ("not_started", "in_progress")},
    **{each: f'data-verification="{each}"' for each in ("submitted", "returned", "verified")},
}
# Whom the mentor of the list of pages looks at, where she mentors them.
KNOWN_BEST = "Mei Tan"


class Visitor:
    """Somebody who reads pages without a browser, which is quicker where only links are wanted."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._jar = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self._jar))

    @property
    def cookies(self) -> list[dict[str, str]]:
        return [{"name": each.name, "value": each.value or "", "url": self.url} for each in self._jar]

    def read(self, path: str, **form: str) -> str:
        """A page; with fields the answer to a form."""
        data = urlencode(form).encode() if form else None
        return str(self._opener.open(self.url + path, data).read().decode())

    def sign_in(self, handle: str) -> None:
        (token,) = set(re.findall(r'name="csrf_token" value="([^"]+)"', self.read("/login")))
        self.read("/login", csrf_token=token, email=f"{handle}@example.org", password=read_cast().password)

    def look_around(self) -> dict[str, str]:
        """What this person's pages link to, by the words of the list of pages."""
        mentoring, names = (
            self.read("/mentoring"),
            {"month": str(datetime.now(UTC).date() - timedelta(days=30))},
        )
        own = re.findall(r'href="(/enrollments/\w+)', self.read("/today"))
        mentees = re.findall(r'href="/mentoring/mentees/(\w+)"[^>]*>([^<]*)', mentoring)
        if mentees:
            names["mentee"] = max(mentees, key=lambda mentee: mentee[1].strip() == KNOWN_BEST)[0]
            own = re.findall(r'href="(/enrollments/\w+)', self.read(f"/mentoring/mentees/{names['mentee']}"))
        if own:
            names |= {"own": own[0], **self._look_at_list(own[0])}
            names |= self._look_at_handovers(own[0])
        with suppress(HTTPError):
            names["account"] = re.findall(r"/admin/accounts/(\w+)/approval", self.read("/admin"))[0]
        waiting = re.findall(r'href="/submissions/(\w+)', mentoring)
        return names | ({"submission": waiting[0]} if waiting else {})

    def _look_at_handovers(self, path: str) -> dict[str, str]:
        """A share link, and a frozen report that holds, where this person may see any."""
        found = {"token": ("shares", r"/s/([\w-]+)"), "frozen": ("reports", r'href="/verify\?id=([\w-]+)"')}
        names = {}
        for name, (page, pattern) in found.items():
            with suppress(HTTPError):
                if link := re.search(pattern, self.read(f"{path}/{page}")):
                    names[name] = link[1]
        return names

    def _look_at_list(self, path: str) -> dict[str, str]:
        """A milestone in each state, and a submission that came back."""
        rows = re.findall(r"<[^>]*data-milestone=[^>]*>", self.read(path))
        names = {}
        for name, mark in MARKS.items():
            found = next((row for row in rows if mark in row), None)
            if found is not None:
                names[name] = re.findall('data-milestone="([^"]+)"', found)[0]
        if "returned" in names:
            milestone = self.read(f"{path}/milestones/{names['returned']}")
            names["submission"] = re.findall(r'href="/submissions/(\w+)', milestone)[0]
        return names


@dataclass
class Site:
    """One demo at one browser; `cookies` and `names` by who looks, `known_texts` by theme."""

    url: str
    browser: Browser
    cookies: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    known_texts: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for who, handle in PEOPLE.items():
            visitor = Visitor(self.url)
            if handle:
                visitor.sign_in(handle)
                self.names[who] = visitor.look_around()
            else:
                self.names[who] = {}
            self.cookies[who] = visitor.cookies if handle else []

    def address(self, look: Look) -> str | None:
        """The address of a page, with everything in it named; None where this demo has nothing so named."""
        names = self.names[look.who]
        if not set(re.findall(r"\{(\w+)\}", look.path)) <= set(names):
            return None
        return self.url + look.path.format_map(names)


@contextmanager
def served_demo(folder: Path) -> Iterator[str]:
    """The address of a demo that ends with the block."""
    instance = Instance(folder / "unused", {"TMPDIR": str(folder)}, command="demo").start()
    try:
        yield instance.url
    finally:
        instance.stop()


@contextmanager
def opened_browser() -> Iterator[Browser]:
    """Debian's Chromium, for scripts; tests have a fixture."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()
