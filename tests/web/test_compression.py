"""Text of some length is compressed for those who can read that."""

import gzip

import pytest

from tests.support.browsing import Browser
from tests.support.learning import Learner

GZIP = {"Accept-Encoding": "gzip"}


def test_a_page_is_compressed_where_that_is_understood(learner: Learner) -> None:
    plain = learner.browser.get("/help")
    packed = learner.browser.get("/help", headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "<h1>" in gzip.decompress(packed.data).decode()
    assert len(packed.data) < len(plain.data) / 2


@pytest.mark.parametrize("headers", [{}, GZIP, {"Accept-Encoding": "gzip;q=0"}])
def test_caches_are_told_that_answers_differ(learner: Learner, headers: dict[str, str]) -> None:
    answer = learner.browser.get("/help", headers=headers)
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert ("Content-Encoding" in answer.headers) is (headers == GZIP)


def test_a_short_answer_is_sent_as_it_is(learner: Learner) -> None:
    browser: Browser = learner.browser
    assert "Content-Encoding" not in browser.get("/healthz", headers=GZIP).headers
