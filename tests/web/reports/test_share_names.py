"""What the owner of a share link calls it: seen by nobody else."""

import pytest
from flask import Flask

from roadmap.domain.reports.links import SHARE_NAME_LENGTH, Share
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.learning import Learner
from tests.support.mentoring import mentor_of
from tests.support.sharing import share, token_of

PAGE = "/shares"
NAME = "Acme, HR"


def rename(learner: Learner, link: Share, name: str) -> int:
    return learner.browser.post(f"/shares/{link.public_id}/name", name=name).status_code


def test_a_name_is_given_with_the_link_and_heads_it_in_the_list(learner: Learner) -> None:
    assert learner.post(PAGE, name=f"  {NAME} ").status_code == 303
    assert f"<bdi>{NAME}</bdi>" in learner.page(PAGE)


def test_a_name_can_be_changed_and_taken_away(learner: Learner) -> None:
    link = share(learner, name=NAME)
    assert rename(learner, link, "Globex") == 303
    page = learner.page(PAGE)
    assert "<bdi>Globex</bdi>" in page
    assert NAME not in page
    assert rename(learner, link, " ") == 303
    assert "<bdi>Globex</bdi>" not in learner.page(PAGE)


def test_an_ended_link_still_has_its_name(learner: Learner) -> None:
    link = share(learner, name=NAME)
    learner.browser.post(f"/shares/{link.public_id}/revoke")
    assert f"<bdi>{NAME}</bdi>" in learner.page(PAGE)


@pytest.mark.parametrize("path", [PAGE, "/shares/{}/name"])
def test_a_name_that_is_too_long_or_shows_nothing_is_refused_and_stays_typed(
    learner: Learner, path: str
) -> None:
    for name, why in (("x" * (SHARE_NAME_LENGTH + 1), "81 characters"), ("\u200b", "shows")):
        link = share(learner, name=NAME)
        url = learner.base + path if path == PAGE else path.format(link.public_id)
        answer = learner.browser.post(url, name=name)
        assert answer.status_code == 422, why
        assert why in answer.text, why
        assert f'value="{name}"' in answer.text, why
        learner.session.expire_all()
        assert learner.session.get_one(Share, link.id).name == NAME, why


def test_the_longest_name_fits(learner: Learner) -> None:
    assert learner.post(PAGE, name="x" * SHARE_NAME_LENGTH).status_code == 303


def test_readers_mentors_and_administrators_never_see_it(app: Flask, learner: Learner) -> None:
    link = share(learner, name=NAME)
    milo, ada = mentor_of(learner), add_user(learner.session, "Ada", is_admin=True)
    for extension in ("", ".json", ".csv"):
        assert NAME not in Browser(app).get(f"/s/{token_of(link)}{extension}").text
    for person in (milo, ada):
        browser = browser_of(app, learner.session, person)
        assert browser.post(f"/shares/{link.public_id}/name", name="Mine").status_code == 404
        assert NAME not in browser.get("/admin/shares").text
