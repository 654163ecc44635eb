"""What is sent is shorter than what was written, and means the same."""

import pytest
from flask import Flask
from jinja2 import Environment

from roadmap.web.shortenings import Shortened, shorten_script, shorten_sheet


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
def test_a_sheet_keeps_its_rules_and_loses_comments_and_blanks(written: str, sent: str) -> None:
    assert shorten_sheet(written) == sent


def test_a_script_loses_indentation_and_comments_with_lines_of_their_own() -> None:
    written = "// Why.\nif (a) {\n  // More.\n  go(`http://x`); // here\n}\n"
    assert shorten_script(written) == "if (a) {\ngo(`http://x`); // here\n}\n"


def test_no_text_of_a_script_spans_lines(app: Flask) -> None:
    script = app.extensions["assets"].by_name[app.extensions["assets"].names["roadmap.js"]].body.decode()
    assert [line for line in script.splitlines() if line.count("`") % 2] == []


def test_a_template_loses_its_indentation_and_no_word_touches_another() -> None:
    environment = Environment(trim_blocks=True, lstrip_blocks=True, extensions=[Shortened], autoescape=True)
    listed = "<ul>\n  {% if a %}\n    <li>{{ a }}\n      b</li>\n  {% endif %}\n</ul>"
    words = "{% if a %}one{% endif %}\n  two"
    assert environment.from_string(listed + words).render(a=1) == "<ul>\n <li>1\nb</li>\n</ul>one two"
