"""Several servers on one PostgreSQL: what one of them did, the others know at once."""

import re
from collections.abc import Iterator

import pytest

from tests.support.cast import PASSWORD
from tests.support.fixtures.instances import Instance
from tests.support.fixtures.postgresql import new_postgresql_database
from tests.support.pages.http_client import Visitor

pytestmark = pytest.mark.slow

KEY = "a key that both servers know, of no other use"
ROUNDS = 10


@pytest.fixture(scope="module")
def servers(
    tmp_path_factory: pytest.TempPathFactory, postgresql_address: str, postgresql_template: str
) -> Iterator[list[Instance]]:
    """Two installations with the same database and the same key, and nothing else; one has two processes."""
    with new_postgresql_database(postgresql_address, postgresql_template) as url:
        settings = {"ROADMAP_DATABASE_URL": url, "ROADMAP_SECRET_KEY": KEY}
        both = [Instance(tmp_path_factory.mktemp(name) / "data", dict(settings)) for name in ("one", "two")]
        yield [both[0].start("--workers", "2"), both[1].start()]
        for instance in both:
            instance.stop()


def status_of(page: str) -> str:
    """The status of the first milestone of a list."""
    found = re.search(r'data-milestone="[^"]+"[^>]*data-status="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_mark_shows_on_the_other_server_at_once_and_signing_out_ends_both(servers: list[Instance]) -> None:
    one, two = servers
    lena = Visitor(one.url)
    lena.register()
    _, place = lena.post("/roadmaps/ml-engineer/enrollment", weekly_hours="5")
    path = re.sub(r"^https?://[^/]+", "", place)
    found = re.search(r'data-milestone="([^"]+)"', lena.get(path))
    assert found is not None
    seen = []
    for number in range(ROUNDS):
        status = ("in_progress", "done")[number % 2]
        # Each in turn, so that every process has cached the state before.
        lena.url = servers[number % 2].url
        assert lena.post(f"{path}/milestones/{found[1]}/progress", status=status)[0] == 303
        lena.url = servers[1 - number % 2].url
        seen.append(status_of(lena.get(path)) == status)
    assert seen == [True] * ROUNDS
    lena.url = one.url
    assert lena.post("/logout")[0] == 303
    lena.url = two.url
    assert 'href="/login' in lena.get("/")


def test_attempts_at_a_password_count_on_both(servers: list[Instance]) -> None:
    one, two = servers
    Visitor(one.url).register("Otto")
    guesser = Visitor(one.url)
    guesser.get("/login")
    answers = []
    for number in range(30):
        guesser.url = servers[number % 2].url
        answers.append(guesser.post("/login", email="otto@example.org", password=f"{PASSWORD} {number}")[0])
        if answers[-1] == 429:
            break
    assert answers[-1] == 429
    guesser.url = servers[len(answers) % 2].url
    assert guesser.post("/login", email="otto@example.org", password=PASSWORD)[0] == 429
    assert two.log is not one.log
