"""What follows from what is on record of an enrollment, kept between requests until there is more."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

from sqlalchemy.orm import Session

from roadmap.queries.enrollments import EnrollmentView

MOST_KEPT = 128
Result = TypeVar("Result")


def kept_as_of(
    session: Session, name: str, enrollment: EnrollmentView, make: Callable[[], Result], *more: Hashable
) -> Result:
    """What `make` gives, made once as of the last event that this session sees, and for `more`.

    Rights were asked when the enrollment was found, in this session. One that writes keeps nothing.
    """
    return kept_while(session, name, enrollment.public_id, (enrollment.last_number, *more), make)


def kept_while(
    session: Session, name: str, of: str, key: object, make: Callable[[], Result], *, most: int = MOST_KEPT
) -> Result:
    """What `make` gives, one for each enrollment's public id, as long as its key is equal."""
    kept: OrderedDict[str, tuple[object, Result]] = session.info.setdefault(name, OrderedDict())
    found = kept.pop(of, None)
    if found is None or found[0] != key:
        found = (key, make())
    kept[of] = found
    while len(kept) > most:
        kept.popitem(last=False)
    return found[1]
