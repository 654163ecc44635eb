"""Every page of a demo, as everybody who may see it, in both themes, without a fault that a machine finds."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from roadmap.config import Config
from tests.support.cast import KEY
from tests.support.filled_demos import write_demo_of_today
from tests.support.fixtures.files import MakeOnce
from tests.support.fixtures.sites import served
from tools.pictures.measures import measure, watched_context
from tools.pictures.pages import LOOKS, PEOPLE
from tools.pictures.sites import Site


@pytest.fixture(scope="module")
def site(
    browser: Browser, make_once: MakeOnce, reused_parts: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    data = tmp_path_factory.mktemp("demo")
    file = data / "roadmap.sqlite3"
    shutil.copyfile(make_once("demo-of-today.sqlite3", write_demo_of_today), file)
    with served(Config(data=data, database_url=f"sqlite:///{file}", secret_key=KEY)) as url:
        yield Site(url, browser)


@pytest.mark.parametrize("who", PEOPLE)
def test_pages_have_no_fault(site: Site, who: str) -> None:
    faults = []
    with watched_context(site, who) as (context, watch):
        page = context.new_page()
        for look in LOOKS:
            if look.who == who:
                measured = measure(site, page, watch, look)
                assert not measured.is_missing, look.name
                faults += [f"{look.name}: {each}" for each in measured.faults]
    assert faults == []
