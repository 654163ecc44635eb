"""Guards: published editions stand, milestones stand, what is recorded stays recorded."""

from roadmap.db.triggers import Trigger, create_triggers, drop_triggers

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

FIXED = "a published edition does not change"
ONWARD = "an edition only goes from draft to published and from there to retired"
IDENTITY = "a milestone keeps its key and stays as long as its roadmap"
RECORDED = "what is recorded stays as it is"
OWNED = "only an erasure of its owner deletes this"

# A row that goes by cascade finds its parent already gone; the guard of the parent has decided then.
OF_FIXED_EDITION = "EXISTS (SELECT 1 FROM editions WHERE id = {row}.edition_id AND state <> 'draft')"
OF_FIXED_TEXT = (
    "EXISTS (SELECT 1 FROM milestone_texts JOIN editions ON editions.id = milestone_texts.edition_id "
    "WHERE milestone_texts.id = {row}.text_id AND state <> 'draft')"
)
OF_FIXED_PATHWAY = (
    "EXISTS (SELECT 1 FROM pathways JOIN editions ON editions.id = pathways.edition_id "
    "WHERE pathways.id = {row}.pathway_id AND state <> 'draft')"
)
NOT_BEING_ERASED = "NOT EXISTS (SELECT 1 FROM erasures WHERE erasures.user_id = users.id)"


def _rows_of_an_edition(table: str, is_fixed: str) -> list[Trigger]:
    old, new = is_fixed.format(row="OLD"), is_fixed.format(row="NEW")
    conditions = {"insert": new, "update": f"{old} OR {new}", "delete": old}
    return [
        Trigger(f"guard_{table}_{event}", table, event.upper(), when, FIXED)
        for event, when in conditions.items()
    ]


def _append_only(table: str, columns: str, people: tuple[str, ...]) -> list[Trigger]:
    def person(column: str) -> Trigger:
        stays = f"EXISTS (SELECT 1 FROM users WHERE users.id = OLD.{column} AND {NOT_BEING_ERASED})"
        when = f"NEW.{column} IS NOT NULL OR {stays}"
        return Trigger(f"guard_{table}_{column}", table, "UPDATE", when, RECORDED, (column,))

    facts = Trigger(f"guard_{table}_update", table, "UPDATE", "TRUE", RECORDED, tuple(columns.split()))
    return [facts, *map(person, people)]


TRIGGERS = [
    *(
        guard
        for table in ("areas", "skills", "milestone_texts", "pathways")
        for guard in _rows_of_an_edition(table, OF_FIXED_EDITION)
    ),
    *_rows_of_an_edition("prerequisites", OF_FIXED_TEXT),
    *_rows_of_an_edition("pathway_skills", OF_FIXED_PATHWAY),
    Trigger(
        "guard_editions_update",
        "editions",
        "UPDATE",
        "OLD.state <> 'draft'",
        FIXED,
        ("id", "roadmap_id", "number", "title", "summary", "description", "source", "content_hash"),
    ),
    Trigger(
        "guard_editions_state",
        "editions",
        "UPDATE",
        "NOT (OLD.state = 'draft' AND NEW.state IN ('draft', 'published')"
        " OR OLD.state = 'published' AND NEW.state IN ('published', 'retired')"
        " AND NEW.published_at = OLD.published_at"
        " OR OLD.state = 'retired' AND NEW.state = 'retired'"
        " AND NEW.published_at = OLD.published_at AND NEW.retired_at = OLD.retired_at)",
        ONWARD,
        ("state", "published_at", "retired_at"),
    ),
    Trigger("guard_editions_delete", "editions", "DELETE", "OLD.state <> 'draft'", FIXED),
    Trigger("guard_milestones_update", "milestones", "UPDATE", "TRUE", IDENTITY),
    Trigger(
        "guard_milestones_delete",
        "milestones",
        "DELETE",
        "EXISTS (SELECT 1 FROM roadmaps WHERE id = OLD.roadmap_id)",
        IDENTITY,
    ),
    *_append_only(
        "events",
        "enrollment_id number change kind recorded_at recorded_on undoes occurred_on milestone_id status"
        " known reason_id revisit_on note_id evidence_id revision_id edition_id settings"
        " verification submission_id review_id",
        ("actor_id",),
    ),
    Trigger(
        "guard_events_delete",
        "events",
        "DELETE",
        "EXISTS (SELECT 1 FROM enrollments JOIN users ON users.id = enrollments.user_id"
        f" WHERE enrollments.id = OLD.enrollment_id AND {NOT_BEING_ERASED})",
        OWNED,
    ),
    *_append_only(
        "reviews",
        "id public_id submission_id outcome criteria reviewed_at replaces_id reason",
        ("reviewer_id",),
    ),
    *_append_only("audits", "id at kind address", ("actor_id", "subject_id")),
    Trigger("guard_audits_delete", "audits", "DELETE", "TRUE", RECORDED),
    Trigger("guard_enrollments_update", "enrollments", "UPDATE", "TRUE", OWNED, ("id", "user_id")),
    Trigger(
        "guard_enrollments_delete",
        "enrollments",
        "DELETE",
        f"EXISTS (SELECT 1 FROM users WHERE users.id = OLD.user_id AND {NOT_BEING_ERASED})",
        OWNED,
    ),
    Trigger(
        "guard_users_delete",
        "users",
        "DELETE",
        "NOT EXISTS (SELECT 1 FROM erasures WHERE erasures.user_id = OLD.id)",
        "an account is deleted only through its erasure",
    ),
]


def upgrade() -> None:
    create_triggers(TRIGGERS)


def downgrade() -> None:
    drop_triggers(reversed(TRIGGERS))
