"""A restricted incident is not there for those who were not let in, whichever way they look."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Final

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col, select
from sqlmodel.main import default_registry

import muutosturva.models.tables  # noqa: F401 - every table must be known
from muutosturva.models.incident import Incident, IncidentAccess, IncidentLink, IncidentQuestion
from muutosturva.models.log import Event, EventChange, EventPayload
from muutosturva.models.states import IncidentState, LinkKind, Secrecy, StoreKind
from muutosturva.store import visibility
from muutosturva.store.check import check
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store
from tests.support.stores import ACTOR, AREA, NOW

SECRET: Final = "LAHTI-2027-01"
OPEN: Final = "LAHTI-2027-02"
INSIDER: Final = "Esimerkki Iida"
OUTSIDER: Final = "Esimerkki Olli"


def incident(readable_id: str, secrecy: Secrecy) -> Incident:
    return Incident(
        owner_area=AREA,
        readable_id=readable_id,
        kind=StoreKind.EXAMPLE,
        state=IncidentState.ACTIVE,
        secrecy=secrecy,
        employer=f"Firma {readable_id}",
        playbook_text="x",
        opened_at=NOW,
    )


def question(owner: Incident) -> IncidentQuestion:
    return IncidentQuestion(owner_area=AREA, incident_id=owner.id, name="listed", type="yes_no")


def add(store: Store, *rows: SQLModel, about: Incident, names: str = "") -> uuid.UUID:
    with store.transaction(ACTOR, NOW) as unit:
        unit.session.add_all(rows)
        draft = EventDraft("test.added", about.id, (names or about.readable_id,), payload={"n": len(rows)})
        return unit.record(draft)


@pytest.fixture
def secret(store: Store) -> Incident:
    """Save a restricted incident with one insider, and an open one."""
    made = incident(SECRET, Secrecy.RESTRICTED)
    add(store, made, about=made)
    add(store, question(made), access(made), about=made)
    return made


@pytest.fixture
def shown(store: Store, secret: Incident) -> Incident:
    """Save an incident that the group may know."""
    made = incident(OPEN, Secrecy.GROUP)
    add(store, made, about=made)
    add(store, question(made), about=made)
    return made


def access(owner: Incident, ended_at: dt.datetime | None = None) -> IncidentAccess:
    return IncidentAccess(
        owner_area=AREA,
        incident_id=owner.id,
        name=INSIDER,
        granted_at=NOW,
        recorded_at=NOW,
        ended_at=ended_at,
    )


def ids(session: Session) -> list[str]:
    return list(session.exec(select(Incident.readable_id).order_by(col(Incident.readable_id))).all())


def test_every_table_that_hangs_on_an_incident_is_narrowed() -> None:
    """A table added later is covered by its foreign key; one that hangs on an event must be named."""
    covered = set(visibility.keys_to_incidents()) | set(visibility.OF_EVENTS) | {Incident}
    for mapper in default_registry.mappers:
        columns = set(mapper.local_table.columns.keys())
        targets = {key.target_fullname for key in mapper.local_table.foreign_keys}
        hangs = {"incident.id", "event.id"} & targets or {"incident_id", "other_id", "event_id"} & columns
        assert not hangs or mapper.class_ in covered, mapper.class_
    assert {Event, IncidentLink, IncidentAccess} <= set(visibility.keys_to_incidents())
    assert visibility.keys_to_incidents()[IncidentLink] == ("incident_id", "other_id")


@pytest.mark.parametrize(
    ("reader", "seen"),
    [(None, [SECRET, OPEN]), (INSIDER, [SECRET, OPEN]), (OUTSIDER, [OPEN]), ("", [OPEN])],
    ids=["whole", "insider", "outsider", "nobody"],
)
def test_who_is_let_in_sees_it_and_nobody_else(
    store: Store, shown: Incident, reader: str | None, seen: list[str]
) -> None:
    assert shown.readable_id == OPEN
    store.reader = reader
    with store.reading() as session:
        assert ids(session) == seen
    with store.transaction(ACTOR, NOW) as unit:
        assert ids(unit.session) == seen
        unit.unchanged()


def test_whose_access_has_ended_does_not_see_it(store: Store, secret: Incident) -> None:
    with store.transaction(ACTOR, NOW) as unit:
        unit.session.exec(select(IncidentAccess)).one().ended_at = NOW
        unit.record(EventDraft("test.ended", secret.id))
    store.reader = INSIDER
    with store.reading() as session:
        assert ids(session) == []


def test_an_outsider_finds_it_by_no_way_of_asking(store: Store, secret: Incident, shown: Incident) -> None:
    """Rows, keys, columns, counts, aliases, joins, sub-selects: there is one door for all of them."""
    store.reader = OUTSIDER
    other = aliased(Incident)
    owner = IncidentQuestion.incident_id
    asked: dict[str, Any] = {
        "rows": select(IncidentQuestion).where(owner == secret.id),
        "columns": select(IncidentQuestion.incident_id, IncidentQuestion.name).where(owner == secret.id),
        "alias": select(other.readable_id).where(other.id == secret.id),
        "join": select(Event, EventPayload)
        .outerjoin(EventPayload, col(EventPayload.event_id) == col(Event.id))
        .where(Event.incident_id == secret.id),
        "sub": select(IncidentQuestion).where(
            col(owner).in_(select(Incident.id).where(Incident.readable_id == SECRET))
        ),
        "exists": select(Incident.id).where(
            sa.exists(select(IncidentQuestion.id).where(owner == secret.id)), Incident.id == shown.id
        ),
    }
    with store.reading() as session:
        assert [name for name, query in asked.items() if session.exec(query).all()] == []
        counted = select(sa.func.count()).select_from(IncidentQuestion).where(owner == secret.id)
        assert session.exec(counted).one() == 0
        assert session.get(Incident, secret.id) is None
        assert session.get(Incident, shown.id) is not None


def test_events_and_what_hangs_on_them_are_hidden_by_key_too(store: Store, secret: Incident) -> None:
    told = add(store, question_of_another_name(secret), about=secret)
    store.reader = OUTSIDER
    with store.reading() as session:
        tables: tuple[type[SQLModel], ...] = (Event, EventPayload, EventChange)
        assert [session.get(table, told) for table in tables] == [None, None, None]
    store.reader = INSIDER
    with store.reading() as session:
        assert session.get(Event, told) is not None


def question_of_another_name(owner: Incident) -> IncidentQuestion:
    made = question(owner)
    made.name = "sites"
    return made


def test_an_event_of_an_open_incident_that_names_a_restricted_one_is_hidden(
    store: Store, secret: Incident, shown: Incident
) -> None:
    """A situation that takes in a restricted firm says so in its own log."""
    by_subject = add(store, about=shown, names=f"{OPEN} {SECRET}")
    with store.transaction(ACTOR, NOW) as unit:
        by_payload = unit.record(EventDraft("test.told", shown.id, payload={"children": [SECRET]}))
    plain = add(store, about=shown)
    store.reader = OUTSIDER
    with store.reading() as session:
        seen = set(session.exec(select(Event.id)).all())
        payloads = set(session.exec(select(EventPayload.event_id)).all())
    assert plain in seen
    assert {by_subject, by_payload} & (seen | payloads) == set()
    assert secret.readable_id == SECRET


def test_an_id_that_only_begins_another_one_is_not_that_one(store: Store) -> None:
    """``LAHTI-2027-40`` is a firm, ``LAHTI-2027-400`` the situation beside it."""
    made = incident("LAHTI-2027-40", Secrecy.RESTRICTED)
    near = incident("LAHTI-2027-400", Secrecy.GROUP)
    add(store, made, about=made)
    told = add(store, near, about=near)
    spoken = [
        add(store, about=near, names=text)
        for text in ("ks. lahti-2027-40n", "x:LAHTI-2027-40", "kuva-LAHTI-2027-40-fi.pdf")
    ]
    store.reader = OUTSIDER
    with store.reading() as session:
        seen = set(session.exec(select(Event.id)).all())
    assert told in seen
    assert not seen & set(spoken)


def test_a_thousand_hidden_incidents_are_one_condition(store: Store, shown: Incident) -> None:
    """Lists, one incident and its log answer; a condition for each would be more than SQLite takes."""
    many = [incident(f"LAHTI-2026-{number:04d}", Secrecy.RESTRICTED) for number in range(1000)]
    add(store, *many, about=shown)
    named = add(store, about=shown, names=many[-1].readable_id)
    store.reader = OUTSIDER
    sizes: list[int] = []
    sa.event.listen(
        store.engine,
        "before_cursor_execute",
        lambda *said: sizes.append(len(said[3])),  # the parameters
    )
    with store.reading() as session:
        assert ids(session) == [OPEN]
        told = session.exec(
            select(Event.id, EventPayload.event_id)
            .outerjoin(EventPayload, col(EventPayload.event_id) == col(Event.id))
            .where(Event.incident_id == shown.id)
        ).all()
    assert len(told) == 3
    assert named not in {event_id for event_id, _ in told}
    assert 0 < max(sizes) < 100


def test_a_link_to_a_restricted_firm_is_hidden_with_its_name(
    store: Store, secret: Incident, shown: Incident
) -> None:
    link = IncidentLink(
        owner_area=AREA,
        incident_id=shown.id,
        other_id=secret.id,
        name=secret.employer,
        kind=LinkKind.SUPPLIER,
        recorded_at=NOW,
    )
    plain = IncidentLink(
        owner_area=AREA,
        incident_id=shown.id,
        name="Esimerkkipalvelu Oy",
        kind=LinkKind.SITE_SERVICE,
        recorded_at=NOW,
    )
    add(store, link, plain, about=shown)
    store.reader = OUTSIDER
    with store.reading() as session:
        assert session.exec(select(IncidentLink.name)).all() == ["Esimerkkipalvelu Oy"]


def test_the_check_looks_at_everything(store: Store, secret: Incident) -> None:
    assert check(store) == []
    with store.reading() as session:
        assert secret.id in session.exec(select(Event.incident_id)).all()


def test_a_statement_that_says_so_sees_everything(store: Store, secret: Incident) -> None:
    """Whether an id is free must be judged over all, or two incidents would get one."""
    store.reader = OUTSIDER
    with store.reading() as session:
        found = session.exec(
            select(Incident.readable_id), execution_options={visibility.EVERYTHING: True}
        ).all()
    assert found == [secret.readable_id]
