"""Who verified a report, in one sentence."""

from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.reports.rows import INVITED, Reviewer, approved_by, describe_reviewers, domain_of
from roadmap.exports.report_markdown import write_markdown
from tests.support.report_records import Book

MILO = Reviewer("Milo", INVITED, "example.org")


def test_a_sentence_says_who_verified_how_much_and_how_each_is_known() -> None:
    mina = Reviewer("Mina", approved_by("The Academy"))
    assert describe_reviewers({MILO: 3, mina: 1}) == (
        "Verified by Milo (invited by the learner, example.org): 3 milestones; "
        "Mina (approved by the administrators of The Academy): 1 milestone."
    )


def test_without_names_it_says_how_they_are_known_and_no_domain() -> None:
    sentence = describe_reviewers({MILO.without_names(): 2})
    assert sentence == "Verified by mentors who are not named here (invited by the learner): 2 milestones."


def test_nobody_is_no_sentence_and_an_older_report_says_the_name_alone() -> None:
    assert describe_reviewers({}) == ""
    assert describe_reviewers({Reviewer("Milo", ""): 1}) == "Verified by Milo: 1 milestone."


def test_the_domain_is_what_follows_the_last_at() -> None:
    assert domain_of('"a@b"@example.org') == "example.org"


def test_a_report_counts_the_milestones_of_each_reviewer() -> None:
    book = Book()
    for key, reviewer in (("first", "Milo"), ("second", "Mina"), ("habit", "Milo")):
        book.mark(key, Status.DONE)
        book.review(key, Verification.VERIFIED, reviewer)
    book.mark("habit", Status.IN_PROGRESS)
    report = book.report()
    assert report.reviewers == {Reviewer("Milo", INVITED): 1, Reviewer("Mina", INVITED): 1}
    assert "Verified by Milo (invited by the learner): 1 milestone" in write_markdown(report).decode()
