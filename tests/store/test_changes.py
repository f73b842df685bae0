"""What a use case does to rows is kept beside its event, and can be put back while nothing overtook it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from sqlmodel import Session, col, select

from muutosturva.models.log import Event, EventChange
from muutosturva.models.office import OfficeDate, OfficeSetting
from muutosturva.models.states import OfficeDateKind
from muutosturva.store import undo
from muutosturva.store.changes import Act, RowChange
from muutosturva.store.check import check
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store
from tests.support.stores import ACTOR, NOW

Work = Callable[[Session], None]


def act(store: Store, work: Work, *, kind: str = "tests.did") -> uuid.UUID:
    """Run a use case that does ``work``, and return its event."""
    with store.transaction(ACTOR, NOW) as unit:
        work(unit.session)
        return unit.record(EventDraft(kind=kind))


def changes_of(store: Store, event_id: uuid.UUID) -> tuple[RowChange, ...]:
    with store.reading() as session:
        return undo.changes_of(session, event_id)


def add_setting(key: str, value: str) -> Work:
    return lambda session: session.add(OfficeSetting(owner_area="lahti", key=key, value=value))


def set_setting(key: str, value: str) -> Work:
    def work(session: Session) -> None:
        setting(session, key).value = value

    return work


def remove_setting(key: str) -> Work:
    return lambda session: session.delete(setting(session, key))


def setting(session: Session, key: str) -> OfficeSetting:
    return session.exec(select(OfficeSetting).where(OfficeSetting.key == key)).one()


def settings(store: Store) -> dict[str, str]:
    with store.reading() as session:
        return {row.key: row.value for row in session.exec(select(OfficeSetting))}


def put_back(store: Store, event_id: uuid.UUID) -> tuple[undo.Overtaken, ...]:
    with store.transaction(ACTOR, NOW) as unit:
        found = undo.changes_of(unit.session, event_id)
        lost = undo.overtaken(unit.session, found)
        if lost:
            unit.unchanged()
        else:
            undo.put_back(unit.session, found)
            unit.record(EventDraft(kind="tests.undone"))
        return lost


def test_a_change_keeps_the_first_value_before_and_the_last_one_after(store: Store) -> None:
    """A use case may flush in between; undoing it goes back to where it began."""
    act(store, add_setting("greeting", "a"))

    def twice(session: Session) -> None:
        setting(session, "greeting").value = "b"
        session.flush()
        setting(session, "greeting").value = "c"

    [change] = changes_of(store, act(store, twice))

    assert (change.act, change.before, change.after) == (Act.CHANGED, {"value": "a"}, {"value": "c"})


def test_a_value_set_to_what_it_is_leaves_no_change(store: Store) -> None:
    act(store, add_setting("greeting", "a"))

    def there_and_back(session: Session) -> None:
        setting(session, "greeting").value = "b"
        session.flush()
        setting(session, "greeting").value = "a"

    assert changes_of(store, act(store, there_and_back)) == ()


def test_a_row_added_and_removed_in_one_use_case_leaves_no_change(store: Store) -> None:
    def passing(session: Session) -> None:
        add_setting("passing", "x")(session)
        session.flush()
        remove_setting("passing")(session)

    assert changes_of(store, act(store, passing)) == ()


@pytest.mark.parametrize(
    ("work", "undone"),
    [
        pytest.param(add_setting("other", "b"), {"greeting": "a"}, id="added"),
        pytest.param(set_setting("greeting", "b"), {"greeting": "a"}, id="changed"),
        pytest.param(remove_setting("greeting"), {"greeting": "a"}, id="removed"),
    ],
)
def test_what_an_event_did_is_put_back(store: Store, work: Work, undone: dict[str, str]) -> None:
    act(store, add_setting("greeting", "a"))
    event_id = act(store, work)

    assert put_back(store, event_id) == ()
    assert settings(store) == undone


def test_putting_back_can_itself_be_put_back(store: Store) -> None:
    act(store, add_setting("greeting", "a"))
    put_back(store, act(store, set_setting("greeting", "b")))
    with store.reading() as session:
        undone = session.exec(select(Event).where(Event.kind == "tests.undone")).one()

    assert put_back(store, undone.id) == ()
    assert settings(store) == {"greeting": "b"}


@pytest.mark.parametrize(
    ("first", "later"),
    [
        pytest.param(add_setting("other", "b"), set_setting("other", "c"), id="worked on since"),
        pytest.param(set_setting("greeting", "b"), set_setting("greeting", "c"), id="changed since"),
        pytest.param(set_setting("greeting", "b"), remove_setting("greeting"), id="gone since"),
    ],
)
def test_what_was_overtaken_is_told_and_left_alone(store: Store, first: Work, later: Work) -> None:
    """Somebody else's later work is never lost to an undo."""
    act(store, add_setting("greeting", "a"))
    event_id = act(store, first)
    latest = act(store, later)
    stands = settings(store)

    lost = put_back(store, event_id)

    assert len(lost) == 1
    assert settings(store) == stands
    with store.reading() as session:
        event = session.get_one(Event, event_id)
        [found] = undo.later_events(session, event, [lost[0].change.id])
    assert found.id == latest


def test_days_and_enums_come_back_as_they_were(store: Store) -> None:
    council = OfficeDate(owner_area="lahti", kind=OfficeDateKind.COUNCIL, day=dt.date(2027, 3, 15))
    act(store, lambda session: session.add(council))

    def remove(session: Session) -> None:
        session.delete(session.exec(select(OfficeDate)).one())

    put_back(store, act(store, remove))

    with store.reading() as session:
        back = session.exec(select(OfficeDate)).one()
    assert (back.id, back.kind, back.day) == (council.id, OfficeDateKind.COUNCIL, dt.date(2027, 3, 15))


def test_erasing_a_payload_erases_the_rows_it_could_be_put_back_from(store: Store) -> None:
    """The same values stand in both."""
    act(store, add_setting("greeting", "a"))
    event_id = act(store, set_setting("greeting", "b"))

    with store.transaction(ACTOR, NOW) as unit:
        unit.erase_payloads([event_id])
        unit.record(EventDraft(kind="tests.erased"))

    assert changes_of(store, event_id) == ()
    with store.reading() as session:
        kept = session.exec(select(EventChange.event_id)).all()
    assert event_id not in kept


def test_a_consequence_is_an_event_of_its_own_after_the_use_cases(store: Store) -> None:
    with store.transaction(ACTOR, NOW) as unit:
        add_setting("greeting", "a")(unit.session)
        unit.record(EventDraft(kind="tests.did"))
        unit.consequence(EventDraft(kind="tests.crossed", payload={"threshold": 10}))

    with store.reading() as session:
        kinds = session.exec(select(Event.kind).order_by(col(Event.seq).desc()).limit(2)).all()
    assert list(kinds) == ["tests.crossed", "tests.did"]
    assert check(store) == []


def test_a_consequence_of_nothing_is_a_fault_of_the_program(store: Store) -> None:
    with pytest.raises(RuntimeError, match="recorded nothing"), store.transaction(ACTOR, NOW) as unit:
        unit.consequence(EventDraft(kind="tests.crossed"))
