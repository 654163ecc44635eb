"""Evidence through its forms: add, change, withdraw, conflicts, and what was typed."""

import pytest

from tests.support.learning import Learner

PAGE = "/milestones/first"
EVIDENCE = "/milestones/first/evidence"
LINK = {"title": "Work", "url": "https://example.org/a?b=1&c=2", "text": ""}


def added(learner: Learner) -> str:
    """Add a link; the path of the piece."""
    learner.post(EVIDENCE, **LINK)
    return f"{EVIDENCE}/{learner.pieces('first')[0].public_id}"


def version(learner: Learner) -> str:
    return str(learner.pieces("first")[0].revision_id)


def test_a_link_is_on_the_page_as_a_link(learner: Learner) -> None:
    answer = learner.post(EVIDENCE, **LINK)
    assert (answer.status_code, answer.location) == (303, f"{learner.base}{PAGE}#evidence")
    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="noreferrer nofollow">Work</a>' in learner.page(
        PAGE
    )


def test_a_text_is_rendered_without_its_markup_doing_harm(learner: Learner) -> None:
    text = "**Done** <script>alert(1)</script> [x](javascript:alert(1))"
    learner.post(EVIDENCE, title="<i>Work</i>", text=text)
    page = learner.page(PAGE)
    assert "<strong>Done</strong>" in page
    assert "&lt;i&gt;Work&lt;/i&gt;" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_what_does_not_fit_is_422_beside_its_field(learner: Learner) -> None:
    for fields, error in (
        ({"title": "", "text": "Words"}, "title-new-error"),
        ({"title": "Work"}, "url-new-error"),
        ({"title": "Work", "url": "javascript:alert(1)"}, "url-new-error"),
        ({"title": "Work", "url": "//example.org"}, "url-new-error"),
        ({"title": "Work", "text": "x" * 20_001}, "text-new-error"),
    ):
        answer = learner.post(EVIDENCE, **fields)
        assert (answer.status_code, f'id="{error}"' in answer.text) == (422, True), fields
        assert all(value in answer.text for value in fields.values()), fields
        assert learner.pieces("first") == [], fields


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("https://example.org/" + "a" * 2_311, "The link is too long: 2,331 characters. The limit is 2,000."),
        ("no link at all", "This isn’t a link. Enter an address such as https://example.org/my-work."),
    ],
)
def test_a_link_that_is_too_long_and_one_that_is_none_have_their_own_sentences(
    learner: Learner, url: str, sentence: str
) -> None:
    answer = learner.post(EVIDENCE, title="Work", url=url)
    assert (answer.status_code, f'id="url-new-error">{sentence}' in answer.text) == (422, True)
    assert f'value="{url}"' in answer.text


def test_a_piece_is_changed(learner: Learner) -> None:
    path = added(learner)
    answer = learner.post(path, title="Better", text="Words", version=version(learner))
    assert answer.status_code == 303
    assert "<strong>Better</strong>" in learner.page(PAGE)


def test_a_piece_changed_meanwhile_is_409_with_both_texts(learner: Learner) -> None:
    path, seen = added(learner), version(learner)
    learner.post(path, title="Theirs", text="Their words", version=seen)
    answer = learner.post(path, title="Mine", text="My words", version=seen)
    assert answer.status_code == 409
    assert "Their words</pre>" in answer.text
    assert "My words</textarea>" in answer.text
    assert f'name="version" value="{version(learner)}"' in answer.text


def test_a_refused_change_stays_in_the_form_of_its_piece(learner: Learner) -> None:
    path = added(learner)
    answer = learner.post(path, title="Work", url="nonsense", version=version(learner))
    own = path.rpartition("/")[2]
    assert (answer.status_code, f'id="url-{own}-error"' in answer.text) == (422, True)
    assert 'id="url-new-error"' not in answer.text


def test_a_piece_is_withdrawn_and_comes_back_with_undo(learner: Learner) -> None:
    path = added(learner)
    assert learner.post(f"{path}/withdrawal").status_code == 303
    assert LINK["title"] + "</a>" not in learner.page(PAGE)
    learner.post("/history/5/undo")
    assert LINK["title"] + "</a>" in learner.page(PAGE)


def test_a_piece_that_is_not_there_or_withdrawn_is_404(learner: Learner) -> None:
    path = added(learner)
    learner.post(f"{path}/withdrawal")
    for gone in (path, f"{path}/withdrawal", f"{EVIDENCE}/nothing", f"{EVIDENCE}/nothing/withdrawal"):
        assert learner.post(gone, **LINK, version="1").status_code == 404


def test_a_piece_of_another_milestone_is_404(learner: Learner) -> None:
    other = added(learner).replace("/first/", "/second/")
    assert learner.post(f"{other}/withdrawal").status_code == 404
    assert learner.pieces("first")[0].revision_id is not None


def test_a_version_that_is_no_number_is_422_and_says_so(learner: Learner) -> None:
    answer = learner.post(added(learner), **LINK, version="x")
    assert (answer.status_code, "version isn’t a number" in answer.text) == (422, True)
