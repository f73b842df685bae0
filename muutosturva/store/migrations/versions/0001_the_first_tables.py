"""The first tables.

Revision: 0001, the first one.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    for make in _TABLES:
        make()


def downgrade() -> None:
    for make in reversed(_TABLES):
        op.drop_table(make.__name__.removeprefix("_"))


def _columns(kind: Any, *names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=null) for name in names]


def _create_rows(table: str, *items: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        *_columns(sa.Uuid(), "id"),
        *_columns(sa.String(64), "owner_area"),
        *_columns(sa.Integer(), "version"),
        *items,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_owner_area"), table, ["owner_area"])


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=24)


def _area() -> None:
    _create_rows(
        "area",
        *_columns(sa.String(64), "slug"),
        *_columns(sa.String(), "name", "name_sv", "host_municipality", "source"),
        *_columns(sa.String(16), "confidence"),
        _unique("area", "slug"),
    )


def _chain_head() -> None:
    op.create_table(
        "chain_head",
        *_columns(sa.String(64), "owner_area", "hash"),
        *_columns(sa.Integer(), "seq"),
        sa.PrimaryKeyConstraint("owner_area", name=op.f("pk_chain_head")),
    )


def _commuting_cell() -> None:
    _create_rows(
        "commuting_cell",
        *_columns(sa.Integer(), "year", "workers"),
        *_columns(sa.String(), "home", "work", "status", "note"),
        *_columns(sa.Integer(), "printed", null=True),
        _unique("commuting_cell", "year", "home", "work"),
        sa.CheckConstraint("workers >= 0", name=op.f("ck_commuting_cell_workers")),
    )


def _commuting_total() -> None:
    _create_rows(
        "commuting_total",
        *_columns(sa.Integer(), "year", "row_total", "column_total", "workers_out", "workers_in"),
        *_columns(sa.String(), "municipality", "note"),
        _unique("commuting_total", "year", "municipality"),
    )


def _incident() -> None:
    _create_rows(
        "incident",
        *_columns(sa.String(64), "readable_id"),
        *_columns(_enum("kind", "real", "example", "drill"), "kind"),
        *_columns(
            _enum("state", "watch", "active", "winding_down", "dormant", "closed", "reviewed", "cancelled"),
            "state",
        ),
        *_columns(_enum("secrecy", "restricted", "group", "public"), "secrecy"),
        *_columns(sa.String(2), "level"),
        *_columns(
            sa.String(),
            "employer",
            "municipality",
            "sector",
            "playbook_id",
            "playbook_version",
            "playbook_sha256",
            "playbook_text",
        ),
        *_columns(sa.Boolean(), "situation"),
        *_columns(sa.Uuid(), "parent_id", null=True),
        *_columns(sa.JSON(), "inputs", "sites", "languages", "phases"),
        *_columns(sa.Integer(), "law_revision"),
        *_columns(sa.DateTime(timezone=True), "opened_at"),
        *_columns(sa.DateTime(timezone=True), "closed_at", null=True),
        _unique("incident", "readable_id"),
        _refers("incident", "parent_id", "incident.id"),
        sa.CheckConstraint("situation OR playbook_text <> ''", name=op.f("ck_incident_playbook")),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name=op.f("ck_incident_parent")),
    )
    op.create_index(op.f("ix_incident_parent_id"), "incident", ["parent_id"])


def _law_record() -> None:
    _create_rows(
        "law_record",
        *_columns(sa.String(100), "key"),
        *_columns(sa.String(), "value", "unit", "condition", "statute", "source", "note"),
        *_columns(sa.Date(), "valid_from", "valid_to", "checked", null=True),
        *_columns(sa.String(16), "confidence"),
        *_columns(sa.Integer(), "position", "added_in"),
        *_columns(sa.Integer(), "removed_in", null=True),
        sa.CheckConstraint(
            "removed_in IS NULL OR removed_in > added_in", name=op.f("ck_law_record_revisions")
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from",
            name=op.f("ck_law_record_order"),
        ),
    )
    op.create_index(op.f("ix_law_record_key"), "law_record", ["key"])


def _office_date() -> None:
    _create_rows(
        "office_date",
        *_columns(_enum("kind", "closed", "council"), "kind"),
        *_columns(sa.Date(), "day"),
        *_columns(sa.String(), "label"),
        _unique("office_date", "owner_area", "kind", "day"),
    )


def _office_setting() -> None:
    _create_rows(
        "office_setting",
        *_columns(sa.String(100), "key"),
        *_columns(sa.String(), "value"),
        _unique("office_setting", "owner_area", "key"),
    )


def _party() -> None:
    _create_rows(
        "party",
        *_columns(sa.String(64), "slug"),
        *_columns(sa.JSON(), "name", "role"),
        *_columns(sa.String(), "kind", "audience", "source"),
        *_columns(sa.String(16), "confidence"),
        _unique("party", "slug"),
    )


def _roster_person() -> None:
    _create_rows(
        "roster_person",
        *_columns(sa.String(64), "slug"),
        *_columns(sa.String(), "name", "area_slug", "email", "phone"),
        *_columns(sa.JSON(), "title", "roles", "deputy_for", "skills", "languages"),
        *_columns(sa.Boolean(), "active"),
        _unique("roster_person", "name"),
        _unique("roster_person", "slug"),
    )


def _store_info() -> None:
    op.create_table(
        "store_info",
        *_columns(sa.Integer(), "id", "law_revision"),
        *_columns(sa.Uuid(), "store_id"),
        *_columns(_enum("kind", "real", "example", "drill"), "kind"),
        *_columns(sa.String(64), "owner_area"),
        *_columns(sa.DateTime(timezone=True), "created_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_info")),
        sa.CheckConstraint("id = 1", name=op.f("ck_store_info_single")),
    )


def _event() -> None:
    op.create_table(
        "event",
        *_columns(sa.Uuid(), "id"),
        *_columns(sa.String(64), "owner_area", "kind", "payload_hash", "previous_hash", "hash"),
        *_columns(sa.Integer(), "seq"),
        *_columns(sa.Uuid(), "incident_id", null=True),
        *_columns(sa.String(), "actor", "login"),
        *_columns(sa.DateTime(timezone=True), "event_time", "record_time"),
        *_columns(sa.JSON(), "subjects", "fields"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        _unique("event", "hash"),
        _unique("event", "owner_area", "seq"),
        _refers("event", "incident_id", "incident.id"),
    )
    op.create_index(op.f("ix_event_incident_id"), "event", ["incident_id"])
    op.create_index(op.f("ix_event_owner_area"), "event", ["owner_area"])


def _incident_anchor() -> None:
    _create_rows(
        "incident_anchor",
        *_columns(sa.Uuid(), "incident_id"),
        *_columns(sa.String(64), "name", "wave"),
        *_columns(sa.JSON(), "label"),
        *_columns(sa.String(16), "certainty", "origin"),
        *_columns(sa.Date(), "value", "earliest", "latest", null=True),
        *_columns(sa.Time(), "at", null=True),
        *_columns(sa.String(), "source", "expression", "reason_code"),
        *_columns(sa.DateTime(timezone=True), "recorded_at"),
        *_columns(sa.Boolean(), "current"),
        _refers("incident_anchor", "incident_id", "incident.id"),
        sa.CheckConstraint(
            "earliest IS NULL OR latest IS NULL OR earliest <= latest", name=op.f("ck_incident_anchor_range")
        ),
    )
    op.create_index(
        op.f("ix_incident_anchor_current"),
        "incident_anchor",
        ["incident_id", "wave", "name"],
        unique=True,
        sqlite_where=sa.text("current"),
        postgresql_where=sa.text("current"),
    )
    op.create_index(op.f("ix_incident_anchor_incident_id"), "incident_anchor", ["incident_id"])


def _incident_area() -> None:
    _create_rows(
        "incident_area",
        *_columns(sa.Uuid(), "incident_id"),
        *_columns(sa.String(64), "area_slug"),
        *_columns(sa.String(), "name"),
        *_columns(sa.Boolean(), "lead"),
        *_columns(sa.Float(), "share", null=True),
        *_columns(sa.Integer(), "position"),
        _unique("incident_area", "incident_id", "area_slug"),
        _refers("incident_area", "incident_id", "incident.id"),
        sa.CheckConstraint(
            "share IS NULL OR (share >= 0 AND share <= 1)", name=op.f("ck_incident_area_share")
        ),
    )
    op.create_index(op.f("ix_incident_area_incident_id"), "incident_area", ["incident_id"])


def _incident_question() -> None:
    _create_rows(
        "incident_question",
        *_columns(sa.Uuid(), "incident_id"),
        *_columns(sa.String(64), "name"),
        *_columns(sa.JSON(), "label", "options", "decides"),
        *_columns(sa.String(16), "type"),
        *_columns(sa.Boolean(), "answered"),
        *_columns(sa.DateTime(timezone=True), "answered_at", null=True),
        *_columns(sa.Integer(), "position"),
        _unique("incident_question", "incident_id", "name"),
        _refers("incident_question", "incident_id", "incident.id"),
    )
    op.create_index(op.f("ix_incident_question_incident_id"), "incident_question", ["incident_id"])


def _incident_role() -> None:
    _create_rows(
        "incident_role",
        *_columns(sa.Uuid(), "incident_id"),
        *_columns(sa.String(64), "role"),
        *_columns(sa.JSON(), "title", "skills"),
        *_columns(sa.Integer(), "count", "position"),
        *_columns(sa.Boolean(), "deputy"),
        *_columns(sa.String(16), "fill"),
        _unique("incident_role", "incident_id", "role"),
        _refers("incident_role", "incident_id", "incident.id"),
    )
    op.create_index(op.f("ix_incident_role_incident_id"), "incident_role", ["incident_id"])


def _incident_wave() -> None:
    _create_rows(
        "incident_wave",
        *_columns(sa.Uuid(), "incident_id"),
        *_columns(sa.String(64), "wave"),
        *_columns(sa.String(), "label", "site"),
        *_columns(sa.String(16), "measure"),
        *_columns(sa.Integer(), "count", null=True),
        *_columns(sa.Integer(), "position"),
        _unique("incident_wave", "incident_id", "wave"),
        _refers("incident_wave", "incident_id", "incident.id"),
        sa.CheckConstraint("count IS NULL OR count >= 0", name=op.f("ck_incident_wave_count")),
    )
    op.create_index(op.f("ix_incident_wave_incident_id"), "incident_wave", ["incident_id"])


def _municipality() -> None:
    _create_rows(
        "municipality",
        *_columns(sa.String(3), "code"),
        *_columns(sa.String(), "name", "name_sv", "area_slug", "source"),
        *_columns(sa.JSON(), "languages"),
        *_columns(sa.String(16), "confidence"),
        _unique("municipality", "code"),
        _unique("municipality", "name"),
        _refers("municipality", "area_slug", "area.slug"),
        sa.CheckConstraint("length(code) = 3", name=op.f("ck_municipality_code")),
    )
    op.create_index(op.f("ix_municipality_area_slug"), "municipality", ["area_slug"])


def _plan_document() -> None:
    _create_rows(
        "plan_document",
        *_columns(sa.Uuid(), "incident_id"),
        *_columns(sa.String(200), "key"),
        *_columns(sa.String(64), "document", "audience"),
        *_columns(sa.JSON(), "title", "languages", "formats", "depends_on"),
        *_columns(sa.JSON(), "due", null=True),
        *_columns(sa.Date(), "due_on", null=True),
        *_columns(_enum("state", "planned", "done", "withdrawn", "question"), "state"),
        *_columns(sa.Integer(), "position"),
        _unique("plan_document", "incident_id", "key"),
        _refers("plan_document", "incident_id", "incident.id"),
    )
    op.create_index(op.f("ix_plan_document_incident_id"), "plan_document", ["incident_id"])


def _plan_meeting() -> None:
    _create_rows(
        "plan_meeting",
        *_columns(sa.Uuid(), "incident_id"),
        *_columns(sa.String(200), "key"),
        *_columns(sa.JSON(), "title", "starts", "place", "invitees", "depends_on"),
        *_columns(sa.Date(), "starts_on", null=True),
        *_columns(sa.Integer(), "minutes", "position"),
        *_columns(sa.String(64), "owner"),
        *_columns(_enum("state", "planned", "done", "withdrawn", "question"), "state"),
        _unique("plan_meeting", "incident_id", "key"),
        _refers("plan_meeting", "incident_id", "incident.id"),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_plan_meeting_minutes")),
    )
    op.create_index(op.f("ix_plan_meeting_incident_id"), "plan_meeting", ["incident_id"])


def _plan_message() -> None:
    _create_rows(
        "plan_message",
        *_columns(sa.Uuid(), "incident_id"),
        *_columns(sa.String(200), "key"),
        *_columns(sa.JSON(), "title", "languages", "approvers", "depends_on"),
        *_columns(sa.String(64), "audience", "channel", "owner"),
        *_columns(sa.String(), "template", "next_update"),
        *_columns(sa.JSON(), "due", null=True),
        *_columns(sa.Date(), "due_on", null=True),
        *_columns(_enum("state", "planned", "done", "withdrawn", "question"), "state"),
        *_columns(sa.Integer(), "position"),
        _unique("plan_message", "incident_id", "key"),
        _refers("plan_message", "incident_id", "incident.id"),
    )
    op.create_index(op.f("ix_plan_message_incident_id"), "plan_message", ["incident_id"])


def _role_holder() -> None:
    _create_rows(
        "role_holder",
        *_columns(sa.Uuid(), "incident_id", "person_id"),
        *_columns(sa.String(64), "role"),
        *_columns(sa.Boolean(), "deputy"),
        *_columns(sa.DateTime(timezone=True), "assumed_at"),
        *_columns(sa.DateTime(timezone=True), "renounced_at", null=True),
        _refers("role_holder", "incident_id", "incident.id"),
        _refers("role_holder", "person_id", "roster_person.id"),
        sa.CheckConstraint(
            "renounced_at IS NULL OR renounced_at >= assumed_at", name=op.f("ck_role_holder_times")
        ),
    )
    op.create_index(op.f("ix_role_holder_incident_id"), "role_holder", ["incident_id"])
    op.create_index(op.f("ix_role_holder_person_id"), "role_holder", ["person_id"])


def _task() -> None:
    _create_rows(
        "task",
        *_columns(sa.Uuid(), "incident_id"),
        *_columns(sa.String(200), "key"),
        *_columns(sa.String(64), "step", "phase", "role", "area_slug", "wave"),
        *_columns(
            sa.JSON(),
            "item",
            "title",
            "raci",
            "law",
            "needs",
            "depends_on",
            "condition_values",
            "checklist",
            "howto",
            "produces",
            "escalate",
        ),
        *_columns(sa.String(8), "code"),
        *_columns(sa.Uuid(), "assignee_id", null=True),
        *_columns(sa.JSON(), "start", "due", "statutory", null=True),
        *_columns(sa.Date(), "start_on", "due_on", null=True),
        *_columns(sa.Boolean(), "due_by_hand", "unsure"),
        *_columns(sa.String(), "rule", "condition", "finished_by"),
        *_columns(
            _enum("state", "waiting", "ready", "started", "done", "skipped", "withdrawn", "question"), "state"
        ),
        *_columns(_enum("origin", "playbook", "added"), "origin"),
        *_columns(sa.Integer(), "position"),
        *_columns(sa.DateTime(timezone=True), "started_at", "finished_at", null=True),
        _unique("task", "incident_id", "key"),
        _refers("task", "assignee_id", "roster_person.id"),
        _refers("task", "incident_id", "incident.id"),
        sa.CheckConstraint(
            "finished_at IS NULL OR state IN ('done', 'skipped', 'withdrawn')", name=op.f("ck_task_finished")
        ),
    )
    op.create_index(op.f("ix_task_assignee_id"), "task", ["assignee_id"])
    op.create_index(op.f("ix_task_due_on"), "task", ["due_on"])
    op.create_index(op.f("ix_task_incident_id"), "task", ["incident_id"])


def _event_payload() -> None:
    op.create_table(
        "event_payload",
        *_columns(sa.Uuid(), "event_id"),
        *_columns(sa.String(64), "salt"),
        *_columns(sa.JSON(), "payload"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_payload")),
        _refers("event_payload", "event_id", "event.id"),
    )


_TABLES = (
    _area,
    _chain_head,
    _commuting_cell,
    _commuting_total,
    _incident,
    _law_record,
    _office_date,
    _office_setting,
    _party,
    _roster_person,
    _store_info,
    _event,
    _incident_anchor,
    _incident_area,
    _incident_question,
    _incident_role,
    _incident_wave,
    _municipality,
    _plan_document,
    _plan_meeting,
    _plan_message,
    _role_holder,
    _task,
    _event_payload,
)
