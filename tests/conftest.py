"""The fixtures of all tests, one file for each kind, and which tests are slow."""

import gc
import os
import sys
from collections.abc import Iterator

import pytest

pytest_plugins = [
    "tests.support.fixtures.postgresql",
    "tests.support.fixtures.files",
    "tests.support.fixtures.database_kinds",
    "tests.support.fixtures.templates",
    "tests.support.fixtures.database_copies",
    "tests.support.fixtures.databases",
    "tests.support.fixtures.backups",
    "tests.support.fixtures.web",
    "tests.support.fixtures.instances",
    "tests.support.fixtures.sites",
    "tests.support.fixtures.browsers",
    "tests.support.fixtures.mails",
    "tests.support.fixtures.learners",
    "tests.support.fixtures.mentors",
    "tests.support.fixtures.libreoffice",
    "tests.support.fixtures.clocks",
]

# Where bytecode is not kept, every worker and every server of a test would compile all sources anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Collecting makes no garbage worth looking for.
gc.disable()

SLOW_FIXTURES = frozenset({"watch", "url", "site", "new_instance", "convert", "demo", "postgresql_address"})
"""Browsers, processes, LibreOffice, filled demos, and PostgreSQL where a test chooses it by itself."""
SLOW_FOLDERS = ("tests/cli/", "tests/migrations/")
"""Installations that commands set up, and databases that are migrated."""


def pytest_configure() -> None:
    """Choose how many examples a property test tries."""
    from hypothesis import settings

    # Without a deadline, because a machine that is busy with other work must not turn a property test red.
    settings.register_profile("tests", deadline=None, max_examples=30, derandomize="CI" in os.environ)
    settings.register_profile("thorough", deadline=None, max_examples=500)
    settings.load_profile(os.environ.get("ROADMAP_TEST_PROFILE", "tests"))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Look for garbage rarely, and not among what stays: else that takes a third of each page's test."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark as slow what starts something heavy, and the second run of each test, on PostgreSQL.

    What is slow by itself begins first, so that no worker ends long after the others.
    """
    for item in items:
        if is_slow(item):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    for item in items:
        callspec = getattr(item, "callspec", None)
        if callspec and callspec.params.get("database_kind") == "postgresql":
            item.add_marker(pytest.mark.slow)
    yield


def is_slow(item: pytest.Item) -> bool:
    """Whether a test starts or sets up something heavy, or tries examples on pages, files or a database."""
    from hypothesis import is_hypothesis_test

    has_slow_fixture = not SLOW_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))
    tries_examples = is_hypothesis_test(getattr(item, "obj", None)) and "tests/domain/" not in item.nodeid
    return has_slow_fixture or tries_examples or item.nodeid.startswith(SLOW_FOLDERS)
