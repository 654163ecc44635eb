"""What pages say to scripts and tests: the data attributes of the contract."""

import re

_NUMBERS = re.compile(r'data-claimed="(\d*)" data-verified="(\d*)"')
_MARK = re.compile(r'data-milestone="([^"]+)" data-status="([^"]+)" data-verification="([^"]+)"')
_EVENT = re.compile(r'data-event="(\d+)"')


def numbers_in(html: str) -> tuple[str, str]:
    """Claimed and verified as the first element with both says them."""
    found = _NUMBERS.search(html)
    assert found is not None
    return found[1], found[2]


def marks_in(html: str) -> dict[str, tuple[str, str]]:
    """Status and verification of each milestone on the page."""
    return {key: (status, verification) for key, status, verification in _MARK.findall(html)}


def events_in(html: str) -> list[int]:
    """The numbers of the changes on the page, in its order."""
    return [int(number) for number in _EVENT.findall(html)]
