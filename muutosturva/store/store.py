"""The store as the rooms see it: opened or made, one transaction per use case, reading apart."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

import muutosturva.models.tables  # noqa: F401 - foreign keys need every table known
from muutosturva.errors import MachineError, RefusedError
from muutosturva.models.log import ChainHead
from muutosturva.models.office import StoreInfo
from muutosturva.models.states import StoreKind
from muutosturva.store import changes, log, schema, upgrading, versions, visibility
from muutosturva.store import engine as engines
from muutosturva.store.faults import told
from muutosturva.store.files import new_file
from muutosturva.store.location import (
    FileTarget,
    ServerTarget,
    Target,
    check_new,
    default_path,
    parse_target,
)
from muutosturva.store.log import Author, EventDraft
from muutosturva.store.login import login_name
from muutosturva.store.personal import refuse_identity_codes


class UnitOfWork:
    """One use case while it writes: a session, and the one event it must record.

    What follows from it with a life of its own (a threshold crossed) is recorded beside that event,
    as a consequence.

    Attributes:
        session: the writing session; the unit of work commits it.
        owner_area: area whose chain the event joins.
        actor: who does it, as the log names people.
        moment: record time, in UTC.
    """

    def __init__(self, session: Session, head: ChainHead, author: Author) -> None:
        self.session = session
        self.owner_area = head.owner_area
        self.actor = author.actor
        self.moment = author.moment
        self._head = head
        self._author = author
        self._draft: EventDraft | None = None
        self._consequences: list[EventDraft] = []
        self._rows = changes.RowWatch(session)
        self._event_id = uuid.uuid4()
        self._unchanged = False
        self._erased: list[uuid.UUID] = []
        self._written = False
        event.listen(session, "after_flush", self._note_flush)

    def _note_flush(self, session: Session, _flush: object) -> None:
        self._written = self._written or _has_changes(session)

    def record(self, draft: EventDraft) -> uuid.UUID:
        """Say what this use case did; written together with its changes.

        Returns:
            The id the event will have.

        Raises:
            RuntimeError: the use case has spoken already (a fault of the program).
        """
        if self._draft is not None or self._unchanged:
            message = f"a transaction records exactly one event, and {draft.kind} is the second"
            raise RuntimeError(message)
        self._draft = draft
        return self._event_id

    def consequence(self, draft: EventDraft) -> None:
        """Say what follows from this use case by itself; its event comes after the use case's own.

        Raises:
            RuntimeError: the use case has not spoken yet (a fault of the program).
        """
        if self._draft is None:
            message = f"{draft.kind} follows from a use case that has recorded nothing"
            raise RuntimeError(message)
        self._consequences.append(draft)

    def unchanged(self) -> None:
        """Say that everything was as wished already, so that nothing is written or recorded.

        Raises:
            RuntimeError: an event was recorded (a fault of the program).
        """
        if self._draft is not None:
            message = f"{self._draft.kind} was recorded, so something did change"
            raise RuntimeError(message)
        self._unchanged = True

    def erase_payloads(self, event_ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
        """Erase values, reasons and texts of events; this transaction's event names them.

        Returns:
            The events whose payload was there and is gone now.
        """
        erased = log.erase_payload(self.session, event_ids)
        self._erased += erased
        return erased

    def finish(self) -> None:
        """Write the event and commit; ``Store.transaction`` calls it.

        Raises:
            RuntimeError: no event was recorded, or changes were made that no event tells of.
        """
        if self._unchanged:
            if self._written or _has_changes(self.session):
                message = "the use case said that nothing changed, but something did"
                raise RuntimeError(message)
            self.session.rollback()
            return
        if self._draft is None:
            message = "a transaction records exactly one event, and none was recorded"
            raise RuntimeError(message)
        self.session.flush()
        refuse_identity_codes(self.session, self._rows, (self._draft, *self._consequences), self.actor)
        noted = [changes.to_json(change) for change in self._rows.changes()]
        draft = self._with_erasures(self._draft)
        log.append(self.session, self._head, draft, self._author, self._event_id, changes=noted)
        for draft in self._consequences:
            log.append(self.session, self._head, draft, self._author, uuid.uuid4())
        self.session.commit()

    def _with_erasures(self, draft: EventDraft) -> EventDraft:
        named = tuple(f"{log.ERASED_PREFIX}{event_id}" for event_id in self._erased)
        return EventDraft(
            kind=draft.kind,
            incident_id=draft.incident_id,
            subjects=(*draft.subjects, *named),
            fields=draft.fields,
            payload=draft.payload,
            event_time=draft.event_time,
        )


class Store:
    """An open store.

    Attributes:
        target: where it lies.
        engine: SQLAlchemy's engine; rooms use ``transaction`` and ``reading`` instead.
        kind: real, example or drill; fixed when it was made.
        owner_area: slug of the area that is the controller of its data.
        store_id: its identity, kept by copies.
        created_at: when it was made, in UTC.
        reader: the person it is open for, as the access lists name people: what is restricted and
            not theirs to know is not there for them, neither to read nor to change. None sees all:
            checks, copies, migrations.
    """

    def __init__(self, target: Target, engine: sa.Engine, *, login: str | None = None) -> None:
        self.target = target
        self.engine = engine
        self.login = login_name() if login is None else login
        self.reader: str | None = None
        self._thread = threading.local()
        with self.reading() as session:
            info = session.get(StoreInfo, 1)
        if info is None:
            raise MachineError("store.corrupt", path=target.shown, detail="store_info")
        self.kind: StoreKind = StoreKind(info.kind)
        self.owner_area: str = info.owner_area
        self.store_id: uuid.UUID = info.store_id
        self.created_at: dt.datetime = info.created_at

    @classmethod
    def create(
        cls,
        place: str | Path,
        kind: StoreKind,
        owner_area: str,
        now: dt.datetime,
        *,
        actor: str = "",
        login: str | None = None,
    ) -> Self:
        """Make a new store and open it; a failure leaves nothing behind.

        Args:
            place: path of a file that is not there yet, or address of an empty PostgreSQL database.
            kind: real, example or drill.
            owner_area: slug of the area that will be the controller.
            now: aware datetime.
            actor: who makes it.
            login: account name; that of this process when None.

        Raises:
            ValueError: ``now`` is naive.
            UsageError: the address is of another kind of database.
            RefusedError: something is there already, or the place is not fit for a store.
            MachineError: the folder is missing or read-only, the disk full, the server away.
        """
        author = Author(actor, login_name() if login is None else login, log.require_aware(now))
        target = parse_target(place)
        if isinstance(target, FileTarget):
            _create_file_store(target, kind, owner_area, author)
        else:
            _create_server_store(target, kind, owner_area, author)
        return cls.open(place, login=login)

    @classmethod
    def open(cls, place: str | Path, *, login: str | None = None, look: bool = False) -> Self:
        """Open the store at ``place``; close it when done, or use it as a context manager.

        Args:
            place: path of a file, or ``postgresql://…``.
            login: account name; that of this process when None.
            look: only to read: it may lie where nothing can be written, on a locked stick or in a
                colleague's folder.

        Raises:
            UsageError, NotFoundError, RefusedError, MachineError: as ``engine.connect``.
        """
        engine = engines.connect(place, look=look)
        try:
            return cls(parse_target(place), engine, login=login)
        except BaseException:
            engine.dispose()
            raise

    def close(self) -> None:
        """Close every connection; the last one to a file removes the files beside it."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def transaction(
        self, actor: str, now: dt.datetime, *, owner_area: str | None = None, whole: bool = False
    ) -> Iterator[UnitOfWork]:
        """Run one use case: writers of a store wait for each other, all or nothing is written.

        Args:
            actor: who does it, as the roster names them.
            now: record time, aware.
            owner_area: chain to write to; the store's own when None.
            whole: see also what is hidden from the reader, for an act that every incident of the
                office follows; what it tells of them must be read anew, as the reader.

        Yields:
            The unit of work, on which exactly one event must be recorded.

        Raises:
            ValueError: ``now`` is naive.
            RuntimeError: not exactly one event was recorded (a fault of the program).
            ConflictError: somebody else changed or added the same row first.
            RefusedError: an event was to be changed.
            MachineError: disk full, read-only, busy for too long, server away.
        """
        author = Author(actor, self.login, log.require_aware(now))
        place = self.target.shown
        with self._alone(), told(place, disk=False), Session(self.engine, expire_on_commit=False) as session:
            watch = versions.EditWatch(session)
            head = log.lock_head(session, owner_area or self.owner_area)
            if not whole:
                self._narrow(session)
            work = UnitOfWork(session, head, author)
            try:
                yield work
                work.finish()
            except StaleDataError as error:
                session.rollback()
                with self.reading() as fresh:
                    raise versions.stale(fresh, watch.edits) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Refuse a transaction within a transaction: it would wait for itself."""
        if getattr(self._thread, "writes", False):
            message = "a use case cannot run inside another one: give it the unit of work"
            raise RuntimeError(message)
        self._thread.writes = True
        try:
            yield
        finally:
            self._thread.writes = False

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that cannot write and is closed for sure.

        Raises:
            RuntimeError: something was to be written (a fault of the program).
            MachineError: the disk or the server failed.
        """
        readers = engines.reading(self.engine)
        with told(self.target.shown, disk=False), Session(readers, expire_on_commit=False) as session:
            event.listen(session, "before_flush", _refuse_flush)
            self._narrow(session)
            yield session

    def _narrow(self, session: Session) -> None:
        if self.reader is not None:
            visibility.narrow(session, self.reader)


