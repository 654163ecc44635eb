"""The list as people use it: by click, by key and by menu; without scripts, the learner's loop shows it."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.pages.browser_learner import row, sign_up, start_roadmap


def test_a_click_marks_and_what_is_undone_is_done_again_at_the_same_place_of_the_same_page(
    page: Page, url: str
) -> None:
    sign_up(page, url)
    start_roadmap(page, url)
    page.evaluate("window.stays = true")
    first = row(page)
    first.locator(".mark").click()
    expect(first).to_have_attribute("data-status", "done")
    expect(first.locator(".mark")).to_be_focused()
    expect(page.locator("#live")).to_contain_text("Claimed")
    button = page.locator("#toasts form button")
    for sentence, word, status in (
        ("“Write a small Python package with tests” is done.", "Redo", "not_started"),
        ("Undone.", "Undo", "done"),
    ):
        expect(page.locator("#toasts")).to_contain_text(sentence)
        button.press("Enter")
        expect(button).to_have_text(word)
        expect(button).to_be_focused()
        expect(first).to_have_attribute("data-status", status)
    expect(page.locator("#toasts")).to_contain_text("Redone.")
    button.click()
    expect(first).to_have_attribute("data-status", "not_started")
    assert page.evaluate("window.stays")


def test_letter_keys_move_and_mark_until_they_are_switched_off(page: Page, url: str) -> None:
    sign_up(page, url)
    the_list = start_roadmap(page, url)
    first = row(page)
    page.keyboard.press("j")
    expect(first.locator("a")).to_be_focused()
    for key, status in (("i", "in_progress"), (" ", "done"), ("s", "skipped"), ("u", "done")):
        page.keyboard.press(key)
        expect(first).to_have_attribute("data-status", status)
        expect(first.locator("a")).to_be_focused()
    the_key_of_undo_goes_back_step_by_step(page, first)
    page.goto(f"{url}/settings")
    page.uncheck("[name=letter_keys]")
    page.click("main form button")
    page.locator(".toast").wait_for()
    page.goto(the_list)
    page.keyboard.press("j")
    expect(row(page).locator("a")).not_to_be_focused()


def the_key_of_undo_goes_back_step_by_step(page: Page, first: Locator) -> None:
    for status in ("in_progress", "not_started"):
        page.keyboard.press("u")
        expect(first).to_have_attribute("data-status", status)
    page.keyboard.press("u")
    expect(page.locator("#toasts")).to_contain_text("Nothing to undo")


def test_the_menu_of_marks_opens_by_keyboard_and_marks_as_known_before(page: Page, url: str) -> None:
    sign_up(page, url)
    start_roadmap(page, url)
    escape_closes_the_menu_and_returns(page)
    marks_one_milestone_as_known_before(page, url)


def escape_closes_the_menu_and_returns(page: Page) -> None:
    dots = row(page).locator(".dots")
    dots.press("Enter")
    expect(page.locator("#marks [data-mark=done]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dots).to_be_focused()
    expect(page.locator("#marks")).to_be_hidden()


def marks_one_milestone_as_known_before(page: Page, url: str) -> None:
    first = row(page)
    key = first.get_attribute("data-milestone")
    first.locator(".dots").click()
    page.locator("#marks [data-mark=known]").click()
    marked = page.locator(f'[data-list] [data-milestone="{key}"]')
    expect(marked).to_have_attribute("data-status", "done")
    expect(page.locator("#toasts")).to_contain_text("Marked as already known.")
    marked.locator(".dots").click()
    expect(page.locator("#marks [data-mark=known]")).to_be_hidden()
    page.goto(f"{url}/today")
    expect(page.locator(".week")).to_contain_text("0 of 6 estimated hours")


def test_the_menu_of_marks_opens_clear_of_the_foot_of_a_phone(page: Page, url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_up(page, url)
    start_roadmap(page, url)
    low = page.locator("[data-list] .dots").nth(12)
    # Not by a click, before which the browser would scroll by itself.
    low.evaluate("dots => scrollBy(0, dots.getBoundingClientRect().bottom - innerHeight + 160)")
    low.evaluate("dots => dots.click()")
    foot = "document.querySelector('.bar-below').getBoundingClientRect().top"
    assert page.evaluate(f"document.getElementById('marks').getBoundingClientRect().bottom <= {foot}")


def test_the_list_names_its_buttons_filters_as_one_types_and_is_short_on_paper(page: Page, url: str) -> None:
    sign_up(page, url)
    start_roadmap(page, url)
    buttons_of_the_scripts_name_their_milestones(page)
    on_paper_it_stands_without_links_to_other_pages(page)
    it_filters_as_one_types(page)


def buttons_of_the_scripts_name_their_milestones(page: Page) -> None:
    names = page.locator("[data-list] .dots").evaluate_all("dots => dots.map(each => each.ariaLabel)")
    assert names[0] == f"Other marks: {page.locator('[data-list] [data-milestone] > a').first.text_content()}"
    assert len(names) > 50
    assert len(set(names)) == len(names)


def on_paper_it_stands_without_links_to_other_pages(page: Page) -> None:
    page.emulate_media(media="print")
    facts = page.locator(".facts li:visible")
    assert [text.split()[0] for text in facts.all_inner_texts()] == ["Edition", "started"]
    page.emulate_media(media="screen")


def it_filters_as_one_types(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("classifier")
    shown = page.locator("[data-list] [data-milestone]:visible")
    assert 0 < shown.count() < 10
    assert page.url.endswith("?q=classifier")
    # No title has it; topics are fetched when the field is used.
    page.fill("#q", "scikit-learn")
    expect(page.locator("[data-milestone=train-first-classifier]")).to_be_visible()
    page.fill("#q", "zzz")
    expect(page.locator("[data-nothing]")).to_be_visible()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_finished_skill_opens_by_a_link_to_it_and_by_a_click(
    browser: Browser, url: str, has_scripts: bool
) -> None:
    with browser.new_context(java_script_enabled=has_scripts) as context:
        page = context.new_page()
        sign_up(page, url)
        the_list = start_roadmap(page, url)
        name = page.locator("details.skill[open]").first.get_attribute("id")
        skill = page.locator(f"#{name}")
        skill.get_by_role("button", name="I already know this").click()
        first = skill.locator("[data-milestone]").first
        expect(first).to_have_attribute("data-status", "done")
        page.goto(the_list)
        expect(first).to_be_hidden()
        skill.locator("summary").click()
        expect(first).to_be_visible()
        if has_scripts:
            page.goto(url)
            page.goto(f"{the_list}#{name}")
            expect(first).to_be_visible()
