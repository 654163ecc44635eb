"""What follows from the events of an enrollment alone, kept between requests until there are newer ones."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

from sqlalchemy.orm import Session

from roadmap.queries.enrollments import EnrollmentView

KEPT_ENROLLMENTS = 128
Result = TypeVar("Result")


def kept_as_of(
    session: Session, name: str, enrollment: EnrollmentView, make: Callable[[], Result], *more: Hashable
) -> Result:
    """What `make` gives, made once as of the last event that this session sees, and for `more`.

    Rights were asked when the enrollment was found, in this session. One that writes keeps nothing.
    """
    kept: OrderedDict[str, tuple[Hashable, Result]] = session.info.setdefault(name, OrderedDict())
    as_of = (enrollment.last_number, *more)
    found = kept.pop(enrollment.public_id, None)
    if found is None or found[0] != as_of:
        found = (as_of, make())
    kept[enrollment.public_id] = found
    while len(kept) > KEPT_ENROLLMENTS:
        kept.popitem(last=False)
    return found[1]
