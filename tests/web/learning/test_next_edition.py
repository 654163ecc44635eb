"""Whoever follows the first edition of the built-in roadmap is offered today's, and keeps everything."""

from functools import cache
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from roadmap.bootstrap import BUILT_IN
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.imports.outlines import read_outline
from roadmap.operations.roadmaps.catalogs import load_built_in
from tests.support.browsing import browser_of
from tests.support.cast import NOON, add_user
from tests.support.learning import Learner
from tests.support.mentoring import mentor_of, submit, verified
from tests.support.outlines import enroll
from tests.support.pages.data_attributes import marks_in, numbers_in

FIRST_EDITION = Path(__file__).parents[2] / "content" / "first-edition.yaml"
PATHWAYS = ("practice", "nlp", "healthcare")
SUBMITTED = "train-with-pytorch"


@cache
def read(file: Path) -> Outline:
    return read_outline(file.read_bytes())


@pytest.fixture
def veteran(app: Flask, session: Session) -> Learner:
    """Vera, who has done about 40% of the first edition; Milo verified five milestones, one waits for him."""
    load_built_in(session, read(FIRST_EDITION), at=NOON)
    vera = add_user(session, "Vera")
    enrollment = enroll(session, vera, "ml-engineer", pathways=PATHWAYS)
    learner = Learner(session, vera, enrollment, browser=browser_of(app, session, vera, at=NOON))
    milo = mentor_of(learner)
    keys = list(read(FIRST_EDITION).milestones)
    for key in keys[:5]:
        verified(learner, milo, key)
    submit(learner, SUBMITTED)
    learner.note(keys[0], "Test first.")
    learner.show(keys[1])
    for key in keys[5:38]:
        learner.mark(key)
    return learner


@pytest.mark.slow
@time_machine.travel(NOON, tick=False)
def test_the_next_edition_is_offered_accepted_and_undone_without_a_loss(veteran: Learner) -> None:
    page = veteran.page()
    old, before = marks_in(page), numbers_in(page)
    assert 38 <= int(before[0]) <= 45
    assert int(before[1]) >= 3

    load_built_in(veteran.session, read(BUILT_IN), at=NOON)
    offer = veteran.page("/edition")
    now, _, then = offer.partition('id="after-numbers"')
    assert numbers_in(now) == before
    offered = numbers_in(then)
    assert offered != before
    assert "Removed" not in offer
    assert len(offer) < 600_000

    veteran.post("/edition", edition="2")
    page = veteran.page()
    after = marks_in(page)
    assert numbers_in(page) == offered
    touched = {key: mark for key, mark in old.items() if mark[0] != "not_started"}
    assert len(touched) == 38
    assert {key: after[key] for key in touched} == touched
    assert after[SUBMITTED] == ("done", "submitted")
    assert veteran.note_text(next(iter(touched))) == "Test first."

    change = veteran.events()[-1].number
    assert veteran.post(f"/history/{change}/undo").status_code == 303
    page = veteran.page()
    assert (marks_in(page), numbers_in(page)) == (old, before)
