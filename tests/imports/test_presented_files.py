"""Files that somebody presents: whatever they hold, they are looked at quickly and never break anything."""

import json
import re
import time
import zlib
from collections.abc import Callable
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.canonical_json import are_same_values
from roadmap.domain.reports.seals import IssuedAs, Seal
from roadmap.exports.pdf.report_pdf import write_pdf
from roadmap.exports.report_json import write_json
from roadmap.imports.presented_files import MAX_JSON_BYTES, read_presented_file
from tests.support.learning import TODAY
from tests.support.report_records import finished, sealed

CODE = "K7QM20AP9R1D"
LINK = b"https://example.org/verify?id=K7QM-20AP-9R1D"
SEAL = Seal("K7QM-20AP-9R1D", LINK.decode(), TODAY, IssuedAs.LEARNER, "Lena")


@pytest.fixture(scope="module")
def issued() -> bytes:
    return write_json(sealed(finished().report(), SEAL))


def packed(*contents: bytes) -> bytes:
    parts = (b"1 0 obj<<>>stream\r\n" + zlib.compress(each) + b"\nendstream\n" for each in contents)
    return b"%PDF-1.7\n" + b"".join(parts)


def test_a_printed_report_carries_its_identifier() -> None:
    content = write_pdf(sealed(finished().report(), SEAL))
    found = read_presented_file(content)
    assert (found.hash, found.codes, found.values) == (sha256(content).hexdigest(), (CODE,), None)


def test_a_report_that_is_not_frozen_carries_none() -> None:
    report = finished().report()
    assert read_presented_file(write_json(report)).codes == ()
    assert read_presented_file(write_pdf(report)).codes == ()


def same(one: bytes, other: bytes) -> bool:
    return are_same_values(read_presented_file(one).values, read_presented_file(other).values)


def relaid(issued: bytes, write: Callable[[str], str]) -> bytes:
    """The same values with each whole number that has a fraction, such as 7.0, written anew."""
    return re.sub(r"(?<=[:,\[])\d+\.0(?=[,}\]])", lambda match: write(match[0]), issued.decode()).encode()


def test_json_laid_out_in_another_way_has_the_same_values(issued: bytes) -> None:
    other = json.dumps(dict(reversed(json.loads(issued).items())), indent=2).encode("utf-8-sig")
    assert same(issued, other)
    assert same(issued, other.replace(b"\n", b"\r\n"))
    assert same(issued, json.dumps(json.loads(issued)).encode("utf-16"))


@pytest.mark.parametrize(
    "write",
    [
        lambda number: number.removesuffix(".0"),
        lambda number: number + "00",
        lambda number: f"{float(number) * 10:g}E-1",
        lambda number: f"{float(number) / 10!r}e+1",
    ],
)
def test_numbers_written_in_another_way_are_the_same(issued: bytes, write: Callable[[str], str]) -> None:
    other = relaid(issued, write)
    assert other != issued
    assert same(issued, other)


def test_letters_written_as_escapes_are_the_same(issued: bytes) -> None:
    other = (
        issued.replace(b"/", b"\\/").replace(b"K7QM", b"\\u004b7QM").replace(b"verify?id", b"verify\\u003fid")
    )
    found = read_presented_file(other)
    assert (found.codes, same(issued, other)) == ((CODE,), True)


def test_another_value_is_not_the_same(issued: bytes) -> None:
    other = issued.replace(b'"Lena"', b'"Eve"')
    assert read_presented_file(other).codes == (CODE,)
    assert not same(issued, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (b"13.0", b"13.5"),
        (b"0.1", b"0.10000000000000000001"),
        (b"9007199254740992", b"9007199254740993"),
        (b"1", b"true"),
        (b"0", b"false"),
        (b"1", b'"1"'),
        (b"null", b"0"),
        (b'["a"]', b'["a","b"]'),
        (b'{"a":1}', b'{"a":1,"b":null}'),
    ],
)
def test_values_that_differ(one: bytes, other: bytes) -> None:
    assert same(b'{"x":[' + one + b"]}", b'{"x":[' + one + b"]}")
    assert not same(b'{"x":[' + one + b"]}", b'{"x":[' + other + b"]}")


def test_a_name_given_twice_is_another_file(issued: bytes) -> None:
    twice = b'{"person":"Eve",' + issued[1:]
    assert json.loads(twice) == json.loads(issued)
    assert not same(issued, twice)


def test_a_pdf_saved_anew_still_tells_its_identifier() -> None:
    assert read_presented_file(packed(b"fonts", b"/URI (" + LINK + b")")).codes == (CODE,)


ODD: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "half": lambda: write_json(sealed(finished().report(), SEAL))[:-40],
    "deep": lambda: b'{"identifier":"K7QM-20AP-9R1D","a":' + b"[" * 100_000,
    "not a number": lambda: b'{"identifier":"K7QM-20AP-9R1D","a":NaN}',
    "half a pair": lambda: b'{"identifier":"K7QM-20AP-9R1D","a":"\\ud800"}',
    "a huge number": lambda: b'{"identifier":"K7QM-20AP-9R1D","a":' + b"9" * 9_999 + b"}",
    "an infinite one": lambda: b'{"identifier":"K7QM-20AP-9R1D","a":1e999}',
    "a huge power": lambda: b'{"identifier":"K7QM-20AP-9R1D","a":1e' + b"9" * 40 + b"}",
    "no PDF": lambda: b"%PDF-1.7\nstream\n\x78\x9cgarbage" * 50,
    "a bomb": lambda: packed(*[b"\0" * 50_000_000] * 3),
    "streams only": lambda: b"%PDF" + b"stream\n" * 1_400_000,
    "much JSON": lambda: b'{"identifier":"K7QM-20AP-9R1D","a":[' + b"[]," * (MAX_JSON_BYTES // 3) + b"1]}",
    "codes": lambda: b"".join(b"verify?id=K7QM-20AP-9R%02d " % number for number in range(99)),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_files_are_looked_at_in_no_time(name: str) -> None:
    content = ODD[name]()
    begun = time.process_time()
    assert read_presented_file(content).hash == sha256(content).hexdigest()
    assert time.process_time() - begun < 2


@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF", b'{"identifier":"K7QM-20AP-9R1D"']))
def test_random_bytes_are_no_failure(content: bytes, start: bytes) -> None:
    found = read_presented_file(start + content)
    assert found.hash == sha256(start + content).hexdigest()
