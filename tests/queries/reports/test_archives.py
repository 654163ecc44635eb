"""Everything an account holds: nothing forgotten, nothing of other people's, no secret."""

from typing import Any

import pytest
from sqlalchemy import Column, Enum, String, Table, func, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.visitors import iterate

from roadmap.domain.accounts.audits import Audit, AuditKind
from roadmap.domain.accounts.users import User
from roadmap.domain.mentoring.submissions import NOBODY, Review
from roadmap.domain.models import METADATA
from roadmap.domain.reports.archives import AccountArchive, ExportedTable
from roadmap.exports.account_archives import write_account_zip
from roadmap.operations.accounts.account_deletion import erase
from roadmap.operations.accounts.sign_ins import begin_session
from roadmap.operations.mentoring.mentorships import set_mentor_note
from roadmap.queries.reports.archive_tables import EXPORTED, IN_ROADMAP_FILES, NOT_EXPORTED
from roadmap.queries.reports.archives import account_archive
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import invite, mentor, mentor_of, review, submit
from tests.support.outlines import enroll
from tests.support.rows.sample_rows import Filled
from tests.support.zips import texts_in

INCLUDED = {table.__tablename__ for exported in EXPORTED for table in exported.tables}
INCLUDED |= {table.__tablename__ for table in IN_ROADMAP_FILES}
LEFT_OUT = {table.__tablename__ for table in NOT_EXPORTED}

COLUMNS_LEFT_OUT = {
    "users": {"public_id", "password_hash"},
    "enrollments": {"last_number", "last_recorded_on"},
    "roadmaps": {"created_at", "is_built_in", "visibility", "is_restricted"},
    "drafts": {"outline"},
    "draft_revisions": {"outline"},
    "editions": {"summary", "description", "source", "language", "groups", "published_at", "retired_at"},
    "submission_evidence": {"position"},
    "mentorships": {"note_version"},
    "invitations": {"token_hash"},
    "shares": {"nonce", "token_hash"},
    "feeds": {"nonce", "token_hash"},
    "issued_reports": {"json", "pdf"},
    "sessions": {"token_hash"},
    "mails": {"body", "about", "started_at", "failure"},
}
"""Secrets, counters, and what is in a file of its own. Primary and foreign keys are not listed."""

SECRETS = {"token_hash", "nonce", "password_hash", "body", "about", "failure"}
INTERNAL = {("roadmaps", "public_id"), ("users", "public_id")}
INTERNAL |= {("drafts", "outline"), ("draft_revisions", "outline")}


def archive_of(session: Session, person: User) -> AccountArchive:
    session.flush()
    return account_archive(session, of=person, at=NOON)


def whole(session: Session, person: User) -> str:
    return "\n".join(texts_in(write_account_zip(archive_of(session, person))).values())


def texts_of(session: Session, table: Table) -> list[tuple[str, Any]]:
    """Every text that a table holds, with its column; of people only Lena's."""
    columns = [c for c in table.c if isinstance(c.type, String) and not isinstance(c.type, Enum)]
    query = select(*columns) if columns else select(table.c[0]).where(table.c[0] != table.c[0])
    rows = session.execute(query.where(table.c.name == "Lena") if table.name == "users" else query)
    return [(column.name, text) for row in rows for column, text in zip(columns, row, strict=True)]


def test_every_table_is_exported_or_left_out_with_a_reason() -> None:
    assert set(METADATA.tables) == INCLUDED | LEFT_OUT
    assert not INCLUDED & LEFT_OUT
    assert all(NOT_EXPORTED.values())


def columns_left_out(exported: ExportedTable, table: Table) -> set[str]:
    """The columns of a table that are in no column of its list."""
    statements = (exported.select, *exported.nested.values())
    parts = [part for each in statements for column in each.selected_columns for part in iterate(column)]
    used = {part.name for part in parts if isinstance(part, Column) and part.table.compare(table)}
    own = {column.name for column in table.c if not column.primary_key and not column.foreign_keys}
    return own - used


@pytest.mark.parametrize("exported", EXPORTED, ids=lambda exported: exported.name)
def test_every_column_is_exported_or_left_out(exported: ExportedTable) -> None:
    for mapped in exported.tables:
        table = METADATA.tables[mapped.__tablename__]
        assert columns_left_out(exported, table) == COLUMNS_LEFT_OUT.get(table.name, set())


