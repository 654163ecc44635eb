"""Static files: joined, named by their hash, kept for a year."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from roadmap.web.assets import load_assets, minify_css, minify_js


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "css/20.css": "b",
        "css/10.css": "a",
        "js/1.js": "x" * 2_000,
        "icon.svg": "<svg/>",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_sheets_and_scripts_are_joined_in_the_order_of_their_names(folder: Path) -> None:
    assets = load_assets(folder)
    assert assets.by_name[assets.names["roadmap.css"]].body == b"a b"


def test_another_content_has_another_name(folder: Path) -> None:
    before = load_assets(folder).url("icon.svg")
    (folder / "icon.svg").write_text("<svg></svg>")
    assert re.fullmatch(r"/static/icon-[0-9a-f]{12}\.svg", before)
    assert load_assets(folder).url("icon.svg") != before


def linked(app: Flask, suffix: str) -> str:
    found = re.search(rf'"(/static/roadmap-[0-9a-f]+\.{suffix})"', app.test_client().get("/login").text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(("suffix", "mimetype"), [("css", "text/css"), ("js", "text/javascript")])
def test_a_page_links_one_sheet_and_one_script_that_are_kept_for_a_year(
    app: Flask, suffix: str, mimetype: str
) -> None:
    answer = app.test_client().get(linked(app, suffix))
    assert (answer.status_code, answer.mimetype) == (200, mimetype)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_they_are_packed_ahead_of_time(app: Flask) -> None:
    client, path = app.test_client(), linked(app, "css")
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == client.get(path).data


def test_a_file_that_is_not_there_is_404(app: Flask) -> None:
    for path in ("/static/roadmap.css", "/static/..%2fapp.py", "/static/x", "/static/css/10.css"):
        assert app.test_client().get(path).status_code == 404


def test_nothing_of_a_person_is_asked_for_them(app: Flask) -> None:
    assert "Set-Cookie" not in app.test_client().get(linked(app, "css")).headers


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
