"""One use case is one transaction with one event; whatever fails leaves nothing."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from muutosturva.errors import ConflictError, MachineError
from muutosturva.models.log import ChainHead, Event
from muutosturva.models.office import OfficeSetting, StoreInfo
from muutosturva.models.standing import RosterPerson
from muutosturva.models.states import StoreKind
from muutosturva.store.check import check
from muutosturva.store.log import CREATED, EventDraft, entries
from muutosturva.store.store import Store
from tests.support.examples import examples
from tests.support.stores import ACTOR, AREA, LOGIN, NOW

DRAFT = EventDraft("test.done")


def setting(key: str, value: str = "1") -> OfficeSetting:
    return OfficeSetting(owner_area=AREA, key=key, value=value)


def kinds(store: Store) -> list[str]:
    with store.reading() as session:
        return [entry.kind for entry in entries(session)]


def saved(store: Store) -> list[str]:
    with store.reading() as session:
        return sorted(row.key for row in session.exec(select(OfficeSetting)))


def test_a_new_store_knows_what_it_is_and_says_so_in_its_log(store: Store) -> None:
    assert (store.kind, store.owner_area, store.created_at) == (StoreKind.EXAMPLE, AREA, NOW)
    with store.reading() as session:
        (first,) = entries(session)
    assert (first.kind, first.seq, first.actor, first.login) == (CREATED, 1, ACTOR, LOGIN)
    assert "kind:example" in first.subjects
    assert check(store) == []


def test_a_store_opened_again_is_the_same_store(place: object, store: Store) -> None:
    with Store.open(str(place)) as again:
        assert (again.store_id, again.kind, again.created_at) == (
            store.store_id,
            store.kind,
            store.created_at,
        )


def test_a_use_case_writes_its_rows_and_its_event_together(store: Store) -> None:
    with store.transaction(ACTOR, NOW) as work:
        work.session.add(setting("a"))
        promised = work.record(
            EventDraft("test.set", subjects=("setting:a",), fields=("value",), payload={"to": 1})
        )
    assert saved(store) == ["a"]
    with store.reading() as session:
        last = entries(session)[-1]
    assert (last.id, last.seq, last.kind) == (promised, 2, "test.set")
    assert (last.subjects, last.fields, last.payload) == (("setting:a",), ("value",), {"to": 1})
    assert check(store) == []


def test_what_fails_leaves_neither_rows_nor_event(store: Store) -> None:
    def fail() -> None:
        with store.transaction(ACTOR, NOW) as work:
            work.session.add(setting("a"))
            work.record(DRAFT)
            work.session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert saved(store) == []
    assert kinds(store) == [CREATED]
    assert check(store) == []


def test_a_use_case_without_an_event_is_a_fault_of_the_program(store: Store) -> None:
    """A change that no event tells of could never be explained."""

    def silent() -> None:
        with store.transaction(ACTOR, NOW) as work:
            work.session.add(setting("a"))

    with pytest.raises(RuntimeError, match="none was recorded"):
        silent()
    assert saved(store) == []


def test_a_second_event_is_a_fault_of_the_program(store: Store) -> None:
    def twice() -> None:
        with store.transaction(ACTOR, NOW) as work:
            work.record(DRAFT)
            work.record(EventDraft("test.again"))

    with pytest.raises(RuntimeError, match=r"test\.again is the second"):
        twice()
    assert kinds(store) == [CREATED]


def test_a_use_case_that_changed_nothing_records_nothing(store: Store) -> None:
    """Setting a thing to what it is already may be repeated without filling the log."""
    with store.transaction(ACTOR, NOW) as work:
        work.unchanged()
    assert kinds(store) == [CREATED]
    assert check(store) == []


@pytest.mark.parametrize("flushed", [False, True])
def test_what_is_said_to_be_unchanged_may_not_have_changed(store: Store, *, flushed: bool) -> None:
    def lie() -> None:
        with store.transaction(ACTOR, NOW) as work:
            work.session.add(setting("a"))
            if flushed:
                work.session.flush()
            work.unchanged()

    with pytest.raises(RuntimeError, match="something did"):
        lie()
    assert saved(store) == []


def test_a_reading_session_cannot_write(store: Store) -> None:
    def write() -> None:
        with store.reading() as session:
            session.add(setting("a"))
            session.flush()

    with pytest.raises(RuntimeError, match="reading session"):
        write()


def test_a_reading_session_cannot_write_by_sql_either(store: Store) -> None:
    def write() -> None:
        with store.reading() as session:
            session.connection().exec_driver_sql("DELETE FROM office_setting")

    with pytest.raises(MachineError):
        write()
    with store.transaction(ACTOR, NOW) as work:
        work.session.add(setting("a"))
        work.record(DRAFT)
    assert saved(store) == ["a"], "the connection writes again after it was used for reading"


@pytest.mark.parametrize("use", ["create", "transaction", "event_time"])
def test_a_naive_datetime_is_refused(store: Store, tmp_path: object, use: str) -> None:
    """Without its time zone nobody can say when a thing happened."""
    naive = NOW.replace(tzinfo=None)

    def try_it() -> None:
        if use == "create":
            Store.create(f"{tmp_path}/naive.db", StoreKind.REAL, AREA, naive)
        with store.transaction(ACTOR, naive if use == "transaction" else NOW) as work:
            work.record(EventDraft("test.naive", event_time=naive))

    with pytest.raises(ValueError, match="naive"):
        try_it()
    assert kinds(store) == [CREATED]


def test_times_come_back_as_the_same_moment_in_utc(store: Store) -> None:
    helsinki = dt.timezone(dt.timedelta(hours=3))
    told = dt.datetime(2027, 6, 1, 9, 15, 30, 123456, tzinfo=helsinki)
    with store.transaction(ACTOR, NOW) as work:
        work.record(EventDraft("test.time", event_time=told))
    with store.reading() as session:
        last = entries(session)[-1]
    assert last.event_time == told
    assert last.event_time.utcoffset() == dt.timedelta(0)
    assert last.event_time.microsecond == 123456
    assert check(store) == []


def test_another_area_has_a_chain_of_its_own(store: Store) -> None:
    for area in ("paijat-hame", "lahti", "paijat-hame"):
        with store.transaction(ACTOR, NOW, owner_area=area) as work:
            work.record(DRAFT)
    with store.reading() as session:
        heads = {head.owner_area: head.seq for head in session.exec(select(ChainHead))}
        links = [(event.owner_area, event.seq) for event in session.exec(select(Event))]
    assert heads == {"lahti": 2, "paijat-hame": 2}
    assert sorted(links) == [("lahti", 1), ("lahti", 2), ("paijat-hame", 1), ("paijat-hame", 2)]
    assert check(store) == []


def test_a_second_row_of_one_name_is_a_conflict_with_its_name(store: Store) -> None:
    """Two people enter the same person at once: the second one is told, and nothing is lost."""

    def enter() -> None:
        with store.transaction(ACTOR, NOW) as work:
            work.session.add(RosterPerson(owner_area=AREA, slug="malli-mauri", name="Malli Mauri"))
            work.record(DRAFT)

    enter()
    with pytest.raises(ConflictError, match="roster_person") as caught:
        enter()
    assert caught.value.key == "store.duplicate"
    assert len(kinds(store)) == 2


@pytest.mark.parametrize("field", ["kind", "owner_area"])
def test_what_a_store_is_never_changes(store: Store, field: str) -> None:
    """An example must not become real, nor a drill: documents are marked by it."""

    def change() -> None:
        with store.transaction(ACTOR, NOW) as work:
            info = work.session.exec(select(StoreInfo)).one()
            setattr(info, field, StoreKind.REAL if field == "kind" else "heinola")
            work.record(DRAFT)

    with pytest.raises(Exception, match="append_only"):
        change()
    assert check(store) == []


def test_an_error_of_the_use_case_itself_keeps_its_own_words(store: Store) -> None:
    """A file the use case reads may be missing; that is no failure of the store."""

    def read() -> None:
        with store.transaction(ACTOR, NOW):
            raise FileNotFoundError

    with pytest.raises(FileNotFoundError):
        read()


def test_a_use_case_inside_another_one_is_a_fault_of_the_program(store: Store) -> None:
    """It would wait for itself until the time is out, and then blame somebody else."""

    def inside() -> None:
        with store.transaction(ACTOR, NOW), store.transaction(ACTOR, NOW):
            pass

    with pytest.raises(RuntimeError, match="inside another"):
        inside()
    with store.transaction(ACTOR, NOW) as work:
        work.record(DRAFT)


def test_workers_of_one_program_write_one_after_the_other(store: Store) -> None:
    """The screens save from threads of their own."""

    def add(_number: int) -> None:
        with store.transaction(ACTOR, NOW) as work:
            row = work.session.exec(select(OfficeSetting)).first() or setting("n", "0")
            row.value = str(int(row.value) + 1)
            work.session.add(row)
            work.record(DRAFT)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(20)))
    with store.reading() as session:
        assert session.exec(select(OfficeSetting)).one().value == "20"
    assert check(store) == []


STEPS = st.lists(st.sampled_from(["note", "erase", "fail", "nothing", "other"]), max_size=12)


@settings(
    max_examples=examples(8, 500), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(steps=STEPS)
def test_whatever_is_done_in_whatever_order_the_log_verifies(file_store: Store, steps: list[str]) -> None:
    for step in steps:
        area = "heinola" if step == "other" else None
        with file_store.reading() as session:
            known = [entry.id for entry in entries(session) if entry.payload is not None]
        with suppress(LookupError), file_store.transaction(ACTOR, NOW, owner_area=area) as work:
            if step == "nothing":
                work.unchanged()
                continue
            if step == "erase":
                work.erase_payloads(known[-1:])
            work.record(EventDraft(f"test.{step}", payload={"step": step}))
            if step == "fail":
                raise LookupError
    assert check(file_store) == []
