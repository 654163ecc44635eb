"""Kept pages are compressed once, and what differs is put in between."""

import gzip
from collections.abc import Sequence

import pytest

from roadmap.web.compression import join_packed, pack_parts

TOKENS = (b"IjBjZTYyMGZh.awePlA.leIYQV4Q0Evx", b"another-token-of-the-same-length")
NEAR = [b'<meta content="', b'"><input value="', b'"> some text <input value="', b'"> the end "">']
FAR = [NEAR[0], bytes(range(32, 127)) * 400, NEAR[2], NEAR[3]]


def unpacked(packed: Sequence[bytes], parts: Sequence[bytes], token: bytes) -> bytes:
    return gzip.decompress(join_packed(packed, token, token.join(parts)))


@pytest.mark.parametrize("parts", [NEAR, FAR, NEAR[:2], NEAR[:1], ["ÿþ".encode()] * 9, [b""] * 5])
def test_any_token_can_be_put_between_the_parts(parts: list[bytes]) -> None:
    packed = pack_parts(parts, len(TOKENS[0]))
    for token in TOKENS:
        assert unpacked(packed, parts, token) == token.join(parts)


def test_a_token_travels_once_where_its_places_are_near_each_other() -> None:
    assert len(pack_parts(NEAR, len(TOKENS[0]))) == 2
    assert len(pack_parts(FAR, len(TOKENS[0]))) == len(FAR)


def test_tokens_may_be_of_any_length() -> None:
    for length in (1, 2, 3, 91, 400):
        token = b"ab-"[: length % 3] + b"t" * (length - length % 3)
        assert unpacked(pack_parts(NEAR, length), NEAR, token) == token.join(NEAR)
