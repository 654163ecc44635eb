"""A small row in every table, for tests of migrations, of triggers and of erasing an account."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment, EnrollmentState, Settings
from roadmap.domain.learning.events import Event, EventKind
from roadmap.domain.learning.evidence import Evidence, EvidenceRevision
from roadmap.domain.learning.progress import Note, Progress, Reason, Status
from roadmap.domain.models import METADATA
from roadmap.domain.roadmaps.editions import Area, MilestoneText, Pathway, PathwaySkill, Prerequisite, Skill
from roadmap.domain.roadmaps.outlines import VerificationMode
from roadmap.domain.roadmaps.pathway_groups import PathwayGroup
from roadmap.domain.roadmaps.roadmaps import Edition, EditionState, Milestone, Roadmap
from tests.support.cast import NOON, add_user
from tests.support.drafts import add_draft
from tests.support.rows.sample_account_rows import fill_accounts
from tests.support.rows.sample_mentoring_rows import fill_mentoring
from tests.support.rows.sample_report_rows import fill_issued_reports
from tests.support.rows.sample_sharing_rows import fill_sharing

TODAY = date(2026, 3, 2)
Row = TypeVar("Row")


@dataclass
class Filled:
    """The rows that tests ask for by name; `draft` is a second edition with one area."""

    lena: User
    published: Edition
    draft: Edition
    milestone: Milestone
    enrollment: Enrollment


def fill(session: Session) -> Filled:
    """Put a row into every table: Lena learns, with one milestone done."""
    lena = add_user(session, "Lena")
    roadmap = _added(session, Roadmap(slug="ml", created_at=NOON, author_id=lena.id))
    milestone = _added(session, Milestone(roadmap_id=roadmap.id, key="first"))
    published = _added(session, _edition(roadmap, 1))
    fill_edition(session, published, milestone)
    published.state, published.published_at = EditionState.PUBLISHED, NOON
    add_draft(session, lena)
    draft = _added(session, _edition(roadmap, 2))
    _added(session, Area(edition_id=draft.id, position=0, key="a", title="A", summary=""))
    enrollment = _fill_enrollment(session, lena, published, milestone)
    fill_accounts(session, lena)
    return Filled(lena, published, draft, milestone, enrollment)


def find_filled(session: Session) -> Filled:
    """The rows of a database that was filled before."""
    editions = select(Edition).join(Roadmap, Roadmap.id == Edition.roadmap_id).order_by(Edition.number)
    published, draft = session.scalars(editions.where(Roadmap.slug == "ml"))
    lena = session.scalars(select(User).where(User.name == "Lena")).one()
    milestones = select(Milestone).where(Milestone.roadmap_id == published.roadmap_id)
    milestone = session.scalars(milestones).one()
    return Filled(lena, published, draft, milestone, session.scalars(select(Enrollment)).one())


def _added(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row


def _edition(roadmap: Roadmap, number: int) -> Edition:
    return Edition(
        roadmap_id=roadmap.id,
        number=number,
        state=EditionState.DRAFT,
        title="ML",
        summary="",
        description="",
        source="",
        content_hash="0" * 64,
    )


def fill_edition(session: Session, edition: Edition, milestone: Milestone) -> None:
    """One area, one skill, one milestone, one prerequisite, one pathway."""
    area = _added(session, Area(edition_id=edition.id, position=0, key="a", title="A", summary=""))
    skill = _added(
        session,
        Skill(
            edition_id=edition.id,
            area_id=area.id,
            position=0,
            key="s",
            title="S",
            summary="",
            source="",
            needs=None,
            optional=False,
        ),
    )
    words = _added(
        session,
        MilestoneText(
            edition_id=edition.id,
            skill_id=skill.id,
            milestone_id=milestone.id,
            position=0,
            title="M",
            summary="",
            done_when=["it is done"],
            hours_low=1,
            hours_high=2,
            verification=VerificationMode.MENTOR,
            optional=False,
            resources=[],
        ),
    )
    _added(session, Prerequisite(text_id=words.id, position=0, skill_id=skill.id))
    pathway = Pathway(
        edition_id=edition.id, position=0, key="p", group=PathwayGroup.ROLE, title="P", summary=""
    )
    _added(session, pathway)
    _added(session, PathwaySkill(pathway_id=pathway.id, skill_id=skill.id, position=0))


def _fill_enrollment(session: Session, user: User, edition: Edition, milestone: Milestone) -> Enrollment:
    enrollment = _added(
        session,
        Enrollment(
            user_id=user.id,
            roadmap_id=edition.roadmap_id,
            edition_id=edition.id,
            started_on=TODAY,
            pathways=["p"],
            weekly_hours=5,
            target_on=None,
            state=EnrollmentState.ACTIVE,
            shows_forecast=True,
        ),
    )
    ids = {"enrollment_id": enrollment.id, "milestone_id": milestone.id}
    note = _added(session, Note(**ids, text="a note"))
    reason = _added(session, Reason(enrollment_id=enrollment.id, text="a reason"))
    evidence = _added(session, Evidence(**ids))
    revision = _added(
        session, EvidenceRevision(evidence_id=evidence.id, title="E", url=None, text="It works.")
    )
    evidence.revision_id = revision.id
    fill_sharing(session, enrollment)
    submission = fill_mentoring(session, user, enrollment, milestone, revision)
    texts = {"note_id": note.id, "reason_id": reason.id}
    _added(session, Progress(**ids, status=Status.DONE, occurred_on=TODAY, **texts))
    pointers = {**texts, "evidence_id": evidence.id, "revision_id": revision.id, "edition_id": edition.id}
    pointers["submission_id"] = submission.id
    for number in (1, 2):
        _added(session, _event(enrollment, user, milestone, number, **pointers))
    fill_issued_reports(session, enrollment, user)
    return enrollment


def _event(enrollment: Enrollment, user: User, milestone: Milestone, number: int, **pointers: int) -> Event:
    return Event(
        enrollment_id=enrollment.id,
        number=number,
        change=number,
        kind=EventKind.PROGRESS_SET,
        actor_id=user.id,
        recorded_at=NOON,
        recorded_on=TODAY,
        milestone_id=milestone.id,
        status=Status.DONE,
        settings=Settings(("p",), 5).as_json(),
        **pointers,
    )


def count_rows(connection: Connection | Session) -> dict[str, int]:
    """How many rows each table of ours has."""
    counts = {name: text(f'SELECT count(*) FROM "{name}"') for name in METADATA.tables}
    return {name: connection.execute(query).scalar_one() for name, query in counts.items()}
