"""Keys of other layouts, held keys, keys while an input method composes; and double clicks."""

from playwright.sync_api import Page, expect

from tests.support.pages.browser_learner import row, sign_up, start_roadmap

DISPATCH = """init => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }))"""


def press(page: Page, key: str, code: str, **more: object) -> None:
    """Send the key of a keyboard that the test does not have."""
    page.evaluate(DISPATCH, {"key": key, "code": code, **more})


def changes(page: Page, the_list: str) -> int:
    """How many changes are on record."""
    return page.request.get(f"{the_list}/history").text().count("data-event=")


def test_letters_work_on_other_layouts_and_are_text_while_an_input_method_composes(
    page: Page, url: str
) -> None:
    sign_up(page, url)
    start_roadmap(page, url)
    keys_are_text_while_an_input_method_composes(page)
    letters_work_on_other_layouts(page)


def letters_work_on_other_layouts(page: Page) -> None:
    first = row(page)
    press(page, "ξ", "KeyJ")
    expect(first.locator("a")).to_be_focused()
    for key, code, status in (
        ("ш", "KeyI", "in_progress"),
        ("І", "KeyS", "skipped"),
        ("D", "KeyD", "done"),
        ("ن", "KeyK", "done"),
        ("İ", "KeyD", "done"),
    ):
        press(page, key, code)
        expect(first).to_have_attribute("data-status", status)
        first.locator("a").focus()
    # Dvorak: the letter counts, not the place where d, s or n is elsewhere.
    for key, code in (("e", "KeyD"), ("o", "KeyS"), ("b", "KeyN")):
        press(page, key, code)
    press(page, "т", "KeyN", ctrlKey=True)
    press(page, "т", "KeyN", altKey=True)
    press(page, "→", "KeyI", modifierAltGraph=True)
    expect(first).to_have_attribute("data-status", "done")
    press(page, "i", "KeyG")
    expect(first).to_have_attribute("data-status", "in_progress")
    press(page, "؟", "Slash", shiftKey=True)
    expect(page.locator("#keys")).to_be_visible()


def keys_are_text_while_an_input_method_composes(page: Page) -> None:
    first = row(page)
    first.locator("a").focus()
    press(page, "d", "KeyD", isComposing=True)
    press(page, "i", "KeyI", keyCode=229)
    menu = page.locator("details.menu").first
    menu.locator("summary").first.press("Enter")
    press(page, "Escape", "Escape", isComposing=True)
    expect(menu).to_have_attribute("open", "")
    press(page, "Escape", "Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(first).to_have_attribute("data-status", "not_started")


def test_a_key_that_is_held_changes_one_thing(page: Page, url: str) -> None:
    sign_up(page, url)
    the_list = start_roadmap(page, url)
    first, before = row(page), changes(page, the_list)
    for key, place, status in (
        (" ", first.locator("a"), "done"),
        ("Enter", first.locator(".mark"), "not_started"),
        ("s", first.locator("a"), "skipped"),
        ("u", first.locator("a"), "not_started"),
        ("Enter", page.locator("#toasts form button"), "skipped"),
    ):
        place.focus()
        for _ in range(5):
            page.keyboard.down(key)
            page.wait_for_timeout(60)
        page.keyboard.up(key)
        expect(first).to_have_attribute("data-status", status)
    assert changes(page, the_list) == before + 5
    first.locator("a").focus()
    for _ in range(3):
        page.keyboard.down("j")
    page.keyboard.up("j")
    expect(page.locator("[data-list] [data-milestone]:visible > a").nth(3)).to_be_focused()


def test_a_double_click_counts_once(page: Page, url: str) -> None:
    sign_up(page, url)
    the_list = start_roadmap(page, url)
    first = row(page)
    first.locator(".mark").dblclick(delay=120)
    expect(first).to_have_attribute("data-status", "done")
    page.goto(f"{the_list}/milestones/{first.get_attribute('data-milestone')}")
    before = changes(page, the_list)
    page.fill("#title-new", "Notebook")
    page.fill("#text-new", "What I did")
    # Enter in the field and a click on the button, before the next page comes.
    with page.expect_navigation():
        page.evaluate("""() => {
            const form = document.querySelector("#title-new").form
            form.requestSubmit(); form.querySelector("button").click(); form.requestSubmit()
        }""")
    expect(page.locator(".toast")).to_contain_text("Evidence added.")
    assert changes(page, the_list) == before + 1