def _has_changes(session: Session) -> bool:
    """Tell whether anything would be written; setting a field to what it is already is no change."""
    return bool(session.new or session.deleted or any(map(session.is_modified, session.dirty)))


def _refuse_flush(session: Session, _flush: object, _instances: object) -> None:
    if _has_changes(session):
        message = "a reading session does not write: use Store.transaction"
        raise RuntimeError(message)


def _create_file_store(target: FileTarget, kind: StoreKind, owner_area: str, author: Author) -> None:
    with told(target.shown):
        if target.path == default_path():
            target.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_new(target.path)
        with new_file(target.path) as draft:
            _fill_file(FileTarget(draft), kind, owner_area, author)


def _fill_file(target: FileTarget, kind: StoreKind, owner_area: str, author: Author) -> None:
    engine = engines.sqlite_engine(target, new=True)
    try:
        with engine.begin() as connection:
            _fill(connection, kind, owner_area, author)
    finally:
        # Closing the last connection moves everything from the -wal file into the store.
        engine.dispose()


def _create_server_store(target: ServerTarget, kind: StoreKind, owner_area: str, author: Author) -> None:
    engine = engines.open_engine(target)
    try:
        with told(target.shown), engine.begin() as connection:
            # Two people who make the store at once: the second one waits and is then refused.
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({schema.APPLICATION_ID})")
            tables = schema.table_names(connection)
            if "store_info" in tables:
                raise RefusedError("store.exists", path=target.shown)
            if tables:
                raise RefusedError("store.alien_database", path=target.shown)
            _fill(connection, kind, owner_area, author)
    finally:
        engine.dispose()


def _fill(connection: sa.Connection, kind: StoreKind, owner_area: str, author: Author) -> None:
    """Make the tables, say what the store is, and write the first event of its log."""
    upgrading.upgrade(connection)
    with Session(connection) as session:
        info = StoreInfo(kind=kind, owner_area=owner_area, created_at=author.moment)
        session.add(info)
        draft = EventDraft(
            kind=log.CREATED,
            subjects=(f"store_info:{info.store_id}", f"kind:{kind.value}"),
            fields=("kind", "owner_area"),
            payload={"kind": kind, "owner_area": owner_area, "revision": schema.REVISIONS[-1]},
        )
        log.append(session, log.lock_head(session, owner_area), draft, author, uuid.uuid4())
        session.commit()
