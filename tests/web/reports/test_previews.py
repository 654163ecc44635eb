"""What programs show where a share link is pasted: no more than its page, nothing of a link that ended."""

import re
import struct

import pytest
from flask import Flask

from roadmap.domain.reports.links import Share
from tests.support.browsing import Browser
from tests.support.learning import TODAY, Learner
from tests.support.mentoring import mentor_of, verified
from tests.support.sharing import DAY, restrict, share, share_url, token_of

OPEN_GRAPH = re.compile(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)">')
CHAT = {"User-Agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"}
OPTIONS = [{}, {"shows_names": True}, {"shows_evidence": True}, {"as_of": TODAY}]


@pytest.fixture
def shared(learner: Learner) -> Learner:
    """Milo verified a milestone whose evidence has a title of its own."""
    learner.mark("first")
    learner.show("first", "Notebook")
    verified(learner, mentor_of(learner), "first")
    learner.session.commit()
    return learner


def preview(app: Flask, path: str) -> dict[str, str]:
    return dict(OPEN_GRAPH.findall(Browser(app).get(path, headers=CHAT).text))


@pytest.mark.parametrize("options", OPTIONS)
def test_it_says_whose_report_it_is_and_both_numbers(
    app: Flask, shared: Learner, options: dict[str, object]
) -> None:
    path = share_url(shared, name="Acme", **options)
    found = preview(app, path)
    assert found["og:title"] == "Lena: Sample"
    assert found["og:description"] == "Claimed 13%, verified 13%, as of 2 March 2026."
    assert (found["og:type"], found["og:url"]) == ("website", f"http://localhost{path}")
    assert found["og:image"] == f"http://localhost{path}.png"
    assert not re.search("Milo|Notebook|Acme|First", " ".join(found.values()))
    assert shared.session.query(Share.opens).scalar() == 0


def test_the_page_stays_out_of_search_engines(app: Flask, shared: Learner) -> None:
    for path in ((page := share_url(shared)), f"{page}.png"):
        answer = Browser(app).get(path, headers=CHAT)
        assert "noindex" in answer.headers["X-Robots-Tag"]


def test_the_picture_is_a_png_of_the_usual_size_and_counts_as_no_opening(app: Flask, shared: Learner) -> None:
    path = share_url(shared)
    answer = Browser(app).get(f"{path}.png")
    assert answer.content_type == "image/png"
    assert struct.unpack(">II", answer.data[16:24]) == (1200, 630)
    assert answer.headers["Cache-Control"] == "private, no-store"
    shared.session.expire_all()
    assert shared.session.query(Share.opens).scalar() == 0


def test_a_restricted_roadmap_shows_its_title_and_numbers_as_its_page_does(
    app: Flask, shared: Learner
) -> None:
    path = share_url(shared, **OPTIONS[1])
    restrict(shared)
    found = preview(app, path)
    assert found["og:title"] == "Lena: Sample"
    assert Browser(app).get(f"{path}.png").status_code == 200


@pytest.mark.parametrize("ending", ["revoked", "expired", "unknown"])
def test_a_link_that_ended_has_none_at_all(app: Flask, shared: Learner, ending: str) -> None:
    link = share(shared, expires_on=TODAY)
    path = f"/s/{token_of(link)}" if ending != "unknown" else f"/s/{'x' * 43}"
    if ending == "revoked":
        shared.browser.post(f"/shares/{link.public_id}/revoke")
    if ending == "expired":
        link.created_on, link.expires_on = TODAY - DAY, TODAY - DAY
        shared.session.commit()
    answer = Browser(app).get(path, headers=CHAT)
    assert answer.status_code == 404
    assert not OPEN_GRAPH.search(answer.text)
    assert not any(word in answer.text for word in ("Lena", "Sample"))
    assert Browser(app).get(f"{path}.png").status_code == 404


def test_a_public_roadmap_has_one_and_a_private_one_only_its_owner_sees_has_none(
    app: Flask, learner: Learner
) -> None:
    found = preview(app, "/roadmaps/sample")
    assert (found["og:title"], found["og:description"]) == ("Sample", "A sample.")
    assert found["og:url"] == "http://localhost/roadmaps/sample"
    assert "og:image" not in found
    restrict(learner)
    assert not OPEN_GRAPH.search(learner.browser.get("/roadmaps/sample").text)
