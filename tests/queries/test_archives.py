"""Everything an account holds: nothing forgotten, nothing of other people's, no secret."""

from typing import Any

from sqlalchemy import Enum, String, Table, func, select
from sqlalchemy.orm import Session

from roadmap.domain.archive_learning import Who
from roadmap.domain.archives import AccountArchive, AccountExport
from roadmap.domain.tables import METADATA
from roadmap.domain.users import User
from roadmap.exports.account_archives import write_account_zip
from roadmap.operations.mentorships import set_mentor_note
from roadmap.operations.sign_ins import begin_session
from roadmap.queries.archives import account_export
from tests.cast import NOON, add_user
from tests.filling import fill
from tests.learning import Learning
from tests.mentoring import invite, mentor, mentor_of, review, submit
from tests.outlines import enroll
from tests.zips import texts_in

INCLUDED = {
    "users": "profile",
    "roadmaps": "editions",
    "editions": "editions",
    "areas": "outlines",
    "skills": "outlines",
    "milestones": "outlines",
    "milestone_texts": "outlines",
    "prerequisites": "outlines",
    "pathways": "outlines",
    "pathway_skills": "outlines",
    "enrollments": "enrollments",
    "events": "events",
    "notes": "notes",
    "reasons": "reasons",
    "evidence": "evidence",
    "evidence_revisions": "evidence",
    "submissions": "submissions",
    "submission_evidence": "submissions",
    "reviews": "reviews",
    "mentorships": "mentorships",
    "invitations": "invitations",
    "shares": "shares",
    "feeds": "feeds",
    "issued_reports": "issued",
    "sessions": "sessions",
    "audits": "audits",
    "mails": "mails",
}
LEFT_OUT = {
    "progress": "it is the fold of the events",
    "claims": "half an hour of somebody answering; the review stays",
    "tokens": "links that were mailed; they are secrets and live for hours",
    "attempts": "counted under a hash, for a day",
    "erasures": "it exists only while an account is being deleted",
    "installations": "about the installation",
    "leases": "about the installation",
}
"""A new table must be named here or above; then it is part of the archive, or somebody decided against it."""

SECRETS = {"token_hash", "nonce", "password_hash", "body", "about", "failure"}
INTERNAL = {("roadmaps", "public_id"), ("users", "public_id")}


def export_of(session: Session, person: User) -> AccountExport:
    session.flush()
    return account_export(session, of=person, at=NOON)


def archive_of(session: Session, person: User) -> AccountArchive:
    return export_of(session, person).archive


def whole(session: Session, person: User) -> str:
    return "\n".join(texts_in(write_account_zip(export_of(session, person))).values())


def texts_of(session: Session, table: Table) -> list[tuple[str, Any]]:
    """Every text that a table holds, with its column; of people only Lena's."""
    columns = [c for c in table.c if isinstance(c.type, String) and not isinstance(c.type, Enum)]
    query = select(*columns) if columns else select(table.c[0]).where(table.c[0] != table.c[0])
    rows = session.execute(query.where(table.c.name == "Lena") if table.name == "users" else query)
    return [(column.name, text) for row in rows for column, text in zip(columns, row, strict=True)]


def test_every_table_is_named_as_included_or_left_out() -> None:
    assert set(METADATA.tables) == set(INCLUDED) | set(LEFT_OUT)
    fields = {*AccountArchive.__dataclass_fields__, *AccountExport.__dataclass_fields__}
    assert set(INCLUDED.values()) <= fields


def test_every_text_of_the_included_tables_is_in_the_file(session: Session) -> None:
    found = whole(session, fill(session).lena)
    for name in INCLUDED:
        assert session.scalar(select(func.count()).select_from(METADATA.tables[name])), name
        for column, text in texts_of(session, METADATA.tables[name]):
            if text and column not in SECRETS and (name, column) not in INTERNAL:
                assert text in found, (name, column)


def test_no_hash_and_no_secret_is_in_the_file(session: Session) -> None:
    lena = fill(session).lena
    secret = begin_session(session, by=lena, at=NOON, is_remembered=True)
    found = whole(session, lena)
    assert len(archive_of(session, lena).sessions) == 2
    held = [each for table in METADATA.tables.values() for each in texts_of(session, table)]
    keys = {"token_hash", "password_hash"}
    hashes = [text for column, text in held if column in keys and text not in {None, "!"}]
    assert len(hashes) > 3
    assert not [text for text in hashes if text in found]
    assert secret not in found
    assert "password" not in found.replace("Passwords", "")


def test_nothing_of_other_people_is_in_the_file(session: Session, learning: Learning) -> None:
    otto = add_user(session, "Otto")
    other = Learning(session, otto, enroll(session, otto))
    other.note("first", "Otto's note")
    other.show("first", "Otto's work")
    milo = mentor_of(other)
    review(other, submit(other, comment="Otto's comment"), milo, feedback="For Otto")
    invite(session, otto, "ottos-friend@example.org")
    learning.mark("first")
    assert "Otto" not in whole(session, learning.person)
    assert "friend" not in whole(session, learning.person)


def test_a_mentor_takes_their_answers_and_notes_and_nothing_of_the_learners(
    session: Session, learning: Learning, milo: User
) -> None:
    learning.note("first", "Between me and me")
    learning.show("first", "Her work", text="", url="https://example.org/hers")
    review(learning, submit(learning, comment="Her comment"), milo, feedback="His answer")
    (given,) = archive_of(session, milo).reviews
    assert (given.by, given.feedback, given.submission) == (Who.SELF, "His answer", None)
    found = whole(session, milo)
    assert not [each for each in ("Between", "Her work", "hers", "Her comment") if each in found]


def test_the_mentors_note_belongs_to_the_data_of_both(
    session: Session, learning: Learning, milo: User
) -> None:
    made = mentor(learning, add_user(session, "Mina"))
    mina = session.get_one(User, made.mentor_id)
    set_mentor_note(session, made.public_id, "Asks good questions.", version=0, by=mina)
    for person, role, other in ((learning.person, "learner", "Mina"), (mina, "mentor", "Lena")):
        notes = {(each.role, each.other): each.note for each in archive_of(session, person).mentorships}
        assert notes[role, other] == "Asks good questions."


def test_events_name_what_they_point_to(session: Session, learning: Learning, milo: User) -> None:
    learning.note("first", "Mine")
    learning.show("first")
    review(learning, submit(learning), milo)
    archive = archive_of(session, learning.person)
    by_kind = {str(each.kind): each for each in archive.events}
    assert by_kind["note_set"].note == archive.notes[0].number
    assert by_kind["evidence_set"].evidence == archive.evidence[0].evidence
    assert by_kind["reviewed"].review == archive.reviews[0].review
    assert (by_kind["reviewed"].by, by_kind["edition_set"].edition) == (Who.OTHER, 1)
    assert archive.submissions[0].revisions == (archive.evidence[0].revision,)
