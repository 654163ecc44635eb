"""From a list somebody has to a roadmap that they follow, without leaving the browser."""

import re
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from roadmap.exports.outline_documents import write_outline
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.foreign_files import as_json, graph, zipped
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
    words = (
        "Markdown list with checkboxes",
        "Open it calmly",
        "Likely</span>, because no heading names an area.",
        "A guess</span>: it’s only a link",
        "mark the checked-off milestone",
    )
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
    assert "already known" in history


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


def test_what_cannot_be_read_is_refused_with_a_sentence(author: Browser) -> None:
    for text, sentence in (
        ("", "This is empty."),
        ("- a\0b", None),
        ('{"a": 1, "a": 2}', "appears twice in one object"),
        ("[" * 1_000, "deep"),
        ('{"mockup": {}}', "old roadmap.sh mock-up"),
    ):
        answer = author.post("/roadmaps/new", source="text", text=text)
        assert answer.status_code == (422 if sentence else 400), sentence
        assert (sentence or "") in answer.text, sentence


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


def test_a_refused_review_keeps_which_rows_were_chosen_and_for_what(author: Browser) -> None:
    base = bring(author)
    fields = {"hours_low": "many", "hours_high": "4", "done_when": "You can show it", "verification": "self"}
    answer = author.post(f"{base}/import", do="bulk", row=["3", "4"], to_level="ignored", **fields)
    assert answer.status_code == 422
    chosen = re.findall(r'name="row" value="(\d+)"[^>]* checked', answer.text)
    assert (chosen, '<option selected value="ignored">' in answer.text) == (["3", "4"], True)


@pytest.mark.parametrize("typed", ["nan", "inf", "1e308"])
def test_hours_beyond_all_numbers_become_those_a_milestone_may_have(author: Browser, typed: str) -> None:
    base = bring(author)
    fields = {"hours_low": "2", "hours_high": "4", "done_when": "You can show it", "verification": "self"}
    rows = {"level-4": "milestone", "hours_low-4": typed, "hours_high-4": typed}
    assert author.post(f"{base}/import", do="bulk", **fields, **rows).status_code == 303
    answer = author.post(f"{base}/import", do="bulk", row="4", to_hours_low=typed, **fields)
    assert answer.status_code == (303 if typed == "1e308" else 422)
    assert author.get(f"{base}/import").status_code == 200


def test_what_holds_for_all_rows_is_shown_again_after_a_change_of_some(author: Browser) -> None:
    base = bring(author)
    fields = {"hours_low": "1", "hours_high": "1.5", "done_when": "Du kannst es", "verification": "mentor"}
    answer = author.post(f"{base}/import", do="bulk", row="6", to_level="ignored", language="de", **fields)
    assert answer.status_code == 303
    review = author.get(f"{base}/import").text
    for shown in (
        'value="1"',
        'value="1.5"',
        'value="Du kannst es"',
        'selected value="mentor"',
        'value="de"',
    ):
        assert shown in review
    assert '<h1 lang="de" dir="ltr">Keeping bees</h1>' in review
    assert author.post(f"{base}/import", language="no tag", **fields).status_code == 422
    take(author, base, language="de")
    assert "language: de" in author.get(f"{base}/draft/text").text


def test_the_same_list_again_keeps_progress_and_asks_about_equal_titles(author: Browser) -> None:
    base = bring(author)
    take(author, base)
    publish(author, base)
    started = author.post(f"{base}/enrollment", weekly_hours="6").location
    author.post(f"{started}/milestones/find-the-queen/progress", status="done")
    again = LIST.replace("- [ ] Find the queen", "- [ ] Look for eggs\n- [ ] find the QUEEN").replace(
        "- [ ] Feed in autumn", "- [ ] Feed in winter"
    )
    assert author.post(f"{base}/import", text=again).status_code == 303
    review = author.get(f"{base}/import").text
    assert "keep its key and progress" in review
    assert "No longer in this file" in review
    asked = re.findall(r'name="(match-\d+)"', review)
    take(author, base, **dict.fromkeys(asked, "1"))
    page = author.get(f"{base}/draft/edition").text
    assert "Feed in autumn" in page
    publish(author, base)
    author.post(f"{started}/edition", edition="2")
    listed = author.get(started).text
    assert re.search(r'data-milestone="find-the-queen"[^>]*data-status="done"', listed)
    assert 'data-milestone="look-for-eggs"' in listed


def test_a_map_for_personal_use_is_never_shown_to_others(
    author: Browser, app: Flask, session: Session
) -> None:
    base = bring(author, as_json(graph()).decode())
    assert "personal use" in author.get(f"{base}/import").text
    take(author, base)
    publish(author, base)
    assert author.post(f"{base}/settings", visibility="public").status_code == 422
    otto = browser_of(app, session, add_user(session, "Otto"))
    for path in ("/roadmap.yaml", "/roadmap.md", ""):
        assert otto.get(base + path).status_code == 404
    assert otto.post(f"{base}/copy").status_code == 404
    assert author.post(f"{base}/copy").status_code == 403
    assert author.get(f"{base}/roadmap.yaml").status_code == 200


def test_a_map_in_a_zip_brings_the_texts_of_its_topics(author: Browser) -> None:
    files: dict[str, bytes | str] = {
        "bees.json": as_json(graph()),
        "content/open@open.md": "# Open\n\nCalmly, with smoke.\n\n- [@article@Hands](https://a.example.org)\n",
    }
    file = BytesIO(zipped(files)), "bees.zip"
    answer = author.post("/roadmaps/new", source="text", text="", file=file)
    assert answer.status_code == 303, answer.text
    take(author, answer.location.removesuffix("/import"))
    text = author.get(f"{answer.location.removesuffix('/import')}/draft/text").text
    assert "Calmly, with smoke." in text
    assert "https://a.example.org" in text


def test_a_workbook_is_refused_beside_the_file(author: Browser) -> None:
    file = BytesIO(zipped({"[Content_Types].xml": "<a/>"})), "bees.xlsx"
    answer = author.post("/roadmaps/new", source="text", text="", file=file)
    assert answer.status_code == 422
    assert "paste them here" in answer.text


def test_templates_are_copied(author: Browser) -> None:
    answer = author.post("/roadmaps/new", source="copy", copy="template:first-weeks")
    assert answer.status_code == 303
    publish(author, answer.location.removesuffix("/draft"))
    assert author.post("/roadmaps/new", source="copy", copy="template:nothing").status_code == 404
