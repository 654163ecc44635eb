"""People who have an account, and the installation they share."""

from datetime import datetime
from types import SimpleNamespace
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, bindparam
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.domain.base import Base, new_public_id

NAME_LENGTH = 100
EMAIL_LENGTH = 254


class User(Base):
    """A person with an account; `email` is stored normalized and lower-case."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), init=False, unique=True, default_factory=new_public_id)
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), unique=True)

    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    password_hash: Mapped[str] = mapped_column(String(256))
    time_zone: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]

    is_admin: Mapped[bool] = mapped_column(default=False)
    letter_keys: Mapped[bool] = mapped_column(default=True)
    wants_digest: Mapped[bool] = mapped_column(default=True)
    digested_at: Mapped[datetime | None] = mapped_column(default=None)
    # Up to this moment, Today has shown what others did.
    news_seen_at: Mapped[datetime | None] = mapped_column(default=None)
    disabled_at: Mapped[datetime | None] = mapped_column(default=None)
    # When the person proved to receive mail at `email`; without mail, addresses are never confirmed.
    email_confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    mentor_approved_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def is_disabled(self) -> bool:
        return self.disabled_at is not None

    @property
    def is_approved_mentor(self) -> bool:
        return self.mentor_approved_at is not None


CURRENT_PERSON = cast("User", SimpleNamespace(id=bindparam("person_id", type_=Integer)))
"""A placeholder for the person in statements that are built once; pass `person_id` when executing them.

Building a statement from a scope takes longer than running it, which matters on frequently opened pages.
"""


class Installation(Base):
    """The single row that records the first account, which becomes administrator."""

    __tablename__ = "installations"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    first_account_at: Mapped[datetime | None] = mapped_column(default=None)


class Erasure(Base):
    """The account being deleted, whose rows the append-only triggers allow to delete."""

    __tablename__ = "erasures"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
