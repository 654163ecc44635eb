"""The editors of a draft: forms and text, both with conflicts, and who may see what comes of it."""

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.roadmaps.drafts import Draft
from roadmap.domain.roadmaps.roadmaps import Roadmap, Visibility
from roadmap.operations.roadmaps.drafts import publish_draft
from tests.support.browsing import Browser, browser_of
from tests.support.cast import NOON, add_user
from tests.support.drafts import add_draft
from tests.support.learning import Learning
from tests.support.outlines import add_roadmap, enroll

BASE = "/roadmaps/own-roadmap"
FIRST = f"{BASE}/draft/milestones/first"
FIELDS = {"title": "First", "done_when": "It works", "hours_low": "1", "hours_high": "2.5"}
FIELDS |= {"verification": "self", "skill": "core"}


@pytest.fixture
def lena(session: Session) -> User:
    return add_user(session, "Lena")


@pytest.fixture
def draft(session: Session, lena: User) -> Draft:
    return add_draft(session, lena)


@pytest.fixture
def author(app: Flask, session: Session, lena: User, draft: Draft) -> Browser:
    return browser_of(app, session, lena)


def test_a_milestone_is_changed_and_keeps_its_key(author: Browser, session: Session, draft: Draft) -> None:
    fields = FIELDS | {
        "title": "Something else",
        "resources": "A book | example.org/book",
        "topics": "Docker\nGit",
    }
    answer = author.post(FIRST, version="1", prerequisites="Red\nhabit", **fields)
    assert answer.status_code == 303
    session.expire_all()
    changed = session.get_one(Draft, draft.id).read().milestones["first"]
    assert (changed.title, changed.hours_low, changed.hours_high) == ("Something else", 1, 2.5)
    assert changed.resources[0].url == "https://example.org/book"
    assert (changed.prerequisites, changed.topics) == (("red", "habit"), ("Docker", "Git"))


ODD_FIELDS = (
    ("title", "", "Enter a title."),
    ("hours_low", "0.3", "in steps of 0.5"),
    ("hours_low", "many", "Enter hours as a number"),
    ("hours_high", "0.5", "below the minimum"),
    ("prerequisites", "nobody", "There is no milestone or skill"),
    ("prerequisites", "first", "can’t depend on itself"),
    ("resources", "no link at all", "has no web address"),
    ("done_when", "x\n" * 11, "The limit is 10."),
)


def test_what_does_not_fit_is_said_beside_its_field(author: Browser) -> None:
    for field, value, sentence in ODD_FIELDS:
        answer = author.post(FIRST, version="1", **(FIELDS | {"hours_low": "1", field: value}))
        assert (answer.status_code, sentence in answer.text) == (422, True), (field, value)


def test_two_authors_of_one_milestone_get_both_texts(author: Browser, app: Flask, session: Session) -> None:
    ada = browser_of(app, session, add_user(session, "Ada", is_admin=True))
    assert ada.post(FIRST, version="1", **(FIELDS | {"title": "By Ada"})).status_code == 303
    answer = author.post(FIRST, version="1", **(FIELDS | {"title": "By Lena"}))
    assert answer.status_code == 409
    assert all(title in answer.text for title in ("By Ada", "By Lena"))
    seen = re.search(r'name="version" value="(\d+)"', answer.text)
    assert seen is not None
    assert author.post(FIRST, version=seen[1], **(FIELDS | {"title": "By Lena"})).status_code == 303


def form_with(page: str, field: str) -> str:
    """The form that has this hidden field, without the rest of its page."""
    return page.partition(field)[2].partition("</form>")[0]


def test_an_area_that_does_not_fit_comes_back_open_with_what_was_typed(author: Browser) -> None:
    fields = {"area": "area", "title": "x" * 201, "summary": "Typed at length", "step": "save"}
    answer = author.post(f"{BASE}/draft", version="1", **fields)
    form = form_with(answer.text, 'name="area" value="area"')
    assert (answer.status_code, '<details class="more" open>' in answer.text) == (422, True)
    assert ("x" * 201 in form, "Typed at length" in form, 'id="title-area-error"' in form) == (
        True,
        True,
        True,
    )
    assert author.post(f"{BASE}/draft", version="1", **(fields | {"area": "gone"})).status_code == 404


@pytest.mark.parametrize(("add", "to"), [("skill", "area"), ("milestones", "core"), ("area", "")])
def test_titles_that_do_not_fit_come_back_beside_their_error(author: Browser, add: str, to: str) -> None:
    answer = author.post(f"{BASE}/draft", version="1", add=add, to=to, titles="- ")
    form = form_with(answer.text, f'name="add" value="{add}"' if add == "area" else f'name="to" value="{to}"')
    assert (answer.status_code, "Enter a title." in form, "aria-invalid" in form) == (422, True, True)


