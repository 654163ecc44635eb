"""Expected failures: one clear line on standard error and exit code 1, never a traceback."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

# By name, so that a command which never touches the database need not import it.
_EXPECTED = {
    "roadmap.config": ("ConfigProblem",),
    "roadmap.database": ("DatabaseUnavailable",),
    "roadmap.domain.errors": ("Refusal",),
    "roadmap.imports.outline_problems": ("OutlineProblems",),
    "roadmap.mail": ("ServerUnreachable",),
    "roadmap.migrating": ("BrokenReferences",),
    "roadmap.schemas": ("SchemaProblem",),
}


class Misuse(click.ClickException):
    """A value that cannot be meant: one line too, and exit code 2."""

    exit_code = 2


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """Turn what a command may expect to go wrong into a message and exit code 1."""
    try:
        yield
    except Exception as error:
        if not isinstance(error, _expected()):
            raise
        raise click.ClickException(str(error)) from error


def _expected() -> tuple[type[Exception], ...]:
    loaded = [(sys.modules[module], names) for module, names in _EXPECTED.items() if module in sys.modules]
    return tuple(getattr(module, name) for module, names in loaded for name in names)
