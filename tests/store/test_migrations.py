"""Tables are made and changed by migrations alone, and those say what the models say."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel, col

from muutosturva.errors import MachineError, RefusedError
from muutosturva.models.log import EventMention
from muutosturva.store import backup, schema, triggers, upgrading
from muutosturva.store.check import check
from muutosturva.store.engine import open_engine, sqlite_engine
from muutosturva.store.files import create_file
from muutosturva.store.location import FileTarget, ServerTarget, parse_target
from muutosturva.store.log import entries
from muutosturva.store.store import Store
from tests.store.words import said
from tests.support.stores import ACTOR, NOW, make_store

NEXT = "0003"


@contextmanager
def bare(place: str | Path) -> Iterator[sa.Connection]:
    """Yield a writing connection to a database without tables."""
    target = parse_target(place)
    if isinstance(target, ServerTarget):
        engine = open_engine(target)
    else:
        create_file(target.path)
        engine = sqlite_engine(FileTarget(target.path), migrating=True)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def differences(connection: sa.Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, SQLModel.metadata))


def checks(connection: sa.Connection) -> set[tuple[str, str, str]]:
    """Return every CHECK; alembic's comparison leaves them out."""
    inspector = sa.inspect(connection)
    return {
        (table, str(found["name"]), " ".join(str(found["sqltext"]).split()))
        for table in inspector.get_table_names()
        for found in inspector.get_check_constraints(table)
    }


