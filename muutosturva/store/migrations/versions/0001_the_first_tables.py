"""The first tables.

Revision: 0001, the first one.
"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "area",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name_sv", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("host_municipality", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("confidence", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("slug", name=op.f("uq_area_slug")),
    )
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "chain_head",
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.PrimaryKeyConstraint("owner_area", name=op.f("pk_chain_head")),
    )
    op.create_table(
        "commuting_cell",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("home", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("work", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=False),
        sa.Column("printed", sa.Integer(), nullable=True),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("workers >= 0", name=op.f("ck_commuting_cell_workers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commuting_cell")),
        sa.UniqueConstraint("year", "home", "work", name=op.f("uq_commuting_cell_year_home_work")),
    )
    with op.batch_alter_table("commuting_cell", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commuting_cell_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "commuting_total",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("municipality", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("row_total", sa.Integer(), nullable=False),
        sa.Column("column_total", sa.Integer(), nullable=False),
        sa.Column("workers_out", sa.Integer(), nullable=False),
        sa.Column("workers_in", sa.Integer(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commuting_total")),
        sa.UniqueConstraint("year", "municipality", name=op.f("uq_commuting_total_year_municipality")),
    )
    with op.batch_alter_table("commuting_total", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commuting_total_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "incident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("readable_id", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "real", "example", "drill", name="kind", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "watch",
                "active",
                "winding_down",
                "dormant",
                "closed",
                "reviewed",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "secrecy",
            sa.Enum(
                "restricted",
                "group",
                "public",
                name="secrecy",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("level", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("employer", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("municipality", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sector", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("situation", sa.Boolean(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("playbook_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("playbook_version", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("playbook_sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("playbook_text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("sites", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("phases", sa.JSON(), nullable=False),
        sa.Column("law_revision", sa.Integer(), nullable=False),
        sa.Column("opened_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint("situation OR playbook_text <> ''", name=op.f("ck_incident_playbook")),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name=op.f("ck_incident_parent")),
        sa.ForeignKeyConstraint(["parent_id"], ["incident.id"], name=op.f("fk_incident_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("readable_id", name=op.f("uq_incident_readable_id")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_owner_area"), ["owner_area"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "law_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("value", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("condition", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("statute", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("confidence", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("checked", sa.Date(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added_in", sa.Integer(), nullable=False),
        sa.Column("removed_in", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "removed_in IS NULL OR removed_in > added_in", name=op.f("ck_law_record_revisions")
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from",
            name=op.f("ck_law_record_order"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_record")),
    )
    with op.batch_alter_table("law_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_law_record_key"), ["key"], unique=False)
        batch_op.create_index(batch_op.f("ix_law_record_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "office_date",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("closed", "council", name="kind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("label", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_date")),
        sa.UniqueConstraint("owner_area", "kind", "day", name=op.f("uq_office_date_owner_area_kind_day")),
    )
    with op.batch_alter_table("office_date", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_date_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "office_setting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("value", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_setting")),
        sa.UniqueConstraint("owner_area", "key", name=op.f("uq_office_setting_owner_area_key")),
    )
    with op.batch_alter_table("office_setting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_setting_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "party",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("role", sa.JSON(), nullable=False),
        sa.Column("audience", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("confidence", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("slug", name=op.f("uq_party_slug")),
    )
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_party_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "roster_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("area_slug", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("deputy_for", sa.JSON(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("phone", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_person")),
        sa.UniqueConstraint("name", name=op.f("uq_roster_person_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_roster_person_slug")),
    )
    with op.batch_alter_table("roster_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_person_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "store_info",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "real", "example", "drill", name="kind", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("law_revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_store_info_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_info")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("login", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("event_time", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("record_time", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("payload_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("previous_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_event_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_event_hash")),
        sa.UniqueConstraint("owner_area", "seq", name=op.f("uq_event_owner_area_seq")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_incident_id"), ["incident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "incident_anchor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("wave", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("certainty", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("value", sa.Date(), nullable=True),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("origin", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("expression", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("recorded_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "earliest IS NULL OR latest IS NULL OR earliest <= latest", name=op.f("ck_incident_anchor_range")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_incident_anchor_incident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_anchor")),
    )
    with op.batch_alter_table("incident_anchor", schema=None) as batch_op:
        batch_op.create_index(
            "ix_incident_anchor_current",
            ["incident_id", "wave", "name"],
            unique=True,
            sqlite_where=sa.text("current"),
            postgresql_where=sa.text("current"),
        )
        batch_op.create_index(batch_op.f("ix_incident_anchor_incident_id"), ["incident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_anchor_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "incident_area",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("area_slug", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.Column("share", sa.Float(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "share IS NULL OR (share >= 0 AND share <= 1)", name=op.f("ck_incident_area_share")
        ),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_incident_area_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_area")),
        sa.UniqueConstraint("incident_id", "area_slug", name=op.f("uq_incident_area_incident_id_area_slug")),
    )
    with op.batch_alter_table("incident_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_area_incident_id"), ["incident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_area_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "incident_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("type", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("decides", sa.JSON(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_incident_question_incident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_question")),
        sa.UniqueConstraint("incident_id", "name", name=op.f("uq_incident_question_incident_id_name")),
    )
    with op.batch_alter_table("incident_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_question_incident_id"), ["incident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_question_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "incident_role",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("deputy", sa.Boolean(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("fill", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_incident_role_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_role")),
        sa.UniqueConstraint("incident_id", "role", name=op.f("uq_incident_role_incident_id_role")),
    )
    with op.batch_alter_table("incident_role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_role_incident_id"), ["incident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_role_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "incident_wave",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("wave", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("label", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("site", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("measure", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("count IS NULL OR count >= 0", name=op.f("ck_incident_wave_count")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_incident_wave_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_wave")),
        sa.UniqueConstraint("incident_id", "wave", name=op.f("uq_incident_wave_incident_id_wave")),
    )
    with op.batch_alter_table("incident_wave", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_wave_incident_id"), ["incident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_wave_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "municipality",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=3), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name_sv", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("area_slug", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("confidence", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("length(code) = 3", name=op.f("ck_municipality_code")),
        sa.ForeignKeyConstraint(["area_slug"], ["area.slug"], name=op.f("fk_municipality_area_slug")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
        sa.UniqueConstraint("code", name=op.f("uq_municipality_code")),
        sa.UniqueConstraint("name", name=op.f("uq_municipality_name")),
    )
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_municipality_area_slug"), ["area_slug"], unique=False)
        batch_op.create_index(batch_op.f("ix_municipality_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "plan_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("document", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("audience", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("formats", sa.JSON(), nullable=False),
        sa.Column("due", sa.JSON(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "done",
                "withdrawn",
                "question",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("depends_on", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_plan_document_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_document")),
        sa.UniqueConstraint("incident_id", "key", name=op.f("uq_plan_document_incident_id_key")),
    )
    with op.batch_alter_table("plan_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_document_incident_id"), ["incident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_document_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "plan_meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("starts", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("invitees", sa.JSON(), nullable=False),
        sa.Column("owner", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "done",
                "withdrawn",
                "question",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("depends_on", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_plan_meeting_minutes")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_plan_meeting_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_meeting")),
        sa.UniqueConstraint("incident_id", "key", name=op.f("uq_plan_meeting_incident_id_key")),
    )
    with op.batch_alter_table("plan_meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_meeting_incident_id"), ["incident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_meeting_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "plan_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("audience", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("owner", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("approvers", sa.JSON(), nullable=False),
        sa.Column("template", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due", sa.JSON(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("next_update", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "done",
                "withdrawn",
                "question",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("depends_on", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_plan_message_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_message")),
        sa.UniqueConstraint("incident_id", "key", name=op.f("uq_plan_message_incident_id_key")),
    )
    with op.batch_alter_table("plan_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_message_incident_id"), ["incident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_message_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "role_holder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("deputy", sa.Boolean(), nullable=False),
        sa.Column("assumed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("renounced_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "renounced_at IS NULL OR renounced_at >= assumed_at", name=op.f("ck_role_holder_times")
        ),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_role_holder_incident_id")),
        sa.ForeignKeyConstraint(["person_id"], ["roster_person.id"], name=op.f("fk_role_holder_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_holder")),
    )
    with op.batch_alter_table("role_holder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_holder_incident_id"), ["incident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_holder_owner_area"), ["owner_area"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_holder_person_id"), ["person_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_area", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("step", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("item", sa.JSON(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("phase", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("raci", sa.JSON(), nullable=False),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("start", sa.JSON(), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("due", sa.JSON(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_by_hand", sa.Boolean(), nullable=False),
        sa.Column("statutory", sa.JSON(), nullable=True),
        sa.Column("rule", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("law", sa.JSON(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "ready",
                "started",
                "done",
                "skipped",
                "withdrawn",
                "question",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("depends_on", sa.JSON(), nullable=False),
        sa.Column("condition", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("condition_values", sa.JSON(), nullable=False),
        sa.Column("area_slug", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("wave", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("checklist", sa.JSON(), nullable=False),
        sa.Column("howto", sa.JSON(), nullable=False),
        sa.Column("produces", sa.JSON(), nullable=False),
        sa.Column("escalate", sa.JSON(), nullable=False),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum("playbook", "added", name="origin", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("started_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("finished_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("finished_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(
            "finished_at IS NULL OR state IN ('done', 'skipped', 'withdrawn')", name=op.f("ck_task_finished")
        ),
        sa.ForeignKeyConstraint(["assignee_id"], ["roster_person.id"], name=op.f("fk_task_assignee_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_task_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("incident_id", "key", name=op.f("uq_task_incident_id_key")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_assignee_id"), ["assignee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_incident_id"), ["incident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_owner_area"), ["owner_area"], unique=False)

    op.create_table(
        "event_payload",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_payload_event_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_payload")),
    )


def downgrade() -> None:
    op.drop_table("event_payload")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_owner_area"))
        batch_op.drop_index(batch_op.f("ix_task_incident_id"))
        batch_op.drop_index(batch_op.f("ix_task_due_on"))
        batch_op.drop_index(batch_op.f("ix_task_assignee_id"))

    op.drop_table("task")
    with op.batch_alter_table("role_holder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_holder_person_id"))
        batch_op.drop_index(batch_op.f("ix_role_holder_owner_area"))
        batch_op.drop_index(batch_op.f("ix_role_holder_incident_id"))

    op.drop_table("role_holder")
    with op.batch_alter_table("plan_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_message_owner_area"))
        batch_op.drop_index(batch_op.f("ix_plan_message_incident_id"))

    op.drop_table("plan_message")
    with op.batch_alter_table("plan_meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_meeting_owner_area"))
        batch_op.drop_index(batch_op.f("ix_plan_meeting_incident_id"))

    op.drop_table("plan_meeting")
    with op.batch_alter_table("plan_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_document_owner_area"))
        batch_op.drop_index(batch_op.f("ix_plan_document_incident_id"))

    op.drop_table("plan_document")
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_municipality_owner_area"))
        batch_op.drop_index(batch_op.f("ix_municipality_area_slug"))

    op.drop_table("municipality")
    with op.batch_alter_table("incident_wave", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_wave_owner_area"))
        batch_op.drop_index(batch_op.f("ix_incident_wave_incident_id"))

    op.drop_table("incident_wave")
    with op.batch_alter_table("incident_role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_role_owner_area"))
        batch_op.drop_index(batch_op.f("ix_incident_role_incident_id"))

    op.drop_table("incident_role")
    with op.batch_alter_table("incident_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_question_owner_area"))
        batch_op.drop_index(batch_op.f("ix_incident_question_incident_id"))

    op.drop_table("incident_question")
    with op.batch_alter_table("incident_area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_area_owner_area"))
        batch_op.drop_index(batch_op.f("ix_incident_area_incident_id"))

    op.drop_table("incident_area")
    with op.batch_alter_table("incident_anchor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_anchor_owner_area"))
        batch_op.drop_index(batch_op.f("ix_incident_anchor_incident_id"))
        batch_op.drop_index(
            "ix_incident_anchor_current", sqlite_where=sa.text("current"), postgresql_where=sa.text("current")
        )

    op.drop_table("incident_anchor")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_owner_area"))
        batch_op.drop_index(batch_op.f("ix_event_incident_id"))

    op.drop_table("event")
    op.drop_table("store_info")
    with op.batch_alter_table("roster_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roster_person_owner_area"))

    op.drop_table("roster_person")
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_owner_area"))

    op.drop_table("party")
    with op.batch_alter_table("office_setting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_office_setting_owner_area"))

    op.drop_table("office_setting")
    with op.batch_alter_table("office_date", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_office_date_owner_area"))

    op.drop_table("office_date")
    with op.batch_alter_table("law_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_law_record_owner_area"))
        batch_op.drop_index(batch_op.f("ix_law_record_key"))

    op.drop_table("law_record")
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_parent_id"))
        batch_op.drop_index(batch_op.f("ix_incident_owner_area"))

    op.drop_table("incident")
    with op.batch_alter_table("commuting_total", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commuting_total_owner_area"))

    op.drop_table("commuting_total")
    with op.batch_alter_table("commuting_cell", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commuting_cell_owner_area"))

    op.drop_table("commuting_cell")
    op.drop_table("chain_head")
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_owner_area"))

    op.drop_table("area")
