"""A text whose contrast is bad is found among texts that look like it at first sight."""

from playwright.sync_api import Page

from tests.support.pages.accessibility import MARK_EQUAL_TEXTS, violations

PAGE = """<!doctype html><html lang="en"><title>Rows</title><style>
    html { background: #fff; color: #222 } li { position: relative }
    .pale { color: #bbb } .faded { opacity: 0.3 } .striped:nth-child(3) { background: #444 }
    .box { background: #444; inset: 0; position: absolute } b { position: relative }
    .bright:checked + span { background: #ff0; color: #fff }
</style><main><h1>Rows</h1><ul>{rows}</ul></main>"""
GOOD = "<li><b>A row</b></li>"
AMONG_EQUAL_ROWS = {
    "its own colour": GOOD * 3 + "<li><b class=pale>A row</b></li>",
    "a state around it": GOOD * 3 + "<li class=faded><b>A row</b></li>",
    "its place": "<li class=striped><b>A row</b></li>" * 4,
    "what is painted behind it": GOOD * 3 + "<li><i class=box></i><b>A row</b></li>",
    "the control beside it": "".join(
        f"<li><label><input type=checkbox class=bright {each}><span>A row</span></label></li>"
        for each in ("", "", "checked")
    ),
    "more than one letter": "<li><b class=pale>1</b></li><li><b class=pale>12</b></li>",
}


def rules_broken(page: Page, known_texts: list[str] | None = None) -> list[str]:
    return [each.partition(":")[0] for each in violations(page, known_texts)]


def test_one_text_among_equal_ones_is_found_whatever_it_differs_by(page: Page) -> None:
    found = {}
    for differs_by, rows in AMONG_EQUAL_ROWS.items():
        page.set_content(PAGE.replace("{rows}", rows))
        found[differs_by] = rules_broken(page)
    assert found == {each: ["color-contrast"] for each in AMONG_EQUAL_ROWS}


def test_equal_rows_are_as_good_as_one(page: Page) -> None:
    page.set_content(PAGE.replace("{rows}", "<li><b class=pale>A row</b></li>" * 3))
    assert len(violations(page)) == 1
    page.set_content(PAGE.replace("{rows}", GOOD * 3))
    assert violations(page) == []
    assert page.locator("[data-like-another]").count() == 0


SCROLLED = "<style>ul {{ height: 4rem; overflow: auto }}</style><ul tabindex=0>{}</ul>"


def test_it_is_found_too_where_it_has_to_be_scrolled_to(page: Page) -> None:
    found = {}
    for differs_by, rows in AMONG_EQUAL_ROWS.items():
        scrolled = SCROLLED.format(GOOD * 20 + rows)
        page.set_content(PAGE.replace("<ul>{rows}</ul>", scrolled).replace("(3)", "(23)"))
        found[differs_by] = rules_broken(page)
    assert found == {each: ["color-contrast"] for each in AMONG_EQUAL_ROWS}


def test_equal_rows_that_have_to_be_scrolled_to_are_as_good_as_one(page: Page) -> None:
    page.set_content(
        PAGE.replace("<ul>{rows}</ul>", SCROLLED.format("<li><b class=pale>A row</b></li>" * 30))
    )
    page.evaluate(f"({MARK_EQUAL_TEXTS})([])")
    assert page.locator("b:not([data-like-another])").count() < 5


def test_of_several_pages_each_text_is_found_that_differs_from_those_before(page: Page) -> None:
    known_texts: list[str] = []
    page.set_content(PAGE.replace("{rows}", GOOD))
    assert rules_broken(page, known_texts) == []
    page.set_content(PAGE.replace("{rows}", GOOD + "<li><b class=pale>A row</b></li>"))
    assert rules_broken(page, known_texts) == ["color-contrast"]
    assert rules_broken(page, known_texts) == []
