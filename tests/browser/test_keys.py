"""The letter keys on every page that has something for them, and where they stay quiet."""

from playwright.sync_api import Page, expect

from tests.support.pages.browser_learner import row, sign_up, start_roadmap


def test_letter_keys_work_on_every_page(page: Page, url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    sign_up(page, url)
    the_list = start_roadmap(page, url)
    a_slash_looks_for_the_nearest_search(page, url, the_list)
    a_question_mark_opens_the_sheet_and_escape_closes_it(page, the_list)
    on_today_they_move_mark_and_take_back(page, url)
    on_a_milestone_they_mark_it_and_go_to_its_neighbours(page, the_list)
    in_the_history_they_move_from_change_to_change(page, the_list)
    g_and_a_letter_go_places(page, url, the_list)
    typed_into_a_field_they_stay_letters(page, url)


def go(page: Page, keys: str, address: str) -> None:
    """Press keys that lead to another page."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press(keys[-1])
    expect(page).to_have_url(address)


def a_slash_looks_for_the_nearest_search(page: Page, url: str, the_list: str) -> None:
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.goto(f"{url}/today")
    page.keyboard.press("/")
    expect(page.locator(".seek input")).to_be_focused()
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{the_list}/settings")
    go(page, "/", f"{url}/search")
    page.set_viewport_size({"width": 1280, "height": 900})


def a_question_mark_opens_the_sheet_and_escape_closes_it(page: Page, the_list: str) -> None:
    page.goto(the_list)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("j")  # a sheet that is open takes no keys for the page behind it
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    expect(row(page).locator("a")).not_to_be_focused()


def on_today_they_move_mark_and_take_back(page: Page, url: str) -> None:
    page.goto(f"{url}/today")
    first = page.locator("[data-stop]").first
    title = first.inner_text()
    page.keyboard.press("j")
    expect(first).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("d")
    expect(page.locator(".toast")).to_contain_text(f"“{title}” is done.")
    expect(first).not_to_have_text(title)
    with page.expect_navigation():
        page.keyboard.press("u")
    expect(first).to_have_text(title)
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)


def on_a_milestone_they_mark_it_and_go_to_its_neighbours(page: Page, the_list: str) -> None:
    page.goto(the_list)
    first = f"{the_list}/milestones/{row(page).get_attribute('data-milestone')}"
    page.goto(first)
    with page.expect_navigation():
        page.keyboard.press("i")
    expect(page.locator("#milestone-state")).to_have_attribute("data-status", "in_progress")
    with page.expect_navigation():
        page.keyboard.press("j")
    assert page.url != first
    go(page, "k", first)


def in_the_history_they_move_from_change_to_change(page: Page, the_list: str) -> None:
    page.goto(f"{the_list}/history")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate(
        "document.activeElement.closest('.change') === document.querySelectorAll('.change')[1]"
    )


def g_and_a_letter_go_places(page: Page, url: str, the_list: str) -> None:
    go(page, "gt", f"{url}/today")
    go(page, "gm", f"{url}/mentoring")
    go(page, "gr", the_list)
    go(page, "gp", f"{the_list}/report")


def typed_into_a_field_they_stay_letters(page: Page, url: str) -> None:
    page.goto(f"{url}/search")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("j d g t ? /")
    expect(page.locator("#q")).to_have_value("j d g t ? /")
    assert page.url == f"{url}/search"


def test_enter_beside_the_marks_of_a_milestone_marks_nothing(page: Page, url: str) -> None:
    sign_up(page, url)
    the_list = start_roadmap(page, url)
    first = f"{the_list}/milestones/{row(page).get_attribute('data-milestone')}"
    page.goto(first)
    page.click("#milestone-state [value=done]")
    expect(page.locator("#milestone-state")).to_have_attribute("data-status", "done")
    page.click("#milestone-state summary >> nth=0")
    page.fill("#reason", "Read about it")
    page.press("#reason", "Enter")
    page.reload()
    expect(page.locator("#milestone-state")).to_have_attribute("data-status", "done")
