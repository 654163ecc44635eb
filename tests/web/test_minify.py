"""What is sent is shorter than what was written, and means the same."""

import pytest
from flask import Flask

from roadmap.web.minify import minify_css, minify_js


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/* Why. */\n@layer a, b;\n", "@layer a,b;"),
        ("a {\n  color: red;\n  margin: 0 auto;\n}\n\nb { }", "a{color:red;margin:0 auto}b{}"),
        ("a > b, a + b { width: calc(1px + 2px) }", "a>b,a + b{width:calc(1px + 2px)}"),
        ("a :is(b, c):hover { }", "a :is(b,c):hover{}"),
        ('a::after { content: " · , /* no */ " / ""; }', 'a::after{content:" · , /* no */ " / ""}'),
        (
            '@media (width < 40rem) { a { font: 1em "A  B", c } }',
            '@media (width < 40rem){a{font:1em "A  B",c}}',
        ),
    ],
)
def test_a_style_sheet_keeps_its_rules_and_loses_comments_and_blanks(written: str, sent: str) -> None:
    assert minify_css(written) == sent


def test_a_script_loses_indentation_and_comments_with_lines_of_their_own() -> None:
    written = "// Why.\nif (a) {\n  // More.\n  go(`http://x`); // here\n}\n"
    assert minify_js(written) == "if (a) {\ngo(`http://x`); // here\n}\n"


def test_no_text_of_a_script_spans_lines(app: Flask) -> None:
    script = app.extensions["assets"].by_name[app.extensions["assets"].names["roadmap.js"]].body.decode()
    assert [line for line in script.splitlines() if line.count("`") % 2] == []
