"""From a list somebody has to a roadmap that they follow, without leaving the browser."""

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from roadmap.exports.outlines import write_outline
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.outlines import sample

LIST = """# Keeping bees

Everything for a first year.

## The hive
About the hive.

- [x] Open it calmly
  - says what each frame shows
- [ ] Find the queen
- [ ] [A film about smoke](https://films.example.org/smoke)

## The seasons
- [ ] Feed in autumn
"""


@pytest.fixture
def author(app: Flask, session: Session) -> Browser:
    return browser_of(app, session, add_user(session, "Lena"))


def bring(author: Browser, text: str = LIST, **fields: str) -> str:
    """Paste a list; return the address of its roadmap."""
    answer = author.post("/roadmaps/new", source="text", text=text, **fields)
    assert answer.status_code == 303, answer.text
    return answer.location.rpartition("/")[0]


def take(author: Browser, base: str, **fields: str) -> None:
    values = {"hours_low": "2", "hours_high": "4", "done_when": "You can show it", "verification": "self"}
    answer = author.post(f"{base}/import", **(values | fields))
    assert (answer.status_code, answer.location) == (303, f"{base}/draft"), answer.text


def version_of(author: Browser, path: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', author.get(path).text)
    assert found is not None
    return found[1]


def publish(author: Browser, base: str) -> None:
    page = f"{base}/draft/edition"
    answer = author.post(page, version=version_of(author, page))
    assert answer.status_code == 303, answer.text


def test_a_pasted_list_becomes_a_roadmap_that_is_followed(author: Browser) -> None:
    base = bring(author)
    assert base == "/roadmaps/keeping-bees"
    review = author.get(f"{base}/import").text
    words = ("Markdown list with boxes", "Open it calmly", "only a link", "1 milestone is ticked")
    assert all(word in review for word in words)
    take(author, base, take="ticked")
    draft = author.get(f"{base}/draft").text
    assert all(word in draft for word in ("The hive", "Find the queen", "Feed in autumn"))
    publish(author, base)
    started = author.post(f"{base}/enrollment", weekly_hours="6")
    listed = author.get(started.location).text
    assert re.search(r'data-milestone="open-it-calmly"[^>]*data-status="done"', listed)
    assert re.search(r'data-milestone="find-the-queen"[^>]*data-status="not_started"', listed)
    history = author.get(f"{started.location}/history").text
    assert "known before" in history


def test_nobody_else_sees_it(author: Browser, app: Flask, session: Session) -> None:
    base = bring(author)
    take(author, base)
    publish(author, base)
    otto = browser_of(app, session, add_user(session, "Otto"))
    for browser in (otto, Browser(app)):
        assert browser.get(base).status_code == 404
        assert "Keeping bees" not in browser.get("/roadmaps").text
    for page in ("/draft", "/draft/text", "/draft/edition", "/import", "/draft/skills/the-hive"):
        assert otto.get(base + page).status_code == 404
    assert author.get(base).status_code == 200


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is nothing in it."),
        ("- a\0b", None),
        ('{"a": 1, "a": 2}', "is in one object twice"),
        ("[" * 1_000, "deep"),
        ('{"mockup": {}}', "old mock-up"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(
    author: Browser, text: str, sentence: str | None
) -> None:
    answer = author.post("/roadmaps/new", source="text", text=text)
    assert answer.status_code == (422 if sentence else 400)
    assert (sentence or "") in answer.text


def test_a_roadmap_file_goes_straight_to_its_draft(author: Browser) -> None:
    file = write_outline(sample("bees")).decode()
    answer = author.post("/roadmaps/new", source="text", text=file)
    assert answer.location == "/roadmaps/sample/draft"
    publish(author, "/roadmaps/sample")


def test_rows_are_changed_one_by_one_and_many_at_once(author: Browser) -> None:
    base = bring(author)
    fields = {"hours_low": "2", "hours_high": "4", "done_when": "You can show it", "verification": "self"}
    rows = {"level-3": "milestone", "title-4": "Find her", "hours_low-4": "1", "hours_high-4": "1.5"}
    answer = author.post(f"{base}/import", do="bulk", row="6", to_level="ignored", **fields, **rows)
    assert answer.status_code == 303
    assert 'value="Find her"' in author.get(f"{base}/import").text
    take(author, base)
    draft = author.get(f"{base}/draft").text
    assert "says what each frame shows" in draft
    assert "1–1.5 h" in draft
    assert "The seasons" not in draft
