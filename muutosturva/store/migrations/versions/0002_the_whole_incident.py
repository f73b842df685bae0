"""Numbers with history, access, links, records, evidence, absences, shared tasks and undo.

Revision: 0002, after 0001.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_STATES = ("waiting", "ready", "started", "done", "skipped", "withdrawn", "question")


def upgrade() -> None:
    _widen_incident()
    _widen_task()
    _widen_meeting()
    for make in _TABLES:
        make()


def downgrade() -> None:
    for make in reversed(_TABLES):
        op.drop_table(make.__name__.removeprefix("_"))
    _narrow_meeting()
    _narrow_task()
    _narrow_incident()


def _columns(kind: Any, *names: str, null: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=null) for name in names]


def _moments(*names: str, null: bool = False) -> list[sa.Column[Any]]:
    return _columns(sa.DateTime(timezone=True), *names, null=null)


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


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _present(table: str, name: str, where: str, *columns: str) -> None:
    """Make the index that lets one row of each key be the present one."""
    op.create_index(
        op.f(f"ix_{table}_{name}"),
        table,
        list(columns),
        unique=True,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=24)


@contextmanager
def _changing(table: str) -> Iterator[Any]:
    """Yield the table's alterations; SQLite makes the table anew for them."""
    how: Literal["always", "never"] = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table(table, recreate=how) as batch:
        yield batch


