"""Browsers by the names that people know."""

import pytest

from roadmap.web.accounts.sign_ins import name_browser

WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/141.0 Safari/537.36 Edg/141.0", "Edge on Windows"),
        (f"Mozilla/5.0 (Linux; Android 15) {WEBKIT} Chrome/141.0 Mobile Safari/537.36", "Chrome on Android"),
        (f"Mozilla/5.0 (iPhone; like Mac OS X) {WEBKIT} Version/18.6 Safari/604.1", "Safari on an iPhone"),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) {WEBKIT} Safari/605.1", "Safari on a Mac"),
        ("Safari/1", "Safari"),
        ("curl/8.14", "curl/8.14"),
        ("<b>" * 200, ("<b>" * 200)[:40]),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_has_the_name_that_people_know(agent: str, name: str) -> None:
    assert name_browser(agent) == name
