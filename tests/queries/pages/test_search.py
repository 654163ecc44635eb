"""Search finds what a person may see: roadmaps, milestones, and their own notes alone."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.roadmaps.outlines import ResourceOutline, ResourceType
from roadmap.domain.roadmaps.roadmaps import Roadmap, Visibility
from roadmap.queries.pages.search import MAX_SHOWN, SearchPage, find_search_page
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.outlines import add_roadmap, milestone, outline, sample, skill


def find(session: Session, query: str, person: User | None = None) -> SearchPage:
    session.flush()
    return find_search_page(session, query, seen_by=person, at=NOON)


def urls(session: Session, query: str, person: User | None = None) -> list[str]:
    return [found.url for found in find(session, query, person).milestones]


def test_a_visitor_finds_public_roadmaps_and_their_milestones(session: Session) -> None:
    add_roadmap(session)
    found = find(session, "sample")
    assert [each.url for each in found.roadmaps] == ["/roadmaps/sample"]
    assert urls(session, "FÍRST") == ["/roadmaps/sample/milestones/first"]


def test_a_private_roadmap_is_found_by_its_author_alone(session: Session) -> None:
    lena, otto = add_user(session, "Lena"), add_user(session, "Otto")
    roadmap = add_roadmap(session)
    roadmap.visibility, roadmap.author_id = Visibility.PRIVATE, lena.id
    assert [urls(session, "first", each) for each in (None, otto)] == [[], []]
    assert urls(session, "first", lena) == ["/roadmaps/sample/milestones/first"]


def test_who_follows_a_roadmap_comes_to_their_own_page(learning: Learning) -> None:
    own = f"/enrollments/{learning.enrollment.public_id}/milestones/first"
    assert urls(learning.session, "first", learning.person) == [own]


def test_the_edition_one_follows_is_searched_not_the_newest(learning: Learning) -> None:
    learning.publish()
    assert urls(learning.session, "third", learning.person) == []
    assert len(urls(learning.session, "third")) == 1


def test_a_roadmap_of_ones_own_is_found_after_it_was_made_private(learning: Learning) -> None:
    roadmap = learning.session.scalars(select(Roadmap)).one()
    roadmap.visibility = Visibility.PRIVATE
    assert len(urls(learning.session, "first", learning.person)) == 1


def test_all_words_must_be_there_and_a_skill_counts_for_its_milestones(session: Session) -> None:
    add_roadmap(session)
    assert urls(session, "core second") == ["/roadmaps/sample/milestones/second"]
    assert urls(session, "vision second") == []


def test_titles_come_before_other_texts(session: Session) -> None:
    later = replace(milestone("later"), title="The needle")
    add_roadmap(session, outline(skill("one", replace(milestone("early"), summary="A needle."), later)))
    assert urls(session, "needle") == [
        "/roadmaps/sample/milestones/later",
        "/roadmaps/sample/milestones/early",
    ]


def test_a_topic_comes_before_a_title_and_is_shown(session: Session) -> None:
    named = milestone("later", topics=("vector database", "RAG", "ragtime"))
    add_roadmap(session, outline(skill("one", replace(milestone("early"), title="A rag"), named)))
    found = find(session, "rag").milestones
    assert [each.url for each in found] == [
        "/roadmaps/sample/milestones/later",
        "/roadmaps/sample/milestones/early",
    ]
    shown = [["".join(piece.text for piece in topic) for topic in each.topics] for each in found]
    assert shown == [["RAG", "ragtime"], []]


def test_the_title_of_a_resource_is_searched(session: Session) -> None:
    docs = ResourceOutline("Docker getting started", "https://example.org", ResourceType.DOCS)
    add_roadmap(session, outline(skill("one", milestone("early", resources=(docs,)))))
    (found,) = find(session, "docker").milestones
    assert "".join(piece.text for piece in found.text) == docs.title


def test_own_notes_are_found_where_they_are(learning: Learning) -> None:
    learning.note("first", "Le *café* at 100% 🎉")
    for query in ("CAFE", "100%", "🎉", "*café* at"):
        (found,) = find(learning.session, query, learning.person).notes
        assert found.url == f"/enrollments/{learning.enrollment.public_id}/milestones/first#note"


def test_an_older_text_of_a_note_is_not_found(learning: Learning) -> None:
    learning.note("first", "before")
    learning.note("first", "after")
    assert find(learning.session, "before", learning.person).notes == ()


def test_nobody_finds_the_notes_of_others_not_even_their_mentor(learning: Learning, milo: User) -> None:
    learning.note("first", "secretive")
    for person in (milo, add_user(learning.session, "Otto"), None):
        assert find(learning.session, "secretive", person).total == 0


def test_what_is_archived_is_still_found(learning: Learning) -> None:
    learning.note("first", "remember")
    learning.choose(state=EnrollmentState.ARCHIVED)
    assert len(find(learning.session, "remember", learning.person).notes) == 1


def test_signs_of_like_stand_for_themselves(learning: Learning) -> None:
    learning.note("first", "plain")
    for query in ("%", "_", "'", "\\", "pl%in", '"'):
        assert find(learning.session, query, learning.person).total == 0


def test_many_results_are_counted_and_the_first_shown(session: Session) -> None:
    many = [milestone(f"m{number}") for number in range(MAX_SHOWN + 5)]
    add_roadmap(session, outline(skill("one", *many)))
    found = find(session, "why")
    assert (len(found.milestones), found.more_milestones, found.total) == (MAX_SHOWN, 5, MAX_SHOWN + 5)


def test_nothing_asked_finds_nothing(learning: Learning) -> None:
    assert find(learning.session, " \t", learning.person).total == 0


def test_a_second_roadmap_keeps_its_own_place(learning: Learning) -> None:
    add_roadmap(learning.session, sample("other"))
    found = urls(learning.session, "first", learning.person)
    assert found == [
        f"/enrollments/{learning.enrollment.public_id}/milestones/first",
        "/roadmaps/other/milestones/first",
    ]
