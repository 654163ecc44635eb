"""Prepared statements give, take and raise what SQLAlchemy does, on both databases."""

from tests.racing import locked_by_another  # noqa: F401
