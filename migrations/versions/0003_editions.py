"""The rows of an edition: areas, skills, milestones and pathways."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "areas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_areas_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_areas")),
        sa.UniqueConstraint("edition_id", "key", name=op.f("uq_areas_edition_id_key")),
        sa.UniqueConstraint("edition_id", "position", name=op.f("uq_areas_edition_id_position")),
    )
    op.create_table(
        "pathways",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column(
            "group",
            sa.Enum("entry", "role", "sector", name="pathwaygroup", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_pathways_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pathways")),
        sa.UniqueConstraint("edition_id", "key", name=op.f("uq_pathways_edition_id_key")),
        sa.UniqueConstraint("edition_id", "position", name=op.f("uq_pathways_edition_id_position")),
    )
    op.create_table(
        "skills",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("needs", sa.Integer(), nullable=True),
        sa.Column("optional", sa.Boolean(), nullable=False),
        sa.CheckConstraint("needs >= 1", name=op.f("ck_skills_needs")),
        sa.ForeignKeyConstraint(
            ["area_id"], ["areas.id"], name=op.f("fk_skills_area_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_skills_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skills")),
        sa.UniqueConstraint("edition_id", "key", name=op.f("uq_skills_edition_id_key")),
        sa.UniqueConstraint("edition_id", "position", name=op.f("uq_skills_edition_id_position")),
    )
    op.create_index(op.f("ix_skills_area_id"), "skills", ["area_id"], unique=False)
    op.create_table(
        "milestone_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("done_when", sa.JSON(), nullable=False),
        sa.Column("hours_low", sa.Double(), nullable=False),
        sa.Column("hours_high", sa.Double(), nullable=False),
        sa.Column(
            "verification",
            sa.Enum("mentor", "self", name="verificationmode", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("optional", sa.Boolean(), nullable=False),
        sa.Column("resources", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "hours_low * 2 = CAST(hours_low * 2 AS INTEGER) "
            "AND hours_high * 2 = CAST(hours_high * 2 AS INTEGER)",
            name=op.f("ck_milestone_texts_half_hours"),
        ),
        sa.CheckConstraint(
            "hours_low >= 0.5 AND hours_low <= hours_high AND hours_high <= 999",
            name=op.f("ck_milestone_texts_hours"),
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_milestone_texts_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestones.id"], name=op.f("fk_milestone_texts_milestone_id")
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skills.id"], name=op.f("fk_milestone_texts_skill_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_texts")),
        sa.UniqueConstraint(
            "edition_id", "milestone_id", name=op.f("uq_milestone_texts_edition_id_milestone_id")
        ),
        sa.UniqueConstraint("edition_id", "position", name=op.f("uq_milestone_texts_edition_id_position")),
    )
    op.create_index(
        op.f("ix_milestone_texts_milestone_id"), "milestone_texts", ["milestone_id"], unique=False
    )
    op.create_index(op.f("ix_milestone_texts_skill_id"), "milestone_texts", ["skill_id"], unique=False)
    op.create_table(
        "pathway_skills",
        sa.Column("pathway_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pathway_id"], ["pathways.id"], name=op.f("fk_pathway_skills_pathway_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skills.id"], name=op.f("fk_pathway_skills_skill_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pathway_id", "skill_id", name=op.f("pk_pathway_skills")),
    )
    op.create_index(op.f("ix_pathway_skills_skill_id"), "pathway_skills", ["skill_id"], unique=False)
    op.create_table(
        "prerequisites",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("skill_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(milestone_id IS NULL) <> (skill_id IS NULL)", name=op.f("ck_prerequisites_one_target")
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestones.id"], name=op.f("fk_prerequisites_milestone_id")
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skills.id"], name=op.f("fk_prerequisites_skill_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["milestone_texts.id"], name=op.f("fk_prerequisites_text_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prerequisites")),
        sa.UniqueConstraint("text_id", "position", name=op.f("uq_prerequisites_text_id_position")),
    )
    op.create_index(op.f("ix_prerequisites_milestone_id"), "prerequisites", ["milestone_id"], unique=False)
    op.create_index(op.f("ix_prerequisites_skill_id"), "prerequisites", ["skill_id"], unique=False)


def downgrade() -> None:
    op.drop_table("prerequisites")
    op.drop_table("pathway_skills")
    op.drop_table("milestone_texts")
    op.drop_table("skills")
    op.drop_table("pathways")
    op.drop_table("areas")
