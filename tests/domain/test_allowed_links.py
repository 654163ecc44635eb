"""Which links are allowed."""

import pytest

from roadmap.domain.allowed_links import is_mail_link, is_web_link


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "https://[::1]/x",
        "https://xn--bcher-kva.example",
    ],
)
def test_web_addresses_are_links(url: str) -> None:
    assert is_web_link(url)


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "data:text/html,x", "//example.org", "https://", "example.org", ""),
        *(
            "https://a b.org",
            "https://user:secret@example.org",
            "https://example.org:99999999",
            "https://[",
            "java\nscript:x",
        ),
        *(
            "https://example.org\\@evil.org",
            "ftp://example.org",
            "http://:80",
            "https:example.org",
            "https://example.org/\x00",
        ),
    ],
)
def test_anything_else_is_not(url: str) -> None:
    assert not is_web_link(url)


def test_a_mail_address_is_a_link_of_its_own_kind() -> None:
    assert is_mail_link("mailto:lena@example.org")
    assert not is_mail_link("mailto:nobody")
