"""The report as a page and as files."""

import json
import re
from datetime import timedelta

import pytest
from flask import Flask

from roadmap.domain.learning.progress import Status
from tests.support.browsing import browser_of
from tests.support.cast import add_user
from tests.support.learning import TODAY, Learner
from tests.support.mentoring import mentor_of

FIRST = "/milestones/first/progress"


def test_the_page_shows_both_numbers_and_each_mark(learner: Learner) -> None:
    learner.post(FIRST, status="done")
    page = learner.page("/report")
    assert 'data-claimed="13" data-verified="0"' in page
    assert 'data-milestone="first" data-status="done" data-verification="none"' in page


@pytest.mark.parametrize(
    ("extension", "start"),
    [
        ("pdf", b"%PDF"),
        ("xlsx", b"PK"),
        ("csv", b""),
        ("json", b"{"),
        ("md", b"#"),
        ("html", b"<!doctype html>"),
    ],
)
def test_the_report_comes_as_a_file_named_by_person_slug_and_day(
    learner: Learner, extension: str, start: bytes
) -> None:
    answer = learner.get(f"/report.{extension}")
    assert answer.status_code == 200
    assert answer.data.startswith(start)
    assert f'filename="lena-sample-2026-03-02.{extension}"' in answer.headers["Content-Disposition"]


def test_page_and_json_say_the_same(learner: Learner) -> None:
    learner.post(FIRST, status="done")
    report = json.loads(learner.get("/report.json").data)
    assert report["claimed"]["percent"] == 13


ODD_DAYS = (
    *("as_of=2999-01-01", "as_of=1990-01-01", "as_of=nonsense", "as_of=2026-02-30", "as_of=%00"),
    *("since=2999-01-01", "since=1990-01-01", "since=x", "as_of=2026-03-02&since=2026-03-03"),
)


# All files but the calendar are made by one view, which refuses days before it knows the format.
def test_days_that_make_no_report_are_refused(learner: Learner) -> None:
    for file in ("", ".csv"):
        for question in ODD_DAYS:
            answer = learner.get(f"/report{file}?{question}")
            assert answer.status_code in {400, 422}, question
            assert "Content-Disposition" not in answer.headers, question


def test_an_unknown_format_is_not_there(learner: Learner) -> None:
    assert learner.get("/report.docx").status_code == 404


def test_a_day_that_does_not_fit_is_told_beside_its_field_and_stays(learner: Learner) -> None:
    for file, name, typed, shown_as, message in (
        ("", "as_of", "2999-01-01", "date", "This date is in the future."),
        (".csv", "as_of", "nonsense", "text", "Enter a date as YYYY-MM-DD"),
        (".html", "since", "2026-02-30", "text", "Enter a date as YYYY-MM-DD"),
        (".json", "since", "1990-01-01", "date", "Nothing was recorded before"),
        (".pdf", "as_of", "nonsense", "text", "Enter a date as YYYY-MM-DD"),
    ):
        answer = learner.get(f"/report{file}?{name}={typed}")
        (field,) = re.findall(f'<input[^>]* id="{name}"[^>]*>', answer.text)
        assert (answer.status_code, answer.mimetype) == (422, "text/html"), (file, typed)
        assert f'type="{shown_as}" value="{typed}"' in field, (file, typed)
        assert f'aria-describedby="{name}-error" aria-invalid="true"' in field, (file, typed)
        assert message in answer.text.partition(f'id="{name}-error"')[2].partition("</p>")[0], (file, typed)


def test_a_program_gets_the_reason_as_problem_details(learner: Learner) -> None:
    path = f"{learner.base}/report.json?as_of=nonsense"
    answer = learner.browser.get(path, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert json.loads(answer.data)["errors"].keys() == {"as_of"}


def test_days_that_do_not_fit_open_nothing_to_strangers(app: Flask, learner: Learner) -> None:
    otto = browser_of(app, learner.session, add_user(learner.session, "Otto"))
    assert otto.get(f"{learner.base}/report.pdf?as_of=nonsense").status_code == 404


def test_the_chart_shows_where_both_numbers_stand_on_the_first_day_too(learner: Learner) -> None:
    learner.choose(target_on=TODAY + timedelta(days=30))
    learner.mark("first")
    page = learner.page("/report")
    assert page.count('<circle class="end" cx="0.0%"') == 2


def test_the_page_lists_what_is_done_and_links_to_the_rest(learner: Learner) -> None:
    learner.mark("first")
    learner.mark("second", Status.SKIPPED, reason="Known from school")
    page, whole = learner.page("/report"), learner.page("/report?only=all")
    assert '<tr data-milestone="first"' in page
    assert '<tr data-milestone="second"' not in page
    assert "Known from school" not in page
    assert '<tr data-milestone="see" data-status="not_started"' in whole
    assert "Known from school" in whole
    assert '<tr data-milestone="first"' not in learner.page("/report?only=verified")
    for only in ("verified", "all"):
        assert f'/report?only={only}#milestones"' in page
    assert '/report.pdf?as_of=2026-03-02"' in page
    assert '/report.pdf?as_of=2026-03-02&amp;only=all"' in whole


def test_another_choice_is_refused_with_the_words_there_are(learner: Learner) -> None:
    for ending in ("", ".pdf", ".json"):
        answer = learner.get(f"/report{ending}?only=best")
        assert (answer.status_code, answer.mimetype) == (422, "text/html"), ending
        assert "Choose which milestones to list: done, verified or all." in answer.text, ending


def test_the_json_is_whole_unless_less_is_asked_for(learner: Learner) -> None:
    learner.mark("first")
    found = {only: json.loads(learner.get(f"/report.json{only}").data) for only in ("", "?only=done")}
    assert [len(each["milestones"]) for each in found.values()] == [14, 1]
    assert [each["only"] for each in found.values()] == ["all", "done"]
    assert found[""]["claimed"] == found["?only=done"]["claimed"]


def test_the_page_says_what_it_is_and_whose(learner: Learner) -> None:
    page = learner.get("/report").text
    places = [page.index(part) for part in (">Progress report<", "<h1>Lena", 'id="milestones"')]
    assert places == sorted(places)


def test_the_calendar_comes_as_a_file_to_its_learner_and_to_a_mentor(app: Flask, learner: Learner) -> None:
    learner.choose(target_on=TODAY + timedelta(days=30))
    learner.revisit("first", TODAY + timedelta(days=7))
    milo = mentor_of(learner)
    learner.session.commit()
    assert '/report.ics"' in learner.page("/report")
    for browser in (learner.browser, browser_of(app, learner.session, milo)):
        answer = browser.get(f"{learner.base}/report.ics")
        assert answer.content_type == "text/calendar; charset=utf-8"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="lena-sample-2026-03-02.ics"'
        assert answer.text.count("BEGIN:VEVENT") == 2


def test_the_calendar_of_a_day_without_a_report_is_refused_and_nobody_elses_is_given(
    app: Flask, learner: Learner
) -> None:
    assert learner.get("/report.ics?as_of=2999-01-01").status_code == 422
    otto = browser_of(app, learner.session, add_user(learner.session, "Otto"))
    assert otto.get(f"{learner.base}/report.ics").status_code == 404
