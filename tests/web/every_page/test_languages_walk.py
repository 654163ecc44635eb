"""Every page says the language of every word that comes from a roadmap."""

import pytest
from flask import Flask

from roadmap.domain.imports.import_rows import ImportedFile
from roadmap.imports.foreign.foreign_files import read_foreign_file
from roadmap.operations.roadmaps.drafts import lock_draft, save_draft
from roadmap.operations.roadmaps.row_imports import bring_rows
from roadmap.web.access_table import ACCESS
from tests.support.access_scene import Scene, set_scene
from tests.support.cast import NOON
from tests.support.languages import WORDS, translated, wrong_texts
from tests.support.learning import Learner, Learning
from tests.support.outlines import newer_sample, sample

PATHS = ("?view=map", "?view=map&skills=all", "?filter=ready")


def set_foreign_scene(app: Flask, learner: Learner, language: str) -> Scene:
    learning = Learning(learner.session, learner.person, learner.enrollment)
    learning.publish(translated(sample(), language))
    learning.accept(2)
    scene = set_scene(app, learning)
    draft = lock_draft(learner.session, "own-roadmap", by=learner.person, at=NOON)
    written = translated(sample("own-roadmap"), language)
    save_draft(
        learner.session,
        draft,
        lambda _: written,
        seen=draft.version,
        by=learner.person,
        at=NOON,
        what="Saved",
    )
    word = WORDS[language]
    brought = read_foreign_file(
        f"# {word}\n\n{word}\n\n## {word} core\n\n- {word} First\n- {word} other\n".encode()
    )
    assert isinstance(brought, ImportedFile)
    bring_rows(draft, brought)
    learning.publish(translated(newer_sample(), language))
    learner.session.commit()
    return scene


@pytest.mark.slow
@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("person", ["visitor", "learner", "mentor", "admin", "otto", "holder"])
def test_every_page_says_the_language_of_a_roadmaps_words(
    app: Flask, learner: Learner, language: str, person: str
) -> None:
    scene = set_foreign_scene(app, learner, language)
    browser, wrong, seen = scene.browser(person), list[str](), 0
    for method, endpoint in ACCESS:
        if method != "GET":
            continue
        path = scene.path(endpoint)
        for more in ("", *(PATHS if endpoint == "enrollments.show" else ())):
            answer = browser.get(path + more)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                seen += WORDS[language] in answer.text
                wrong += [f"{endpoint}{more}: {fault}" for fault in wrong_texts(answer.text, language)]
    assert seen >= 2
    assert wrong == []


def test_the_walk_finds_what_says_no_language() -> None:
    page = (
        '<p>{0}<b lang="de" dir="ltr">{0}</b><a lang="de" dir="auto" title="{0}">x</a></p><input alt="{0}">'
    )
    wrong = list(wrong_texts(page.format(WORDS["de"]), "de"))
    assert [fault.split(" “")[0] for fault in wrong] == ["<p> text", "<input> alt"]
