"""The fixtures of all tests, one file for each kind, and which tests are slow."""

import os
import sys

import pytest
from hypothesis import settings

pytest_plugins = [
    "tests.support.fixtures.postgresql",
    "tests.support.fixtures.databases",
    "tests.support.fixtures.backups",
    "tests.support.fixtures.web",
    "tests.support.fixtures.instances",
    "tests.support.fixtures.sites",
    "tests.support.fixtures.browsers",
    "tests.support.fixtures.mails",
    "tests.support.fixtures.learners",
    "tests.support.fixtures.mentors",
    "tests.support.fixtures.offices",
    "tests.support.fixtures.clocks",
]

# Where bytecode is not kept, every worker and every server of a test would compile all sources anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A machine that is busy with other work must not turn a property test red.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")

SLOW_FIXTURES = frozenset({"watch", "url", "site", "new_instance", "convert", "demo"})
"""Browsers, processes, LibreOffice and filled demos."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what starts something heavy, and the second run of each test, on PostgreSQL."""
    for item in items:
        if not isinstance(item, pytest.Function):
            continue
        callspec = getattr(item, "callspec", None)
        kind = callspec.params.get("database_kind") if callspec else None
        if kind == "postgresql" or SLOW_FIXTURES.intersection(item.fixturenames):
            item.add_marker(pytest.mark.slow)
