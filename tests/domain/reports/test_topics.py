"""The topics of each skill in a report."""

from dataclasses import replace

from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.reports.rows import ReportMilestone, SkillTopics, topics_by_skill
from tests.support.report_records import Book

CORE = ("Area", "Core")


def milestones(**topics: tuple[str, ...]) -> list[ReportMilestone]:
    """Rows in which `second` is verified and `first` and `habit` are only claimed."""
    book = Book()
    for key in ("first", "second", "habit"):
        book.mark(key, Status.DONE)
    book.review("second", Verification.VERIFIED)
    return [replace(each, topics=topics.get(each.key, ())) for each in book.report().milestones]


def test_verified_topics_come_first_and_each_is_named_once() -> None:
    found = topics_by_skill(milestones(first=("Git", "pandas"), second=("pandas", "SQL"), see=("OpenCV",)))
    assert found == {CORE: SkillTopics(("pandas", "SQL"), ("Git",))}
    assert found[CORE].sentence == "pandas, SQL · claimed only: Git"


def test_a_skill_names_six_at_most() -> None:
    found = topics_by_skill(milestones(first=tuple("abcdefgh"), second=tuple("xyz")))
    assert found[CORE] == SkillTopics(("x", "y", "z"), ("a", "b", "c"))


def test_without_topics_there_is_no_sentence() -> None:
    assert [each.sentence for each in topics_by_skill(milestones()).values()] == [""]
