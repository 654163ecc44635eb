"""Words in texts, without regard to case and accents."""

from unicodedata import combining

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.characters import plain
from roadmap.domain.learning.searches import MAX_WORDS, Piece, excerpt, has_all, marked, words_of

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("cafe", "Café"),
        ("CAFÉ", "cafe"),
        ("strasse", "Straße"),
        ("istanbul", "İstanbul"),
        ("ελλας", "ΕΛΛΆΣ"),
        ("نموذج", "نَمُوذَج"),
        ("ﬁle", "a file"),
        ("🎉", "done 🎉"),
        ("100%", "100% sure"),
        ("don't", "don't"),
        ("don't", "don’t"),
        ("don’t", "don't"),
        ('"works', "“Works on my machine”"),
        ("“works", '"Works on my machine"'),
        ("a_b", "a_b"),
    ],
)
def test_case_and_accents_do_not_matter(query: str, text: str) -> None:
    assert has_all(words_of(query), plain(text))


@pytest.mark.parametrize(("query", "text"), [("%", "100"), ("a_b", "acb"), ("don't", "dont"), ("a b", "a c")])
def test_signs_stand_for_themselves_and_all_words_must_be_there(query: str, text: str) -> None:
    assert not has_all(words_of(query), plain(text))


def test_every_combining_mark_is_left_out() -> None:
    assert not [code for code in range(0x110000) if combining(chr(code)) and plain(chr(code))]


def test_a_query_has_ten_words_at_most_each_once() -> None:
    assert words_of("a A b") == ("a", "b")
    assert len(words_of(" ".join(map(str, range(99))))) == MAX_WORDS
    assert words_of("   ") == ()


def test_what_matched_is_marked_where_it_stands_in_the_text() -> None:
    assert marked("Eine Straße", words_of("strass")) == (
        Piece("Eine ", False),
        Piece("Straß", True),
        Piece("e", False),
    )
    assert marked("Café", words_of("cafe")) == (Piece("Café", True),)
    assert marked("Don’t", words_of("don't")) == (Piece("Don’t", True),)


def test_overlapping_words_make_one_mark() -> None:
    assert marked("gradients", words_of("grad gradi")) == (Piece("gradi", True), Piece("ents", False))


@pytest.mark.parametrize(
    ("query", "text"),
    [("learn", "scikit-learn"), ("b", "a_b"), ("学习", "机器学习"), ("%", "100%"), ("c", "c++")],
)
def test_a_word_is_found_at_its_start(query: str, text: str) -> None:
    assert has_all(words_of(query), plain(text))
    assert any(piece.is_hit for piece in marked(text, words_of(query)))


@pytest.mark.parametrize(("query", "text"), [("rag", "storage and average"), ("api", "FastAPI"), ("5", "15")])
def test_a_word_is_not_found_inside_another(query: str, text: str) -> None:
    assert not has_all(words_of(query), plain(text))
    assert marked(text, words_of(query)) == (Piece(text, False),)


@given(WORDS, WORDS)
def test_pieces_joined_are_the_text(query: str, text: str) -> None:
    assert "".join(piece.text for piece in marked(text, words_of(query))) == text


@given(WORDS, WORDS)
def test_a_word_that_is_found_is_marked(query: str, text: str) -> None:
    words = words_of(query)
    if words and has_all(words, "".join(plain(each) for each in text)):
        assert any(piece.is_hit for piece in marked(text, words))


def test_an_excerpt_is_one_line_around_the_first_match() -> None:
    text = "word " * 100 + "\n\nneedle\n" + "more " * 100
    joined = "".join(piece.text for piece in excerpt(text, ("needle",)))
    assert ("needle" in joined, "\n" in joined, len(joined) < 300) == (True, False, True)
    assert (joined[0], joined[-1]) == ("…", "…")


def test_a_short_text_is_not_cut() -> None:
    assert excerpt("All of it", ()) == (Piece("All of it", False),)
