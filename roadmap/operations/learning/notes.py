"""Write the private note on a milestone."""

from datetime import datetime

from sqlalchemy.orm import Session

from roadmap.cache.states import state_of
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import NOTE_LENGTH, Note
from roadmap.operations.learning.events import record_change
from roadmap.operations.learning.progress import find_milestone
from roadmap.operations.text_rules import check_unchanged, clean_text


def set_note(
    session: Session, enrollment: Enrollment, key: str, text: str, *, version: int, by: User, at: datetime
) -> int | None:
    """Save note on a milestone; an empty text deletes it. Return the number of the change, or None.

    `version` is the id of the note the person saw, 0 for none. Raises StaleText when it was changed since.
    """
    milestone_id = find_milestone(session, enrollment, key)
    text = clean_text(text, field="note", most=NOTE_LENGTH)
    note_id = state_of(session, enrollment, milestone_id).note_id
    present = session.get(Note, note_id) if note_id is not None else None
    current = (present.text or "") if present else ""
    if text == current:
        return None
    check_unchanged(version, present.id if present else 0, what="note", current=current)
    new_id = _add_note(session, enrollment, milestone_id, text)
    event = {"kind": EventKind.NOTE_SET, "milestone_id": milestone_id, "note_id": new_id}
    return record_change(session, enrollment, [event], by=by, at=at)


def _add_note(session: Session, enrollment: Enrollment, milestone_id: int, text: str) -> int | None:
    if not text:
        return None
    note = Note(enrollment_id=enrollment.id, milestone_id=milestone_id, text=text)
    session.add(note)
    session.flush()
    return note.id
