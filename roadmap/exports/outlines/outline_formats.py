"""The formats in which a roadmap can be taken along."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass

from roadmap.domain.roadmaps.outlines import Outline
from roadmap.exports.outlines.documents import outline_fields, write_outline
from roadmap.exports.outlines.outline_lists import write_outline_list
from roadmap.exports.outlines.outline_tables import write_outline_csv


@dataclass(frozen=True, slots=True)
class OutlineFormat:
    """A format by its extension; `write` takes an outline and the keys of what somebody has done."""

    extension: str
    media_type: str
    write: Callable[[Outline, Collection[str]], bytes]


def _write_json(outline: Outline, _: Collection[str]) -> bytes:
    return (json.dumps(outline_fields(outline), ensure_ascii=False, indent=2) + "\n").encode()


OUTLINE_FORMATS = {
    form.extension: form
    for form in (
        OutlineFormat("yaml", "application/yaml", lambda outline, _: write_outline(outline)),
        OutlineFormat("json", "application/json", _write_json),
        OutlineFormat("md", "text/markdown", lambda outline, done: write_outline_list(outline, done=done)),
        OutlineFormat("csv", "text/csv", lambda outline, done: write_outline_csv(outline, done=done)),
    )
}
