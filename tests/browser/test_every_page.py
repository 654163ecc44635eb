"""Every page of a demo, as everybody who may see it, in both themes, without a fault that a machine finds."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tools.pictures.measures import THEMES, measure, watched_context
from tools.pictures.pages import LOOKS, PEOPLE
from tools.pictures.sites import Site, served_demo


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served_demo(tmp_path_factory.mktemp("demo")) as url:
        yield Site(url, browser)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("theme", THEMES)
def test_pages_have_no_fault(site: Site, who: str, theme: str) -> None:
    faults = []
    with watched_context(site, who, theme) as (context, watch):
        page = context.new_page()
        for look in LOOKS:
            if look.who == who:
                faults += [f"{look.name}: {each}" for each in measure(site, page, watch, look, theme).faults]
    assert faults == []