def test_two_authors_of_one_area_get_both_texts(author: Browser, app: Flask, session: Session) -> None:
    ada = browser_of(app, session, add_user(session, "Ada", is_admin=True))
    fields = {"area": "area", "title": "Area", "step": "save"}
    assert ada.post(f"{BASE}/draft", version="1", summary="By Ada", **fields).status_code == 303
    answer = author.post(f"{BASE}/draft", version="1", summary="By Lena", **fields)
    assert (answer.status_code, "By Ada" in answer.text, "By Lena" in answer.text) == (409, True, True)
    assert author.post(f"{BASE}/draft", version="2", summary="By Lena", **fields).status_code == 303


def test_long_titles_are_counted_while_they_are_typed(author: Browser) -> None:
    assert (
        'id="new-area" name="titles" type="text" value="" data-limit="200"'
        in author.get(f"{BASE}/draft").text
    )


def test_two_authors_of_the_text_get_both(author: Browser, app: Flask, session: Session) -> None:
    ada = browser_of(app, session, add_user(session, "Ada", is_admin=True))
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", author.get(f"{BASE}/draft/text").text, re.DOTALL)
    assert text is not None
    whole = text[1].strip().replace("&#39;", "'").replace("&#34;", '"')
    for browser, title, status in ((ada, "Ada’s", 303), (author, "Lena’s", 409)):
        changed = whole.replace("title: Own roadmap", f"title: {title} roadmap")
        answer = browser.post(f"{BASE}/draft/text", version="1", text=changed)
        assert answer.status_code == status
    assert "Ada’s roadmap" in answer.text
    assert "Lena’s roadmap" in answer.text


def test_text_that_cannot_be_a_draft_is_refused_with_its_line(author: Browser) -> None:
    for text, sentence in {
        "title: [": "isn’t valid YAML",
        "- a\n- b\n": "must be a group of named fields",
        "tittle: x\n": "did you mean “title”?",
        "areas: 4\n": "must be a list",
    }.items():
        answer = author.post(f"{BASE}/draft/text", version="1", text=text)
        assert (answer.status_code, sentence in answer.text) == (422, True), text
        assert re.search(r"Line [12]: ", answer.text), text


def test_a_draft_may_have_gaps_that_publishing_names(author: Browser) -> None:
    text = "title: Bees\nareas:\n  - title: Hive\n    skills:\n      - title: Frames\n"
    assert author.post(f"{BASE}/draft/text", version="1", text=text).status_code == 303
    page = author.get(f"{BASE}/draft").text
    assert "no milestones yet; add at least one" in page
    assert 'href="/roadmaps/own-roadmap/draft/skills/frames"' in page
    answer = author.post(f"{BASE}/draft/edition", version="2")
    assert answer.status_code == 422
    assert "missing or wrong" in answer.text


def test_publishing_warns_of_a_key_that_means_something_else(
    author: Browser, session: Session, lena: User, draft: Draft
) -> None:
    publish_draft(session, draft, seen=1, at=NOON)
    Learning(session, lena, enroll(session, lena, "own-roadmap")).mark("first")
    session.commit()
    page = f"{BASE}/draft/edition"
    assert 'id="reused"' not in author.get(page).text
    author.post(FIRST, version="1", **FIELDS | {"title": "Deploy a model"})
    warned = author.get(page).text
    assert "1 key is now used for something else." in warned
    assert re.search(
        r"<code>first</code>: previously\s+“<span dir=\"auto\">First</span>”.*?1 person", warned, re.DOTALL
    )


def test_parts_are_added_moved_and_removed(author: Browser, session: Session, draft: Draft) -> None:
    author.post(f"{BASE}/draft", version="1", add="area", titles="New area")
    author.post(f"{BASE}/draft", version="1", add="skill", to="new-area", titles="New skill")
    author.post(f"{BASE}/draft", version="1", add="milestones", to="new-skill", titles="One\n- Two\n\nThree")
    author.post(f"{BASE}/draft/milestones/three", version="4", step="up")
    author.post(f"{BASE}/draft/milestones/one", version="5", step="remove")
    author.post(f"{BASE}/draft/skills/new-skill", version="6", title="Renamed", area="area", step="save")
    author.post(f"{BASE}/draft", version="7", area="new-area", title="x", step="remove")
    session.expire_all()
    outline = session.get_one(Draft, draft.id).read()
    assert [area.key for area in outline.areas] == ["area"]
    assert [m.key for m in outline.skills["new-skill"].milestones] == ["three", "two"]
    assert outline.skills["new-skill"].title == "Renamed"


