"""Markdown that people type is shown without raw HTML and without odd links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.web.rendering.markdown import render_markdown


def test_what_people_use_works() -> None:
    html = render_markdown(
        "# Title\n\n- *one*\n- **two**\n\n`code` and https://example.org\n\n| a |\n|---|\n| b |"
    )
    for part in ("<h3>Title</h3>", "<em>one</em>", "<strong>two</strong>", "<code>code</code>", "<td>b</td>"):
        assert part in html
    assert '<a href="https://example.org" rel="noopener noreferrer nofollow">' in html


@pytest.mark.parametrize(
    "text",
    [
        *(
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[a](javascript:alert(1))",
            "![a](https://e.org/x)",
        ),
        *("[a](data:text/html,x)", "<a href='javascript:x'>a</a>", "[a](//evil.example)", "[a](vbscript:x)"),
        *(
            "[a](JaVaScRiPt:alert(1))",
            "[a](&#106;avascript:alert(1))",
            "<style>*{}</style>",
            "<iframe src=x>",
        ),
    ],
)
def test_nothing_runs_and_nothing_is_loaded(text: str) -> None:
    html = render_markdown(text)
    for part in (
        "<script",
        "<img",
        "<style",
        "<iframe",
        'href="javascript',
        'href="data',
        'href="vb',
        'href="//',
    ):
        assert part not in html.casefold()


@given(st.text(max_size=200))
def test_any_text_becomes_html_with_few_kinds_of_elements(text: str) -> None:
    html = render_markdown(text.replace("\0", ""))
    assert "<script" not in html
    assert "javascript:" not in html or "javascript:" in text.casefold()


@pytest.mark.parametrize(
    "name", ["train.py", "README.md", "main.rs", "deploy.sh", "example.org", "lena@example.org"]
)
def test_only_an_address_with_its_scheme_becomes_a_link(name: str) -> None:
    assert "<a" not in render_markdown(f"See {name} first.")
    assert 'href="https://example.org/train.py"' in render_markdown("https://example.org/train.py")
