"""The statements that read and count news: one each, over all kinds of record."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, literal, literal_column, select, union_all

from roadmap.domain.accounts.users import CURRENT_PERSON, User
from roadmap.domain.base import UtcDateTime
from roadmap.domain.news.rows import news_rows
from roadmap.domain.news.sources import SOURCES, Span

_NEVER = literal(datetime(1970, 1, 1, tzinfo=UTC), UtcDateTime())
_UNTIL = bindparam("at", type_=UtcDateTime())
# In one row, so that its moments are bound once and not once for each kind of record.
_LOOK = (
    select(func.coalesce(User.news_seen_at, _NEVER).label("since"), _UNTIL.label("until"))
    .where(User.id == CURRENT_PERSON.id)
    .cte("look")
)
_UNSEEN = Span(select(_LOOK.c.since).scalar_subquery(), select(_LOOK.c.until).scalar_subquery())

UNSEEN = news_rows(_UNSEEN)
"""What `person_id` has not seen by `at`."""

BETWEEN = news_rows(Span(bindparam("since", type_=UtcDateTime()), _UNTIL))
"""What happened after `since` until `at` and concerns `person_id`."""

_ONE: ColumnElement[int] = literal_column("1").label("one")
_EACH = [source(CURRENT_PERSON, _UNSEEN).with_only_columns(_ONE) for source in SOURCES]
UNSEEN_COUNT: Any = select(func.count()).select_from(union_all(*_EACH).subquery()).scalar_subquery()
"""How many rows of `UNSEEN` there are, as a part of another statement with the same parameters."""
