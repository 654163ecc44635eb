"""The content hash: the same as when an edition was published, whatever fields the format has by now."""

from dataclasses import replace

import pytest

from roadmap.domain.roadmaps.outline_documents import hash_outline
from roadmap.domain.roadmaps.outlines import (
    Outline,
    ResourceAccess,
    ResourceOutline,
    ResourceType,
)
from roadmap.domain.roadmaps.pathway_groups import DEFAULT_GROUPS
from tests.support.outlines import milestone, outline, sample, skill

DOCS = ResourceOutline("D", "https://example.org", ResourceType.DOCS)
STEP = milestone("step", resources=(DOCS,))
SMALL = outline(skill("core", STEP))


def test_what_was_published_before_keeps_its_hash() -> None:
    # Another value here would publish a new edition to every learner of every installation.
    assert hash_outline(sample()) == "b3c16f7fd59d3014def01f217cbd5f9cee113feaebadc5b6af298cd7d3bb6082"
    assert hash_outline(SMALL) == "d51983b8ecfc5b5f26f7e420e1e3911c3d88678b2d9f33b827e4d19dbd82b932"


@pytest.mark.parametrize(
    "changed",
    [
        outline(skill("core", replace(STEP, topics=("Docker",)))),
        outline(skill("core", replace(STEP, was=("old",)))),
        outline(skill("core", STEP, was=("old",))),
        outline(skill("core", replace(STEP, same_as=("a/b",)))),
        replace(SMALL, language="de"),
        replace(SMALL, groups=DEFAULT_GROUPS),
        outline(skill("core", replace(STEP, resources=(replace(DOCS, access=ResourceAccess.PAID),)))),
        outline(skill("core", replace(STEP, title="Other"))),
    ],
)
def test_a_field_that_is_set_counts(changed: Outline) -> None:
    assert hash_outline(changed) != hash_outline(SMALL)
