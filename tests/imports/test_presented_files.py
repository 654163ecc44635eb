"""Files that somebody presents: whatever they hold, they are looked at quickly and never break anything."""

import json
import time
import zlib
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.reports.reports import IssuedAs, Seal
from roadmap.exports.report_json import write_json
from roadmap.exports.report_pdf import write_pdf
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
    assert (found.hashes, found.codes) == ((sha256(content).hexdigest(),), (CODE,))


def test_a_report_that_is_not_frozen_carries_none() -> None:
    report = finished().report()
    assert read_presented_file(write_json(report)).codes == ()
    assert read_presented_file(write_pdf(report)).codes == ()


def test_json_laid_out_in_another_way_has_the_hash_of_its_values(issued: bytes) -> None:
    other = json.dumps(dict(reversed(json.loads(issued).items())), indent=2).encode("utf-8-sig")
    assert sha256(issued).hexdigest() in read_presented_file(other).hashes


def test_another_value_has_another_hash(issued: bytes) -> None:
    found = read_presented_file(issued.replace(b'"Lena"', b'"Eve"'))
    assert found.codes == (CODE,)
    assert sha256(issued).hexdigest() not in found.hashes


def test_a_name_given_twice_is_another_file(issued: bytes) -> None:
    twice = b'{"person":"Eve",' + issued[1:]
    assert json.loads(twice) == json.loads(issued)
    assert sha256(issued).hexdigest() not in read_presented_file(twice).hashes


def test_a_pdf_saved_anew_still_tells_its_identifier() -> None:
    assert read_presented_file(packed(b"fonts", b"/URI (" + LINK + b")")).codes == (CODE,)


ODD = {
    "nothing": b"",
    "half": write_json(sealed(finished().report(), SEAL))[:-40],
    "deep": b'{"identifier":"K7QM-20AP-9R1D","a":' + b"[" * 100_000,
    "not a number": b'{"identifier":"K7QM-20AP-9R1D","a":NaN}',
    "half a pair": b'{"identifier":"K7QM-20AP-9R1D","a":"\\ud800"}',
    "a huge number": b'{"identifier":"K7QM-20AP-9R1D","a":' + b"9" * 9_999 + b"}",
    "an infinite one": b'{"identifier":"K7QM-20AP-9R1D","a":1e999}',
    "no PDF": b"%PDF-1.7\nstream\n\x78\x9cgarbage" * 50,
    "a bomb": packed(*[b"\0" * 50_000_000] * 3),
    "streams only": b"%PDF" + b"stream\n" * 1_400_000,
    "much JSON": b'{"identifier":"K7QM-20AP-9R1D","a":[' + b"[]," * (MAX_JSON_BYTES // 3) + b"1]}",
    "codes": b"".join(b"verify?id=K7QM-20AP-9R%02d " % number for number in range(99)),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_files_are_looked_at_in_no_time(name: str) -> None:
    begun = time.process_time()
    assert len(read_presented_file(ODD[name]).hashes) == 1
    assert time.process_time() - begun < 2


@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF", b'{"identifier":"K7QM-20AP-9R1D"']))
def test_random_bytes_are_no_failure(content: bytes, start: bytes) -> None:
    found = read_presented_file(start + content)
    assert found.hashes[0] == sha256(start + content).hexdigest()