def test_an_earlier_state_comes_back(author: Browser, session: Session, draft: Draft) -> None:
    author.post(FIRST, version="1", step="remove")
    assert 'draft/milestones/first"' not in author.get(f"{BASE}/draft").text
    assert author.post(f"{BASE}/draft/revisions/1/restoring").status_code == 303
    assert 'draft/milestones/first"' in author.get(f"{BASE}/draft").text
    assert author.post(f"{BASE}/draft/revisions/77/restoring").status_code == 404


@pytest.fixture
def published(session: Session, author: Browser, draft: Draft) -> Roadmap:
    publish_draft(session, draft, seen=1, at=NOON)
    session.commit()
    return session.get_one(Roadmap, draft.roadmap_id)


@pytest.mark.parametrize(
    ("visibility", "visitor", "otto"), [("private", 404, 404), ("listed", 404, 200), ("public", 200, 200)]
)
def test_who_sees_it_is_chosen(
    app: Flask,
    session: Session,
    author: Browser,
    published: Roadmap,
    visibility: str,
    visitor: int,
    otto: int,
) -> None:
    assert author.post(f"{BASE}/settings", visibility=visibility).status_code == 303
    stranger = browser_of(app, session, add_user(session, "Otto"))
    assert (Browser(app).get(BASE).status_code, stranger.get(BASE).status_code) == (visitor, otto)
    listed = "Own roadmap" in stranger.get("/roadmaps").text
    assert listed == (otto == 200)
    assert stranger.get(f"{BASE}/draft").status_code == (404 if visibility == "private" else 403)


def test_what_is_for_personal_use_stays_private(
    author: Browser, session: Session, published: Roadmap
) -> None:
    published.is_restricted = True
    session.commit()
    answer = author.post(f"{BASE}/settings", visibility="listed")
    assert answer.status_code == 422
    assert "stays private" in answer.text
    session.expire_all()
    assert session.get_one(Roadmap, published.id).visibility is Visibility.PRIVATE


def test_a_retired_roadmap_takes_nobody_new(author: Browser, published: Roadmap) -> None:
    assert author.post(f"{BASE}/retirement").status_code == 303
    assert author.get(BASE).status_code == 404
    assert author.get(f"{BASE}/enrollment").status_code == 404
    assert "retired" in author.get("/roadmaps").text
    assert author.get(f"{BASE}/draft").status_code == 200


def test_an_unpublished_roadmap_is_deleted(author: Browser) -> None:
    assert author.post(f"{BASE}/retirement").status_code == 303
    assert author.get(f"{BASE}/draft").status_code == 404


def test_any_roadmap_one_sees_can_be_copied(author: Browser, session: Session) -> None:
    add_roadmap(session)
    answer = author.post("/roadmaps/sample/copy")
    assert answer.status_code == 303
    assert answer.location != "/roadmaps/sample/draft"
    assert "First" in author.get(answer.location).text


def test_the_last_edition_is_opened_where_there_is_no_draft(
    app: Flask, session: Session, author: Browser
) -> None:
    roadmap = add_roadmap(session)
    ada = browser_of(app, session, add_user(session, "Ada", is_admin=True))
    assert "First" in ada.get("/roadmaps/sample/draft").text
    page = "/roadmaps/sample/draft/milestones/first"
    assert ada.post(page, version="0", **(FIELDS | {"title": "Other"})).status_code == 303
    assert "Other" in ada.get("/roadmaps/sample/draft").text
    assert roadmap.visibility is Visibility.PUBLIC


def test_a_roadmap_is_a_file_for_those_who_see_it(app: Flask, author: Browser, published: Roadmap) -> None:
    for extension in ("yaml", "json", "md", "csv"):
        path = f"{BASE}/roadmap.{extension}"
        answer = author.get(path)
        assert (answer.status_code, "First" in answer.text) == (200, True), extension
        assert f'own-roadmap.{extension}"' in answer.headers["Content-Disposition"]
        assert Browser(app).get(path).status_code == 404, extension
    assert author.get(f"{BASE}/roadmap.exe").status_code == 404


def test_a_list_has_the_ticks_of_who_takes_it(author: Browser, published: Roadmap) -> None:
    started = author.post(f"{BASE}/enrollment", weekly_hours="6").location
    author.post(f"{started}/milestones/first/progress", status="done")
    assert "- [x] First" in author.get(f"{BASE}/roadmap.md?ticks=1").text
    assert "- [ ] First" in author.get(f"{BASE}/roadmap.md").text