@pytest.fixture
def second_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the program know one more revision, which adds a column to the settings."""
    scripts = tmp_path / "versions"
    scripts.mkdir()
    (scripts / "0003_next.py").write_text(
        'import sqlalchemy as sa\nfrom alembic import op\nrevision, down_revision = "0003", "0002"\n'
        "branch_labels = depends_on = None\n\ndef upgrade():\n"
        '    how = "always" if op.get_bind().dialect.name == "sqlite" else "never"\n'
        '    with op.batch_alter_table("office_setting", recreate=how) as batch:\n'
        '        batch.add_column(sa.Column("unit", sa.String(), server_default="", nullable=False))\n'
        '    with op.batch_alter_table("event", recreate=how) as batch:\n'
        '        batch.add_column(sa.Column("extra", sa.String()))\n',
        encoding="utf-8",
    )
    original = upgrading.alembic_config

    def with_next(connection: sa.Connection) -> Any:
        config = original(connection)
        shipped = upgrading.SCRIPTS / "versions"
        config.set_main_option("version_locations", f"{shipped}{upgrading.SEPARATOR}{scripts}")
        return config

    monkeypatch.setattr(upgrading, "alembic_config", with_next)
    monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, NEXT))
    return scripts / "0003_next.py"


def test_the_known_revisions_are_those_of_the_scripts() -> None:
    """A script that nobody listed would make every new store look newer than the program."""
    scripts = ScriptDirectory(str(upgrading.SCRIPTS))
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == schema.REVISIONS


@pytest.mark.parametrize("revision", schema.REVISIONS)
def test_an_upgrade_from_every_released_revision_gives_the_tables_of_the_models(
    place: str | Path, revision: str
) -> None:
    with bare(place) as connection:
        upgrading.upgrade(connection, revision)
        upgrading.upgrade(connection)
        assert differences(connection) == []
        assert triggers.missing(connection) == []


def _add(connection: sa.Connection, table: str, **values: Any) -> None:
    """Add a row to a table as an older revision has it."""
    kinds: dict[type, Any] = {
        uuid.UUID: sa.Uuid(),
        list: sa.JSON(),
        dict: sa.JSON(),
        type(NOW): sa.DateTime(timezone=True),
    }
    values = {"owner_area": "lahti", **values}
    columns = [sa.column(name, kinds.get(type(value))) for name, value in values.items()]
    connection.execute(sa.insert(sa.table(table, *columns)).values(**values))


def _first_incident(connection: sa.Connection, name: str) -> uuid.UUID:
    """Add an incident as the first revision has it."""
    key = uuid.uuid4()
    texts = (
        "employer",
        "municipality",
        "sector",
        "playbook_id",
        "playbook_version",
        "playbook_sha256",
        "playbook_text",
    )
    known = {"version": 1, "level": "M", "situation": False, "law_revision": 1, "opened_at": NOW}
    words = {"kind": "example", "state": "active", "secrecy": "group"}
    empty: dict[str, Any] = {"inputs": {}, "sites": [], "languages": [], "phases": []}
    said = dict.fromkeys(texts, "x")
    _add(connection, "incident", id=key, readable_id=name, **known, **words, **empty, **said)
    return key


def test_an_upgrade_notes_which_incidents_older_events_name(place: str | Path) -> None:
    """What hides an event from those outside an incident it names must hold for the first events too."""
    with bare(place) as connection:
        upgrading.upgrade(connection, "0001")
        keys = [
            _first_incident(connection, name) for name in ("LAHTI-2027-40", "LAHTI-2027-400", "LAHTI-2027-S1")
        ]
        told = uuid.uuid4()
        said = ["LAHTI-2027-S1", "LAHTI-2027-400"]
        texts = dict.fromkeys(("kind", "payload_hash", "previous_hash", "hash", "actor", "login"), "x")
        times = {"event_time": NOW, "record_time": NOW}
        _add(
            connection,
            "event",
            id=told,
            incident_id=keys[2],
            seq=2,
            subjects=said,
            fields=[],
            **texts,
            **times,
        )
        upgrading.upgrade(connection)
        found = connection.execute(sa.select(col(EventMention.event_id), col(EventMention.incident_id))).all()
    assert found == [(told, keys[1])]


def test_the_checks_of_the_migrations_are_those_of_the_models(place: str | Path, tmp_path: Path) -> None:
    with bare(place) as connection:
        upgrading.upgrade(connection)
        migrated = checks(connection)
        upgrading.downgrade(connection, "base")
        SQLModel.metadata.create_all(connection)
        assert migrated == checks(connection)
    assert len(migrated) > 20


def test_downgrading_leaves_nothing_and_upgrading_works_again(place: str | Path) -> None:
    with bare(place) as connection:
        upgrading.upgrade(connection)
        upgrading.downgrade(connection, "base")
        assert schema.table_names(connection) == {"alembic_version"}
        upgrading.upgrade(connection)
        assert differences(connection) == []


@pytest.fixture
def older(place: str | Path, second_revision: Path) -> str | Path:
    """Return the place of a store that is one revision behind the program."""
    upgrade = upgrading.upgrade
    with pytest.MonkeyPatch.context() as before:
        before.setattr(schema, "REVISIONS", schema.REVISIONS[:-1])
        before.setattr(upgrading, "upgrade", lambda connection: upgrade(connection, schema.REVISIONS[-1]))
        make_store(place).close()
    return place


def test_an_older_store_is_refused_and_told_how_to_be_brought_up(older: str | Path) -> None:
    with pytest.raises(RefusedError) as caught:
        Store.open(older)
    assert caught.value.key == "store.older"
    assert all("0002" in words and "store migrate" in words for words in said(caught.value))


def test_migrating_keeps_the_log_and_its_guards_and_tells_of_itself(older: str | Path) -> None:
    """Rebuilding a table on SQLite drops its triggers; they are there again afterwards."""
    done = backup.migrate(older, actor=ACTOR, now=NOW)
    assert (done.before, done.after) == ("0002", NEXT)
    with Store.open(older) as store, store.reading() as session:
        assert [entry.kind for entry in entries(session)] == ["store.created", "store.migrated"]
        assert check(store) == []


def test_migrating_a_file_makes_a_copy_of_the_old_store_first(older: str | Path) -> None:
    done = backup.migrate(older, actor=ACTOR, now=NOW)
    if not isinstance(older, Path):
        assert done.copy is None
        return
    assert done.copy == older.with_name("store.0002.20270301T063000Z.db")
    assert done.copy.stat().st_mode & 0o777 == 0o600
    with pytest.raises(RefusedError, match=r"store\.older"):
        Store.open(done.copy)


def test_migrating_twice_does_nothing_the_second_time(older: str | Path) -> None:
    backup.migrate(older, actor=ACTOR, now=NOW)
    again = backup.migrate(older, actor=ACTOR, now=NOW)
    assert (again.before, again.after, again.copy) == (NEXT, NEXT, None)


def test_a_migration_that_fails_leaves_the_store_as_it_was(older: str | Path, second_revision: Path) -> None:
    script = second_revision.read_text(encoding="utf-8")
    second_revision.write_text(f"{script}    raise LookupError('kesken')\n", encoding="utf-8")
    with pytest.raises(MachineError) as caught:
        backup.migrate(older, actor=ACTOR, now=NOW)
    assert caught.value.key == "store.migration_failed"
    assert all("kesken" in words for words in said(caught.value))
    with pytest.MonkeyPatch.context() as before:
        before.setattr(schema, "REVISIONS", schema.REVISIONS[:-1])
        with Store.open(older) as store:
            assert check(store) == []


def test_a_newer_store_is_refused_by_opening_and_by_migrating(
    place: str | Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older program must not write into tables it does not know."""
    with make_store(place) as store, store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for attempt in (lambda: Store.open(place), lambda: backup.migrate(place, actor=ACTOR, now=NOW)):
        with pytest.raises(RefusedError) as caught:
            attempt()
        assert caught.value.key == "store.newer"
        assert all("9999" in words for words in said(caught.value))
