"""The chained log: what is hashed, what can be erased, and what a check finds."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from muutosturva.errors import InputError, RefusedError
from muutosturva.models.log import EventPayload
from muutosturva.models.office import OfficeSetting
from muutosturva.models.states import StoreKind
from muutosturva.store import triggers
from muutosturva.store.check import check
from muutosturva.store.log import EventDraft, canonical, entries, erased_events, payload_hash, plain, stamp
from muutosturva.store.store import Store
from tests.store.words import said
from tests.support.stores import ACTOR, AREA, NOW

TEXTS = ("ensimmäinen", "toinen", "kolmas")


@pytest.fixture
def written(store: Store) -> Store:
    """Return a store with three events after the first one, seq 2 to 4."""
    for text in TEXTS:
        with store.transaction(ACTOR, NOW) as work:
            work.record(EventDraft("test.note", fields=("text",), payload={"text": text}))
    return store


def event_ids(store: Store) -> list[uuid.UUID]:
    with store.reading() as session:
        return [entry.id for entry in entries(session)]


def tamper(store: Store, *statements: str) -> None:
    """Do what a person with the database's own tools can do: guards off, statements, guards on."""
    with store.engine.begin() as connection:
        triggers.remove(connection)
        for statement in statements:
            connection.exec_driver_sql(statement)
        triggers.install(connection)


def codes(store: Store) -> list[str]:
    problems = check(store)
    assert all(said(problem) for problem in problems)
    return [problem.code for problem in problems]


CODE = "131052-908T"


@pytest.mark.parametrize(
    "draft",
    [
        EventDraft("test.note", payload={"lines": [{"text": f"Soitti {CODE}"}]}),
        EventDraft("test.note", payload={CODE: 1}),
        EventDraft("test.note", subjects=(f"label:{CODE}",)),
        EventDraft("test.note", fields=(CODE,)),
    ],
)
def test_no_event_is_saved_with_a_personal_identity_code(store: Store, draft: EventDraft) -> None:
    """The log is never rewritten: the gate stands before it, whichever front end the text came from."""
    with pytest.raises(InputError) as refused, store.transaction(ACTOR, NOW) as work:
        work.record(draft)

    assert CODE not in said(refused.value.problems[0])
    assert len(event_ids(store)) == 1


def save(store: Store, row: OfficeSetting) -> None:
    with store.transaction(ACTOR, NOW) as work:
        work.session.add(row)
        work.record(EventDraft("test.set"))


def test_no_row_is_saved_with_a_personal_identity_code(store: Store) -> None:
    """A text that no event tells of would stand all the same."""
    row = OfficeSetting(owner_area=AREA, key="test", value=CODE)
    with pytest.raises(InputError):
        save(store, row)


def test_a_code_that_stands_already_can_be_taken_away_and_told_of(store: Store) -> None:
    """A store of an earlier version may hold one: whoever mends it must not be stopped by it."""
    save(store, OfficeSetting(owner_area=AREA, key="test", value="x"))
    tamper(store, f"UPDATE office_setting SET value = '{CODE}' WHERE key = 'test'")
    with store.transaction(ACTOR, NOW) as work:
        row = work.session.exec(select(OfficeSetting)).one()
        row.value = "mended"
        work.record(EventDraft("test.set", payload={"before": CODE, "after": "mended"}))
    assert len(event_ids(store)) == 3


def test_erasing_a_payload_leaves_a_chain_that_still_verifies(written: Store) -> None:
    """Retention deletes values and reasons; that something happened stays (design, Store)."""
    target = event_ids(written)[1]
    with written.transaction(ACTOR, NOW) as work:
        assert work.erase_payloads([target, target, uuid.uuid4()]) == [target]
        work.record(EventDraft("test.erased"))
    with written.reading() as session:
        shown = {entry.seq: entry.payload for entry in entries(session)}
        assert erased_events(session) == {target}
    assert shown[2] is None
    assert shown[3] == {"text": "toinen"}
    assert check(written) == []


