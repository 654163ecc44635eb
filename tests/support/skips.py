"""What a test does where something it needs is not on this machine."""

import os
from typing import NoReturn

import pytest


def is_missing(what: str) -> NoReturn:
    """Skip with the reason; where CI is set, fail, so that nothing is left out unnoticed."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}, and CI is set")
    pytest.skip(what)