def test_every_text_of_the_included_tables_is_in_the_file(filled: Filled, session: Session) -> None:
    found = whole(session, filled.lena)
    for name in INCLUDED:
        assert session.scalar(select(func.count()).select_from(METADATA.tables[name])), name
        for column, text in texts_of(session, METADATA.tables[name]):
            if text and column not in SECRETS and (name, column) not in INTERNAL:
                assert text in found, (name, column)


def test_no_hash_and_no_secret_is_in_the_file(filled: Filled, session: Session) -> None:
    lena = filled.lena
    secret = begin_session(session, by=lena, at=NOON, is_remembered=True)
    found = whole(session, lena)
    assert len(archive_of(session, lena).rows("sessions")) == 2
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
    (given,) = archive_of(session, milo).rows("reviews")
    assert (given["by"], given["feedback"], given["submission"]) == ("self", "His answer", None)
    found = whole(session, milo)
    assert not [each for each in ("Between", "Her work", "hers", "Her comment") if each in found]


def test_the_mentors_note_belongs_to_the_data_of_both(
    session: Session, learning: Learning, milo: User
) -> None:
    made = mentor(learning, add_user(session, "Mina"))
    mina = session.get_one(User, made.mentor_id)
    set_mentor_note(session, made.public_id, "Asks good questions.", version=0, by=mina)
    for person, role, other in ((learning.person, "learner", "Mina"), (mina, "mentor", "Lena")):
        mentorships = archive_of(session, person).rows("mentorships")
        notes = {(row["role"], row["other"]): row["note"] for row in mentorships}
        assert notes[role, other] == "Asks good questions."


def test_events_name_what_they_point_to(session: Session, learning: Learning, milo: User) -> None:
    learning.note("first", "Mine")
    learning.show("first")
    review(learning, submit(learning), milo)
    archive = archive_of(session, learning.person)
    by_kind = {str(event["kind"]): event for event in archive.rows("events")}
    (note,), (piece,) = archive.rows("notes"), archive.rows("evidence")
    (handed_in,), (answer,) = archive.rows("submissions"), archive.rows("reviews")
    assert by_kind["note_set"]["note"] == note["number"]
    assert by_kind["evidence_set"]["evidence"] == piece["evidence"]
    assert by_kind["reviewed"]["review"] == answer["review"]
    assert (by_kind["reviewed"]["by"], by_kind["edition_set"]["edition"]) == ("other", 1)
    assert handed_in["revisions"] == [piece["revision"]]


def test_when_a_mentor_last_looked_is_in_their_data_alone(session: Session, learning: Learning) -> None:
    mina = add_user(session, "Mina")
    mentor(learning, mina).seen_at = NOON
    seen = {
        person.name: [row["seen_at"] for row in archive_of(session, person).rows("mentorships")]
        for person in (learning.person, mina)
    }
    assert seen == {"Lena": [None], "Mina": [NOON]}


def test_the_network_address_of_somebody_else_is_not_in_the_file(session: Session) -> None:
    lena, otto = add_user(session, "Lena"), add_user(session, "Otto")
    for address, actor in (("192.0.2.1", lena.id), ("192.0.2.2", None), ("192.0.2.3", otto.id)):
        session.add(
            Audit(at=NOON, kind=AuditKind.SIGN_IN_FAILED, actor_id=actor, subject_id=lena.id, address=address)
        )
    audits = archive_of(session, lena).rows("audits")
    assert [(row["by"], row["address"]) for row in audits] == [
        ("self", "192.0.2.1"),
        (None, "192.0.2.2"),
        ("other", None),
    ]


def test_an_answer_of_a_deleted_account_is_unsigned(session: Session, learning: Learning, milo: User) -> None:
    review(learning, submit(learning), milo)
    session.flush()
    erase(session, milo)
    # As where the account was deleted before deletions took the name out of the rows as well.
    session.execute(update(Review).values(reviewer_name="Milo"))
    (answer,) = archive_of(session, learning.person).rows("reviews")
    assert (answer["by"], answer["reviewer"]) == ("other", NOBODY)