def test_an_erased_text_is_nowhere_in_the_rows(written: Store) -> None:
    target = event_ids(written)[1]
    with written.transaction(ACTOR, NOW) as work:
        work.erase_payloads([target])
        work.record(EventDraft("test.erased"))
    with written.reading() as session:
        tables = ("event", "event_payload")
        rows = str([session.connection().exec_driver_sql(f"SELECT * FROM {table}").all() for table in tables])
    assert "ensimm" not in rows
    assert "toinen" in rows


def test_a_payload_that_vanished_without_an_erasure_is_found(written: Store) -> None:
    tamper(written, f"DELETE FROM event_payload WHERE event_id IN {THIRD}")
    assert codes(written) == ["store.payload_missing"]


def test_a_payload_that_came_back_from_a_backup_is_found(written: Store) -> None:
    target = event_ids(written)[1]
    with written.reading() as session:
        old = session.exec(select(EventPayload).where(EventPayload.event_id == target)).one()
    with written.transaction(ACTOR, NOW) as work:
        work.erase_payloads([target])
        work.record(EventDraft("test.erased"))
    with written.transaction(ACTOR, NOW) as work:
        work.session.add(EventPayload(event_id=old.event_id, salt=old.salt, payload=old.payload))
        work.record(EventDraft("test.restored"))
    assert codes(written) == ["store.payload_back"]


