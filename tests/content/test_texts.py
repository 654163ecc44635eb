"""The texts of the built-in roadmap and of the demo are spelled and quoted like the pages around them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from roadmap.bootstrap import BUILT_IN
from roadmap.demo.entries import FOLDER

FILES = [BUILT_IN, *sorted(FOLDER.rglob("*.yaml"))]
BRITISH = re.compile(
    r"\b(un)?(behaviour|centre|colour|defence|distil\b|judgement|labell|licence|modell|neighbour|per cent"
    r"|practis|programme|sceptic|towards|analys(e|ed|ing)\b"
    r"|(author|containe?r|critic|memor|normal|optim|organ|quant|random|recogn|regular|special)is[aei])",
    re.IGNORECASE,
)


def texts_in(value: object) -> Iterator[str]:
    """Yield the texts of a YAML document that people read: those of more than one word, so no keys."""
    if isinstance(value, str) and " " in value:
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_in(each)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_texts_are_in_american_english_with_curly_quotes(file: Path) -> None:
    texts = list(texts_in(yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)))
    assert texts
    assert not [text for text in texts if "'" in text or '"' in text]
    assert not [text for text in texts if BRITISH.search(text)]
