"""A published edition never changes, on either database."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from roadmap.domain.models import METADATA
from roadmap.domain.roadmaps.roadmaps import Edition, EditionState, Milestone, Roadmap
from tests.support.cast import NOON
from tests.support.fixtures.databases import SharedDatabase
from tests.support.rows.sample_rows import Filled, fill_edition

FIXED = ("areas", "skills", "milestone_texts", "prerequisites", "pathways", "pathway_skills")
NOON_SQL = "'2026-03-02 12:00:00'"


def refused(session: Session, statement: str, *, why: str = "published edition") -> None:
    with pytest.raises(IntegrityError, match=why), session.begin_nested():
        session.execute(text(statement))


def copied(table: str) -> str:
    """An INSERT that repeats a row under a new id and position."""
    changes = {"id": "id + 100", "position": "position + 100", "key": "'other'", "skill_id": "skill_id"}
    columns = METADATA.tables[table].columns.keys()
    values = ", ".join(changes.get(each, f'"{each}"') for each in columns)
    names = ", ".join(f'"{each}"' for each in columns)
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}"


@pytest.mark.parametrize("table", FIXED)
def test_no_row_of_a_published_edition_is_updated(filled: Filled, session: Session, table: str) -> None:
    refused(session, f"UPDATE {table} SET position = 7")


@pytest.mark.parametrize("table", FIXED)
def test_no_row_of_a_published_edition_is_deleted(filled: Filled, session: Session, table: str) -> None:
    refused(session, f"DELETE FROM {table}")


@pytest.mark.parametrize("table", FIXED)
def test_no_row_joins_a_published_edition(filled: Filled, session: Session, table: str) -> None:
    refused(session, copied(table))


def test_no_row_moves_from_a_draft_into_a_published_edition(filled: Filled, session: Session) -> None:
    refused(session, f"UPDATE areas SET edition_id = {filled.published.id}, position = 9, key = 'z'")


@pytest.mark.parametrize("table", FIXED)
def test_rows_of_a_draft_are_free(filled: Filled, session: Session, table: str) -> None:
    session.execute(text(f"DELETE FROM areas WHERE edition_id = {filled.draft.id}"))
    fill_edition(session, filled.draft, filled.milestone)
    latest = f"(SELECT max({'pathway_id' if table == 'pathway_skills' else 'id'}) FROM {table})"
    where = f"WHERE {'pathway_id' if table == 'pathway_skills' else 'id'} = {latest}"
    assert session.execute(text(f"UPDATE {table} SET position = 5 {where}")).rowcount == 1
    assert session.execute(text(f"DELETE FROM {table} {where}")).rowcount == 1


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_insert_or_replace_does_not_pass(filled: Filled, session: Session) -> None:
    refused(session, "INSERT OR REPLACE INTO editions SELECT * FROM editions WHERE number = 1")


@pytest.mark.parametrize(
    "column", sorted(set(Edition.__table__.columns.keys()) - {"state", "published_at", "retired_at"})
)
def test_no_text_of_a_published_edition_changes(filled: Filled, session: Session, column: str) -> None:
    refused(session, f"UPDATE editions SET {column} = {column} WHERE number = 1")


@pytest.mark.parametrize(
    ("was", "becomes"), [("published", "draft"), ("retired", "published"), ("draft", "retired")]
)
def test_an_edition_never_goes_back(filled: Filled, session: Session, was: str, becomes: str) -> None:
    number = {"draft": 2}.get(was, 1)
    if was == "retired":
        session.execute(
            text(f"UPDATE editions SET state = 'retired', retired_at = {NOON_SQL} WHERE number = 1")
        )
    retired = "NULL" if becomes != "retired" else NOON_SQL
    refused(
        session,
        f"UPDATE editions SET state = '{becomes}', published_at = {NOON_SQL}, retired_at = {retired}"
        f" WHERE number = {number}",
        why="only goes from draft",
    )


def test_the_day_of_publication_stays(filled: Filled, session: Session) -> None:
    refused(session, "UPDATE editions SET published_at = '2020-01-01' WHERE number = 1", why="only goes")


def test_a_published_edition_can_be_retired(filled: Filled, session: Session) -> None:
    filled.published.state, filled.published.retired_at = EditionState.RETIRED, NOON
    session.flush()
    refused(session, "DELETE FROM editions WHERE number = 1")


def test_a_draft_can_be_changed_and_deleted(filled: Filled, session: Session) -> None:
    filled.draft.title = "Better"
    session.flush()
    session.delete(filled.draft)
    session.flush()
    assert session.scalars(text("SELECT count(*) FROM areas")).one() == 1


def test_a_published_edition_cannot_be_deleted(filled: Filled, session: Session) -> None:
    refused(session, "DELETE FROM editions")


def test_a_milestone_keeps_its_key_and_stays(filled: Filled, session: Session) -> None:
    refused(session, "UPDATE milestones SET key = 'second'", why="keeps its key")
    refused(session, "DELETE FROM milestones", why="keeps its key")


def test_a_roadmap_that_never_published_goes_with_its_milestones(
    database: SharedDatabase, session: Session
) -> None:
    roadmap = Roadmap(slug="idea", created_at=NOON)
    session.add(roadmap)
    session.flush()
    session.add(Milestone(roadmap_id=roadmap.id, key="first"))
    session.flush()
    session.delete(roadmap)
    session.flush()
    assert session.scalars(text("SELECT count(*) FROM milestones")).one() == 0


def test_a_roadmap_that_published_stays(filled: Filled, session: Session) -> None:
    session.execute(text("DELETE FROM editions WHERE state = 'draft'"))
    refused(session, "DELETE FROM roadmaps", why=r"published edition|keeps its key")