THIRD = "(SELECT id FROM event WHERE seq = 3)"
TAMPERINGS: Mapping[str, tuple[tuple[str, ...], list[str]]] = {
    "an actor": (("UPDATE event SET actor = 'Joku Muu' WHERE seq = 3",), ["store.event_changed"]),
    "a time": (
        ("UPDATE event SET record_time = '2027-03-02 06:30:00.000000' WHERE seq = 3",),
        ["store.event_changed"],
    ),
    "a payload": (
        (f"""UPDATE event_payload SET payload = '{{"text":"x"}}' WHERE event_id IN {THIRD}""",),
        ["store.payload_changed"],
    ),
    "the order": (
        (
            "UPDATE event SET seq = 99 WHERE seq = 2",
            "UPDATE event SET seq = 2 WHERE seq = 3",
            "UPDATE event SET seq = 3 WHERE seq = 99",
        ),
        ["store.chain_broken", "store.event_changed"] * 2 + ["store.chain_broken"],
    ),
    "one in the middle": (
        (
            f"DELETE FROM event_payload WHERE event_id IN {THIRD}",
            "DELETE FROM event WHERE seq = 3",
        ),
        ["store.chain_gap"],
    ),
    "the tail": (
        (
            "DELETE FROM event_payload WHERE event_id IN (SELECT id FROM event WHERE seq = 4)",
            "DELETE FROM event WHERE seq = 4",
        ),
        ["store.chain_cut"],
    ),
    "the head": (("DELETE FROM chain_head",), ["store.head_missing"]),
    "all of it": (
        ("DELETE FROM event_payload", "DELETE FROM event"),
        ["store.chain_cut", "store.kind_changed"],
    ),
    "the kind": (("UPDATE store_info SET kind = 'real'",), ["store.kind_changed"]),
    "what no log can hold": (
        ("UPDATE event SET subjects = '7' WHERE seq = 3",),
        ["store.event_changed", "store.log_unreadable"],
    ),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_what_was_changed_behind_the_programs_back_is_found(written: Store, what: str) -> None:
    statements, found = TAMPERINGS[what]
    tamper(written, *statements)
    assert codes(written) == found


STATEMENTS = (
    "UPDATE event SET actor = 'x'",
    "DELETE FROM event",
    "UPDATE event_payload SET salt = 'x'",
    "UPDATE chain_head SET seq = seq - 1",
    "UPDATE chain_head SET seq = seq + 2",
    "DELETE FROM chain_head",
    "UPDATE store_info SET kind = 'real'",
    "UPDATE store_info SET owner_area = 'heinola'",
    "DELETE FROM store_info",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_itself_refuses_to_change_the_log(written: Store, statement: str) -> None:
    def change() -> None:
        with written.transaction(ACTOR, NOW) as work:
            work.session.connection().exec_driver_sql(statement)

    with pytest.raises(RefusedError) as caught:
        change()
    assert caught.value.key == "store.append_only"
    assert check(written) == []


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["event", "event_payload", "chain_head", "store_info"])
def test_a_server_refuses_to_empty_a_table_of_the_log(server_place: str, table: str) -> None:
    """TRUNCATE fires no row triggers, so it has a guard of its own."""
    with Store.create(server_place, StoreKind.EXAMPLE, "lahti", NOW) as store:

        def empty() -> None:
            with store.transaction(ACTOR, NOW) as work:
                work.session.connection().exec_driver_sql(f"TRUNCATE {table} CASCADE")

        with pytest.raises(RefusedError) as caught:
            empty()
    assert caught.value.key == "store.append_only"


def test_a_removed_guard_is_found(written: Store) -> None:
    with written.engine.begin() as connection:
        triggers.remove(connection)
    assert set(codes(written)) == {"store.guard_missing"}
    found = {problem.params["name"] for problem in check(written)}
    assert {"guard_event_update", "guard_event_delete", "guard_event_payload_update"} <= found


def test_a_guard_that_lets_everything_pass_is_found(file_store: Store) -> None:
    """A trigger of the right name that refuses nothing is worse than none."""
    with file_store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER guard_event_delete")
        connection.exec_driver_sql(
            "CREATE TRIGGER guard_event_delete BEFORE DELETE ON event WHEN 0 BEGIN SELECT 1; END"
        )
    assert [problem.params for problem in check(file_store)] == [{"name": "guard_event_delete"}]


@pytest.mark.postgres
def test_a_guard_of_a_server_that_was_switched_off_is_found(server_place: str) -> None:
    with Store.create(server_place, StoreKind.EXAMPLE, "lahti", NOW) as store:
        with store.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE event DISABLE TRIGGER guard_event_delete")
        assert [problem.params for problem in check(store)] == [{"name": "guard_event_delete"}]


def test_the_log_shows_only_what_is_asked_for(written: Store) -> None:
    with written.reading() as session:
        assert [entry.seq for entry in entries(session, after=2)] == [3, 4]
        assert entries(session, incident_id=uuid.uuid4()) == []


PLAIN = [
    (None, None),
    ("ä", "ä"),
    (True, True),
    (3, 3),
    (0.25, "0.25"),
    (Decimal("37.21"), "37.21"),
    (dt.date(2027, 3, 1), "2027-03-01"),
    (dt.time(9, 30), "09:30:00"),
    (NOW, "2027-03-01T06:30:00.000000Z"),
    (NOW.astimezone(dt.timezone(dt.timedelta(hours=2))), "2027-03-01T06:30:00.000000Z"),
    (StoreKind.REAL, "real"),
    (uuid.UUID(int=7), "00000000-0000-0000-0000-000000000007"),
    (Path("a"), "a"),
    ({"b": (1, 2), StoreKind.REAL: {"x"}}, {"b": [1, 2], "real": ["x"]}),
    (frozenset({2, 1}), [1, 2]),
]


@pytest.mark.parametrize(("value", "text"), PLAIN)
def test_values_are_kept_without_loss_as_plain_json(value: object, text: object) -> None:
    assert plain(value) == text


@pytest.mark.parametrize("value", [object(), b"x", NOW.replace(tzinfo=None), {"x": [object()]}])
def test_what_the_log_does_not_know_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        plain(value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=5), JSON, max_size=5), st.randoms())
def test_the_hash_does_not_depend_on_the_order_of_keys(payload: dict[str, Any], random: Any) -> None:
    names = list(payload)
    random.shuffle(names)
    shuffled = {name: payload[name] for name in names}
    assert canonical(shuffled) == canonical(payload)
    assert payload_hash("a", shuffled) == payload_hash("a", payload)
    assert payload_hash("a", payload) != payload_hash("b", payload)


@given(st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2100, 1, 1), timezones=st.timezones()))  # noqa: DTZ001 - bounds
def test_a_moment_has_one_text_whatever_its_zone(moment: dt.datetime) -> None:
    assert stamp(moment) == stamp(moment.astimezone(dt.UTC))
    assert stamp(moment).endswith("Z")
