"""The page of one's data, and the file."""

from sqlalchemy.orm import Session

from tests.support.browsing import Browser
from tests.support.learning import Learner
from tests.support.rows.sample_rows import count_rows
from tests.support.zips import texts_in


def test_the_file_comes_with_the_day_in_its_name_and_changes_nothing(learner: Learner) -> None:
    learner.note("first", "A note of mine")
    learner.session.commit()
    before = count_rows(learner.session)
    answer = learner.browser.get("/settings/data.zip")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="roadmap-data-2026-03-02.zip"'
    assert (answer.content_type, answer.headers["Cache-Control"]) == ("application/zip", "no-store")
    assert "A note of mine" in texts_in(answer.data)["account.json"]
    assert count_rows(learner.session) == before


def test_the_settings_lead_to_it_and_the_deletion_offers_it_first(learner: Learner) -> None:
    assert 'href="/settings/data"' in learner.browser.get("/settings").text
    assert 'href="/settings/data.zip"' in learner.browser.get("/settings/data").text
    assert "Download your data</a> first" in learner.browser.get("/settings/deletion").text


def test_each_gets_their_own(learner: Learner, mentor: Browser) -> None:
    learner.note("first", "A note of mine")
    files = texts_in(mentor.get("/settings/data.zip").data)
    assert "Milo" in files["csv/profile.csv"]
    assert not any("A note of mine" in text for text in files.values())


def test_an_account_without_anything_has_a_file_too(session: Session, mentor: Browser) -> None:
    files = texts_in(mentor.get("/settings/data.zip").data)
    assert not [name for name in files if name.startswith(("reports/", "roadmaps/"))]
