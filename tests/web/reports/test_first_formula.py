"""A report that was frozen before the formula changed keeps its numbers, its sentence and its hash."""

from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from roadmap.domain.reports.issued import ReportFiles, read_identifier
from tests.support.frozen_reports import drafted
from tests.support.learning import Learner
from tests.support.pages.data_attributes import numbers_in

FILE = Path(__file__).parents[2] / "exports" / "frozen-report.json"
IDENTIFIER = "K7QM-20AP-9R1D"


@pytest.fixture
def earlier(learner: Learner) -> bytes:
    """The file that Lena froze under the first formula."""
    content, pdf = FILE.read_bytes(), b"%PDF earlier"
    freezing = drafted(learner, learner.person, learner.at)
    freezing.draft = replace(freezing.draft, code=read_identifier(IDENTIFIER))
    freezing.files = ReportFiles(content, sha256(content).hexdigest(), pdf, sha256(pdf).hexdigest())
    freezing.issue(learner.session, learner.person)
    learner.session.commit()
    return content


def test_its_page_has_its_own_numbers_and_computation(learner: Learner, earlier: bytes) -> None:
    page = learner.browser.get(f"/reports/{IDENTIFIER}")
    assert page.status_code == 200
    assert numbers_in(page.text) == ("47", "26")
    assert "1 reviewed, 1 not reviewed" in page.text
    assert "verified what of it was reviewed or needs no review" in page.text
    assert "someone else reviewed" not in page.text


def test_it_is_verified_as_unchanged(learner: Learner, earlier: bytes) -> None:
    for content, finding in (
        (earlier, "unchanged"),
        (earlier.replace(b'"percent":26', b'"percent":47'), "changed"),
    ):
        answer = learner.browser.client.post(
            "/verify",
            data={"csrf_token": learner.browser.token(), "file": (BytesIO(content), "report.json")},
        )
        assert f'data-finding="{finding}"' in answer.text
