"""A private roadmap that only its author followed goes with the account."""

from roadmap.db.triggers import Trigger, create_triggers, drop_triggers

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

FIXED = "a published edition does not change"
ERASED = "EXISTS (SELECT 1 FROM erasures WHERE erasures.user_id = {row}.author_id)"
BEING_ERASED = f"{{row}}.visibility = 'private' AND {ERASED}"
PUBLISHED = "EXISTS (SELECT 1 FROM editions WHERE editions.roadmap_id = OLD.id AND state <> 'draft')"
STAYS = (
    "EXISTS (SELECT 1 FROM roadmaps WHERE roadmaps.id = OLD.roadmap_id"
    f" AND NOT ({BEING_ERASED.format(row='roadmaps')}))"
)
BEFORE = [Trigger("guard_editions_delete", "editions", "DELETE", "OLD.state <> 'draft'", FIXED)]
AFTER = [
    Trigger("guard_editions_delete", "editions", "DELETE", f"OLD.state <> 'draft' AND {STAYS}", FIXED),
    Trigger(
        "guard_roadmaps_delete",
        "roadmaps",
        "DELETE",
        f"{PUBLISHED} AND NOT ({BEING_ERASED.format(row='OLD')})",
        FIXED,
    ),
]


def upgrade() -> None:
    drop_triggers(BEFORE)
    create_triggers(AFTER)


def downgrade() -> None:
    drop_triggers(AFTER)
    create_triggers(BEFORE)
