"""Evidence: a title with a link or a text, revised and withdrawn."""

import pytest
from sqlalchemy.exc import IntegrityError

from roadmap.domain.errors import Invalid, NotFound, StaleText
from roadmap.domain.learning.evidence import MAX_EVIDENCE, Evidence, EvidenceRevision
from roadmap.operations.learning.evidence import EvidenceDraft
from tests.support.learning import Learning

REVISED = EvidenceDraft("Better", url="https://example.org/b")


def only(learning: Learning) -> Evidence:
    (piece,) = learning.pieces("first")
    return piece


def evidence_texts(learning: Learning) -> tuple[str | None, str | None, str | None]:
    revision = learning.session.get_one(EvidenceRevision, only(learning).revision_id)
    return (revision.title, revision.url, revision.text)


def test_a_link_or_a_text_is_kept(learning: Learning) -> None:
    learning.show("first", " Work ", url=" https://example.org/a ")
    assert evidence_texts(learning) == ("Work", "https://example.org/a", None)


def test_a_text_is_kept_as_typed(learning: Learning) -> None:
    learning.show("first", url="", text="One\r\n**Two** <b>")
    assert evidence_texts(learning) == ("Work", None, "One\n**Two** <b>")


def test_a_link_and_a_text_are_kept_together(learning: Learning) -> None:
    learning.show("first", url="https://example.org/a", text="Start with `main.py`.")
    assert evidence_texts(learning) == ("Work", "https://example.org/a", "Start with `main.py`.")


def test_a_text_keeps_the_indentation_of_its_first_line(learning: Learning) -> None:
    learning.show("first", url="", text="\r\n \r\n    for row in rows:\r\n        use(row)\r\n")
    assert evidence_texts(learning)[2] == "    for row in rows:\n        use(row)"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("github.com/lena/work", "https://github.com/lena/work"),
        ("example.org:8080/a", "https://example.org:8080/a"),
        ("localhost:8000", "https://localhost:8000"),
        ("bücher.example", "https://bücher.example"),
        ("http://example.org", "http://example.org"),
        ("mailto:lena@example.org", "mailto:lena@example.org"),
    ],
)
def test_https_is_added_where_no_scheme_is(learning: Learning, typed: str, kept: str) -> None:
    learning.show("first", url=typed)
    assert evidence_texts(learning)[1] == kept


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("my work", "This isn’t a link"),
        ("ftp://example.org/a", "not ftp:"),
        ("https://example.org/" + "x" * 1981, "The link is too long: 2,001 characters. The limit is 2,000."),
        ("https://example.org/\u202ecod.exe", "change the direction of text"),
    ],
)
def test_a_refused_link_says_why(learning: Learning, url: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        learning.show("first", url=url)
    assert reason in refused.value.errors["url"]


def test_the_database_refuses_evidence_of_a_title_alone(learning: Learning) -> None:
    learning.show("first")
    bare = EvidenceRevision(evidence_id=only(learning).id, title="Work", url=None, text=None)
    with pytest.raises(IntegrityError), learning.session.begin_nested():
        learning.session.add(bare)
        learning.session.flush()


def test_what_does_not_fit_is_refused_by_field(learning: Learning) -> None:
    for draft, field in (
        (EvidenceDraft(" ", url="https://example.org"), "title"),
        (EvidenceDraft("x" * 201, url="https://example.org"), "title"),
        (EvidenceDraft("Work"), "url"),
        (EvidenceDraft("Work", url="javascript:alert(1)"), "url"),
        (EvidenceDraft("Work", url="data:text/html,x"), "url"),
        (EvidenceDraft("\u3164", url="https://example.org"), "title"),
        (EvidenceDraft("Work\u202e", url="https://example.org"), "title"),
        (EvidenceDraft("Work", url="nonsense"), "url"),
        (EvidenceDraft("Work", url="//example.org"), "url"),
        (EvidenceDraft("Work", url="https://\u202eevil"), "url"),
        (EvidenceDraft("Work", url="https://example.org/a\u200bb"), "url"),
        (EvidenceDraft("Work", url="https://example.org/" + "x" * 2000), "url"),
        (EvidenceDraft("Work", text="x" * 20_001), "text"),
    ):
        with pytest.raises(Invalid) as refused:
            learning.show("first", draft.title, draft.url, draft.text)
        assert refused.value.errors.keys() == {field}, draft
        assert learning.pieces("first") == [], draft


def test_a_revision_replaces_what_it_said(learning: Learning) -> None:
    learning.show("first")
    change = learning.revise("first", only(learning), REVISED)
    assert evidence_texts(learning)[0] == "Better"
    learning.undo(change)
    assert evidence_texts(learning)[0] == "Work"


def test_the_same_again_writes_nothing(learning: Learning) -> None:
    learning.show("first")
    draft = EvidenceDraft("Work ", url="https://example.org/a")
    assert learning.revise("first", only(learning), draft) is None


def test_evidence_changed_meanwhile_is_refused_with_both_texts(learning: Learning) -> None:
    learning.show("first")
    seen = only(learning).revision_id or 0
    learning.revise("first", only(learning), REVISED)
    with pytest.raises(StaleText) as stale:
        learning.revise("first", only(learning), EvidenceDraft("Mine", text="Mine"), version=seen)
    assert stale.value.current == "https://example.org/b"


def test_withdrawn_evidence_is_gone_until_undo(learning: Learning) -> None:
    learning.show("first")
    learning.withdraw("first", only(learning))
    with pytest.raises(NotFound):
        learning.withdraw("first", only(learning))
    with pytest.raises(NotFound):
        learning.revise("first", only(learning), REVISED)


def test_evidence_is_found_only_through_its_own_milestone(learning: Learning) -> None:
    learning.show("first")
    with pytest.raises(NotFound):
        learning.withdraw("second", only(learning))


def test_a_milestone_holds_no_more_than_50_pieces(learning: Learning) -> None:
    for _ in range(MAX_EVIDENCE):
        learning.show("first")
    with pytest.raises(Invalid, match="50"):
        learning.show("first")
    learning.withdraw("first", learning.pieces("first")[0])
    assert learning.show("first")
