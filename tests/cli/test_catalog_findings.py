"""`roadmap catalog check`: totals of a good file, and the links that do not answer."""

from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import CliRunner, Result

from roadmap.bootstrap import BUILT_IN
from roadmap.cli import roadmap
from roadmap.cli.catalog_findings import find_dead_links
from roadmap.domain.roadmaps.outlines import ResourceOutline, ResourceType
from roadmap.exports.outline_documents import write_outline
from tests.support.outlines import milestone, outline, skill


class Handler(BaseHTTPRequestHandler):
    """Answers with the status in the path; `/slow` never."""

    def do_GET(self) -> None:
        if self.path == "/slow":
            self.server.released.wait(5)
            return
        self.send_response(int(self.path.strip("/")))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """A local server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.released = Event()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.released.set()
    server.shutdown()
    thread.join()
    server.server_close()


def check(path: Path, *more: str) -> Result:
    return CliRunner().invoke(roadmap, ["catalog", "check", str(path), *more])


def test_a_good_file_is_described_by_its_totals() -> None:
    said = check(BUILT_IN).stdout
    assert "Area foundations: 128 to 201 hours, 27% of the core\n" in said
    assert "Pathway mlops: 84 to 132 hours, 18% of the core\n" in said
    assert "Longest chain of prerequisites: 10 milestones\n" in said
    assert "Not connected to any other: plan-learning\n" in said
    assert "Optional next to alternatives: none\n" in said


def test_links_that_do_not_answer_are_found(site: str) -> None:
    urls = [f"{site}/{path}" for path in ("200", "404", "403", "500", "slow")]
    assert find_dead_links([*urls, urls[1]], seconds=0.3) == {
        f"{site}/404": "answers 404",
        f"{site}/500": "answers 500",
        f"{site}/slow": "no response within 0.3 seconds",
    }


def test_a_server_that_is_not_there_is_a_dead_link() -> None:
    (problem,) = find_dead_links(["http://127.0.0.1:9/"]).values()
    assert "refused" in problem.lower()


def test_links_are_asked_only_on_request(site: str, tmp_path: Path) -> None:
    docs = tuple(ResourceOutline(path, f"{site}/{path}", ResourceType.DOCS) for path in ("200", "404"))
    content = replace(outline(skill("core", milestone("first", resources=docs))), description="More.")
    path = tmp_path / "sample.yaml"
    path.write_bytes(write_outline(content))
    assert check(path).exit_code == 0
    done = check(path, "--links")
    assert done.exit_code == 1
    assert f"{site}/404 (first): answers 404" in done.stderr
    assert "/200" not in done.stderr