def _widen_incident() -> None:
    with _changing("incident") as batch:
        batch.add_column(sa.Column("level_override", sa.String(2), nullable=False, server_default=""))
        batch.add_column(sa.Column("duplicate_of_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("rests", sa.JSON(), nullable=False, server_default="[]"))
        batch.create_foreign_key(
            op.f("fk_incident_duplicate_of_id"), "incident", ["duplicate_of_id"], ["id"]
        )
    _index("incident", "duplicate_of_id")


def _narrow_incident() -> None:
    op.drop_index(op.f("ix_incident_duplicate_of_id"), "incident")
    with _changing("incident") as batch:
        batch.drop_constraint(op.f("fk_incident_duplicate_of_id"), type_="foreignkey")
        for column in ("level_override", "duplicate_of_id", "published_at", "rests"):
            batch.drop_column(column)


def _widen_task() -> None:
    with _changing("task") as batch:
        batch.add_column(sa.Column("rank", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("label", sa.String(40), nullable=False, server_default=""))
        batch.add_column(sa.Column("state_reason", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("join", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("asks", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("answer", sa.JSON(), nullable=True))
        _restate(batch, *_STATES, "offered")
    op.create_index(op.f("ix_task_worklist"), "task", ["state", "due_on", "incident_id", "position", "role", "assignee_id"])


def _narrow_task() -> None:
    op.execute("UPDATE task SET state = 'withdrawn' WHERE state = 'offered'")
    op.drop_index(op.f("ix_task_worklist"), "task")
    with _changing("task") as batch:
        for column in ("rank", "label", "state_reason", "join", "asks", "answer"):
            batch.drop_column(column)
        _restate(batch, *_STATES)


def _widen_meeting() -> None:
    with _changing("plan_meeting") as batch:
        batch.add_column(sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false()))


def _narrow_meeting() -> None:
    with _changing("plan_meeting") as batch:
        batch.drop_column("shared")


def _restate(batch: Any, *states: str) -> None:
    listed = ", ".join(f"'{state}'" for state in states)
    batch.drop_constraint(op.f("ck_task_state"), type_="check")
    batch.create_check_constraint(op.f("ck_task_state"), sa.text(f"state IN ({listed})"))


def _incident_figure() -> None:
    table = "incident_figure"
    _create_rows(
        table,
        *_columns(sa.Uuid(), "incident_id"),
        *_columns(_enum("stage", "announced", "planned", "decided"), "stage"),
        *_columns(_enum("measure", "dismissal", "layoff", "part_time", "affected"), "measure"),
        *_columns(sa.String(64), "site"),
        *_columns(sa.Integer(), "low", "high", null=True),
        *_columns(sa.String(), "source"),
        *_moments("event_time", "recorded_at"),
        *_columns(sa.Boolean(), "current"),
        _refers(table, "incident_id", "incident.id"),
        sa.CheckConstraint("(low IS NULL) = (high IS NULL)", name=op.f("ck_incident_figure_bounds")),
        sa.CheckConstraint(
            "low IS NULL OR (low >= 0 AND low <= high)", name=op.f("ck_incident_figure_range")
        ),
    )
    _index(table, "incident_id")
    _present(table, "current", "current", "incident_id", "stage", "measure", "site")


def _incident_access() -> None:
    table = "incident_access"
    _create_rows(
        table,
        *_columns(sa.Uuid(), "incident_id"),
        *_columns(sa.String(), "name", "reason", "granted_by"),
        *_moments("granted_at", "recorded_at"),
        *_moments("ended_at", null=True),
        _refers(table, "incident_id", "incident.id"),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= granted_at", name=op.f("ck_incident_access_times")
        ),
    )
    _index(table, "incident_id")
    _present(table, "present", "ended_at IS NULL", "incident_id", "name")


def _incident_link() -> None:
    table = "incident_link"
    _create_rows(
        table,
        *_columns(sa.Uuid(), "incident_id"),
        *_columns(sa.Uuid(), "other_id", null=True),
        *_columns(sa.String(), "name", "source"),
        *_columns(_enum("kind", "supplier", "agency", "site_service", "customer", "other"), "kind"),
        *_columns(sa.Integer(), "headcount", null=True),
        *_columns(sa.Integer(), "included"),
        *_moments("recorded_at"),
        _unique(table, "incident_id", "name"),
        _refers(table, "incident_id", "incident.id"),
        _refers(table, "other_id", "incident.id"),
        sa.CheckConstraint("headcount IS NULL OR headcount >= 0", name=op.f("ck_incident_link_headcount")),
        sa.CheckConstraint("included >= 0", name=op.f("ck_incident_link_included")),
    )
    _index(table, "incident_id", "other_id")


def _incident_record() -> None:
    table = "incident_record"
    _create_rows(
        table,
        *_columns(sa.Uuid(), "incident_id"),
        *_columns(_enum("kind", "decision", "minutes", "update", "review"), "kind"),
        *_columns(sa.Integer(), "number"),
        *_columns(sa.String(), "title", "author"),
        *_columns(sa.JSON(), "body"),
        *_columns(sa.String(200), "refers"),
        *_moments("event_time", "recorded_at"),
        *_columns(sa.Uuid(), "corrects_id", null=True),
        *_columns(sa.Boolean(), "current"),
        _refers(table, "incident_id", "incident.id"),
        _refers(table, "corrects_id", "incident_record.id"),
    )
    _index(table, "incident_id", "corrects_id")
    _present(table, "current", "current", "incident_id", "kind", "number")


def _attachment() -> None:
    table = "attachment"
    _create_rows(
        table,
        *_columns(sa.Uuid(), "incident_id"),
        *_columns(_enum("kind", "copy", "file", "link"), "kind"),
        *_columns(sa.Integer(), "number"),
        *_columns(sa.String(), "title", "place", "media_type", "added_by"),
        *_columns(sa.String(64), "sha256"),
        *_columns(sa.Integer(), "size", null=True),
        *_columns(sa.String(200), "refers"),
        *_moments("event_time", "added_at"),
        *_moments("removed_at", null=True),
        _unique(table, "incident_id", "number"),
        _refers(table, "incident_id", "incident.id"),
        sa.CheckConstraint("kind = 'link' OR length(sha256) = 64", name=op.f("ck_attachment_hash")),
    )
    _index(table, "incident_id")


def _absence() -> None:
    table = "absence"
    _create_rows(
        table,
        *_columns(sa.Uuid(), "person_id"),
        *_columns(sa.Uuid(), "deputy_id", null=True),
        *_columns(sa.Date(), "first_day", "last_day"),
        _refers(table, "person_id", "roster_person.id"),
        _refers(table, "deputy_id", "roster_person.id"),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_absence_days")),
    )
    _index(table, "person_id", "deputy_id")


def _task_area() -> None:
    table = "task_area"
    _create_rows(
        table,
        *_columns(sa.Uuid(), "incident_id", "task_id"),
        *_columns(sa.String(64), "area_slug"),
        *_columns(_enum("part", "lead", "joins"), "part"),
        *_columns(sa.String(), "contact", "done_by"),
        *_moments("done_at", null=True),
        _unique(table, "task_id", "area_slug"),
        _refers(table, "incident_id", "incident.id"),
        _refers(table, "task_id", "task.id"),
    )
    _index(table, "incident_id", "task_id")


def _event_change() -> None:
    op.create_table(
        "event_change",
        *_columns(sa.Uuid(), "event_id"),
        *_columns(sa.String(64), "revision"),
        *_columns(sa.JSON(), "changes"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_change")),
        _refers("event_change", "event_id", "event.id"),
    )


def _event_mention() -> None:
    table = "event_mention"
    op.create_table(
        table,
        *_columns(sa.Uuid(), "event_id", "incident_id"),
        sa.PrimaryKeyConstraint("event_id", "incident_id", name=op.f(f"pk_{table}")),
        _refers(table, "event_id", "event.id"),
        _refers(table, "incident_id", "incident.id"),
    )
    _index(table, "incident_id")
    _note_mentions()


def _note_mentions() -> None:
    """Note for the events there are which other incidents they name, as ``store.mentions`` does."""
    connection = op.get_bind()
    incident = sa.table("incident", sa.column("id", sa.Uuid()), sa.column("readable_id"))
    event = sa.table(
        "event", sa.column("id", sa.Uuid()), sa.column("incident_id", sa.Uuid()), sa.column("subjects", sa.JSON())
    )
    payload = sa.table(
        "event_payload", sa.column("event_id", sa.Uuid()), sa.column("payload", sa.JSON())
    )
    mention = sa.table(
        "event_mention", sa.column("event_id", sa.Uuid()), sa.column("incident_id", sa.Uuid())
    )
    names = {
        key: re.compile(rf"(?<![0-9A-ZÅÄÖ]){re.escape(name)}(?![0-9])")
        for key, name in connection.execute(sa.select(incident.c.id, incident.c.readable_id))
    }
    if not names:
        return
    said = sa.select(event, payload.c.payload).join_from(
        event, payload, payload.c.event_id == event.c.id, isouter=True
    )
    for key, own, subjects, values in connection.execute(said).all():
        text = json.dumps([subjects, values], ensure_ascii=False).upper()
        found = [
            {"event_id": key, "incident_id": other}
            for other, name in names.items()
            if other != own and name.search(text)
        ]
        if found:
            connection.execute(sa.insert(mention), found)


_TABLES = (
    _incident_figure,
    _incident_access,
    _incident_link,
    _incident_record,
    _attachment,
    _absence,
    _task_area,
    _event_change,
    _event_mention,
)
