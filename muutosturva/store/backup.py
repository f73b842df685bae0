"""A copy of a store that is in use, whole and consistent, and bringing an older store up to date."""

from __future__ import annotations

import datetime as dt
import sqlite3
import uuid
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from muutosturva.errors import MachineError, Problem, RefusedError
from muutosturva.models.office import StoreInfo
from muutosturva.models.records import Attachment
from muutosturva.models.states import EvidenceKind
from muutosturva.settings import expanded
from muutosturva.store import attachments, log, schema, upgrading
from muutosturva.store import engine as engines
from muutosturva.store.faults import first_line, told, translate, without_values
from muutosturva.store.files import new_file
from muutosturva.store.location import FileTarget, Target, check_new, parse_target
from muutosturva.store.log import Author, EventDraft
from muutosturva.store.login import login_name
from muutosturva.store.store import Store

MIGRATED = "store.migrated"


@dataclass(frozen=True, slots=True)
class Migration:
    """What ``migrate`` did.

    Attributes:
        before: revision the store had.
        after: revision it has now.
        copy: the copy made beforehand; None on PostgreSQL, or where nothing was to be done.
    """

    before: str
    after: str
    copy: Path | None


def backup(store: Store, path: Path) -> list[Problem]:
    """Copy the store into a new file while it is in use, and beside it the files attached to it.

    Returns:
        Attached files that could not be copied because they vanished or changed.

    Raises:
        RefusedError: the store is on a server (whose own tools make its backups), or something is
            at ``path`` already.
        MachineError: the disk is full or the copy is not sound.
    """
    if not isinstance(store.target, FileTarget):
        raise RefusedError("store.backup_of_server", path=store.target.shown)
    target = FileTarget(expanded(path).absolute())
    folders = [attachments.folder_of(place) for place in (store.target, target)]
    source, beside = (folder for folder in folders if folder is not None)
    if beside.exists():
        raise RefusedError("store.exists", path=str(beside))
    _copy_file(store.engine, target.path)
    with store.reading() as session:
        hashes = attached_copies(session)
    lacking = attachments.copy_all(source, beside, hashes)
    return [attachments.problem_of(found, hashes[sha256]) for sha256, found in lacking]


def attached_copies(session: Session) -> dict[str, str]:
    """Return the hash of every copy that the store keeps, with the title it was attached under."""
    rows = session.exec(
        select(Attachment.sha256, Attachment.title).where(Attachment.kind == EvidenceKind.COPY)
    )
    return dict(rows.all())


def migrate(place: str | Path, *, actor: str, now: dt.datetime, login: str | None = None) -> Migration:
    """Bring an older store up to this program's revision, after a copy of it was made.

    All of it is one transaction: a failure leaves the store as it was.

    Args:
        place: path of the file, or address of the PostgreSQL database.
        actor: who does it.
        now: aware datetime; it also names the copy.
        login: account name; that of this process when None.

    Raises:
        RefusedError: the store is newer than this program, or not a store.
        MachineError: a step failed, the disk is full, the server away.
        NotFoundError, UsageError: as ``engine.connect``.
    """
    author = Author(actor, login_name() if login is None else login, log.require_aware(now))
    target = parse_target(place)
    engine = engines.open_engine(target, migrating=True)
    try:
        with told(target.shown), engine.begin() as connection:
            found = schema.read_revision(connection, target.shown)
            if found.age is schema.Age.NEWER:
                schema.require_current(found, target.shown)
            if found.age is schema.Age.CURRENT:
                return Migration(found.name, found.name, None)
            copy = _copy_before(engine, target, found.name, author.moment)
            _upgrade(connection, target, found.name, author)
    finally:
        engine.dispose()
    return Migration(found.name, schema.REVISIONS[-1], copy)


def _copy_before(engine: sa.Engine, target: Target, revision: str, now: dt.datetime) -> Path | None:
    """Copy the store under a name that says what it is; the writing lock is held meanwhile."""
    if not isinstance(target, FileTarget):
        return None
    path = target.path.with_name(f"{target.path.stem}.{revision}.{now:%Y%m%dT%H%M%SZ}.db")
    _copy_file(engine, path)
    return path


def _upgrade(connection: sa.Connection, target: Target, before: str, author: Author) -> None:
    try:
        upgrading.upgrade(connection)
    except Exception as error:
        said = without_values(error) if isinstance(error, sa.exc.DBAPIError) else first_line(error)
        failed = MachineError("store.migration_failed", path=target.shown, detail=said)
        raise translate(error, target.shown) or failed from error
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise MachineError("store.migration_failed", path=target.shown, detail=str(broken[0][0]))
    with Session(connection) as session:
        area = session.get_one(StoreInfo, 1).owner_area
        draft = EventDraft(MIGRATED, subjects=(f"revision:{before}", f"revision:{schema.REVISIONS[-1]}"))
        log.append(session, log.lock_head(session, area), draft, author, uuid.uuid4())
        session.commit()


def _copy_file(engine: sa.Engine, path: Path) -> None:
    with told(str(path)):
        check_new(path)
        with new_file(path) as draft, closing(engine.raw_connection()) as pooled:
            source: Any = pooled.driver_connection
            with closing(sqlite3.connect(draft)) as copy:
                source.backup(copy)
                (verdict,) = copy.execute("PRAGMA quick_check").fetchone()
            if verdict != "ok":
                raise MachineError("store.corrupt", path=str(path), detail=str(verdict))
