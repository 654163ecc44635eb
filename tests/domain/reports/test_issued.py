"""Identifiers of reports: random, easy to read aloud, and read back however somebody types them."""

import math

import pytest

from roadmap.domain.reports.issued import (
    ALPHABET,
    CODE_LENGTH,
    may_withdraw,
    new_code,
    read_identifier,
    write_identifier,
)
from roadmap.domain.reports.seals import IssuedAs, Seal
from tests.support.learning import TODAY

CODE, WRITTEN = "K7QM20AP9R1D", "K7QM-20AP-9R1D"


def test_an_identifier_has_sixty_bits_and_no_letter_that_looks_like_another() -> None:
    assert CODE_LENGTH * math.log2(len(ALPHABET)) >= 60
    assert set(ALPHABET).isdisjoint("ILOU")
    assert len({new_code() for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "typed",
    [
        WRITTEN,
        CODE,
        WRITTEN.lower(),
        " k7qm 20ap 9r1d\n",
        "K7QM–2OAP—9RID",
        "k7qm-2oap-9rld",
        "K7QM_20AP_9R1D",
        "K7QM‑20AP‑9R1D",
    ],
)
def test_it_is_read_however_it_is_typed(typed: str) -> None:
    assert read_identifier(typed) == CODE


@pytest.mark.parametrize(
    "typed", ["", "K7QM-20AP", f"{WRITTEN}2", "U7QM-20AP-9R1D", "٣" * 12, "K" * 10_000, "K7QM-20AP-9R1\0"]
)
def test_what_is_no_identifier_is_none(typed: str) -> None:
    assert read_identifier(typed) is None


def test_every_identifier_is_read_back() -> None:
    for _ in range(200):
        code = new_code()
        assert read_identifier(write_identifier(code)) == code


def test_the_seal_names_who_issued_it_unless_names_are_left_out() -> None:
    seal = Seal(WRITTEN, "https://example.org", TODAY, IssuedAs.MENTOR, "Milo")
    assert seal.issuer == "Milo, a mentor"
    assert Seal(WRITTEN, "", TODAY, IssuedAs.MENTOR, None).issuer == "a mentor"


def test_the_learner_and_who_issued_it_may_withdraw_it() -> None:
    lena, milo, otto = 1, 2, 3
    found = [may_withdraw(each, learner_id=lena, issuer_id=milo) for each in (lena, milo, otto)]
    assert found == [True, True, False]
