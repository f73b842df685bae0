"""A site, area, language or wave that comes later brings its tasks and touches no other row."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlmodel import select

from muutosturva.errors import InputError, MuutosturvaError, NotFoundError, RefusedError
from muutosturva.incidents import service
from muutosturva.incidents.reading import queries
from muutosturva.models.states import IncidentState, TaskState
from muutosturva.models.work import PlanMessage, Task
from muutosturva.playbooks.facts import Site
from muutosturva.store.check import check
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, FIRM_C, WHO

SITE = Site("orimattila", "Orimattilan tehdas", "Orimattila")
COMING = {
    "site": service.Widening(sites=(SITE,)),
    "area": service.Widening(areas=("lohja",)),
    "language": service.Widening(languages=("ukraina",)),
    "all": service.Widening((SITE, Site("ä-2", "Ä #2")), ("Vantaa",), ("sv", "uk")),
}


def rows(store: Store, incident: str = FIRM_A) -> dict[str, dict[str, Any]]:
    """Return every task's row, its version with it: an untouched one has not even been written."""
    with store.reading() as session:
        owner = queries.find_incident(session, incident)
        found = session.exec(select(Task).where(Task.incident_id == owner.id)).all()
        return {row.key: row.model_dump() for row in found}


def worked(store: Store) -> None:
    """Let the group begin, finish, skip and date things before."""
    service.finish_task(store, FIRM_A, "log-news", **WHO)
    service.start_task(store, FIRM_A, "first-contact", **WHO)
    service.skip_task(store, FIRM_A, "staff-session[lahti,fi]", reason="Yhteinen.", **WHO)
    service.finish_task(store, FIRM_A, "staff-session[lahti,en]", **WHO)
    service.redate_task(store, FIRM_A, "fair", due=dt.date(2027, 5, 5), reason="Sali.", **WHO)
    service.add_task(store, FIRM_A, "own", title="Oma", role="lead", due=None, **WHO)


@pytest.mark.parametrize("name", COMING)
def test_what_comes_later_adds_its_tasks_and_touches_no_other_row(opened_store: Store, name: str) -> None:
    """The second factory closes a month later: nobody's finished session is opened again for it."""
    worked(opened_store)
    before = rows(opened_store)
    seen = service.preview_widening(opened_store, FIRM_A, COMING[name])
    assert rows(opened_store) == before
    made = service.widen(opened_store, FIRM_A, COMING[name], reason="Laajeni.", **WHO)
    after = rows(opened_store)
    assert {key: after[key] for key in before} == before
    assert set(made.changes.added) == after.keys() - before.keys()
    assert seen.changes == made.changes
    assert (made.changes.moved, made.changes.withdrawn, made.changes.offered) == ((), (), ())
    with opened_store.reading() as session:
        entry = queries.log_entries(session, FIRM_A)[0]
    payload = entry.payload or {}
    assert entry.kind == "incidents.widened"
    assert set(payload["added"]) == set(made.changes.added)
    assert not payload.get("moved")
    assert not payload.get("withdrawn")
    assert check(opened_store) == []


def test_a_wave_that_comes_later_leaves_the_rows_of_the_others_alone(opened_store: Store) -> None:
    """With the first wave named, a second one is work for those it holds and for nobody else."""
    first, second = (service.WaveChange(name, count=10, notice=None, end=None) for name in ("w1", "w2"))
    service.set_wave(opened_store, FIRM_A, first, reason="Päätös.", **WHO)
    service.finish_task(opened_store, FIRM_A, "registration-check[w1]", **WHO)
    before = rows(opened_store)
    made = service.set_wave(opened_store, FIRM_A, second, reason="Lisää.", **WHO).changes
    after = rows(opened_store)
    assert {key: after[key] for key in before} == before
    assert after.keys() - before.keys() == set(made.added)
    assert all("w2" in after[key]["item"] for key in made.added)


def test_messages_are_sent_in_a_language_that_comes_later(opened_store: Store) -> None:
    """Its staff session alone would help nobody who cannot read the invitation."""

    def spoken() -> set[tuple[str, ...]]:
        with opened_store.reading() as session:
            owner = queries.find_incident(session, FIRM_A)
            found = session.exec(select(PlanMessage).where(PlanMessage.incident_id == owner.id)).all()
            return {tuple(row.languages) for row in found if "en" in row.languages}

    before = spoken()
    service.widen(opened_store, FIRM_A, COMING["language"], reason="Uusi vuoro.", **WHO)
    assert spoken() == {
        (*languages, "uk") if languages == ("fi", "en") else languages for languages in before
    }
    assert ("fi", "en", "uk") in spoken()


def test_languages_told_as_a_changed_answer_do_the_same(opened_store: Store) -> None:
    """The trigger asks for them as a question: correcting the answer must not be passed over."""
    before = rows(opened_store)
    told = service.Amendment(inputs={"languages": "fi, en, sv"})
    changes = service.amend(opened_store, FIRM_A, told, reason="Uusi vuoro.", accept=True, **WHO).changes
    after = rows(opened_store)
    assert {key: after[key] for key in before} == before
    assert set(changes.added) == after.keys() - before.keys() == {"staff-session[lahti,sv]"}


def refused(
    store: Store, kind: type[MuutosturvaError], widening: service.Widening, incident: str = FIRM_A
) -> str:
    with pytest.raises(kind) as caught:
        service.widen(store, incident, widening, reason="Laajeni.", **WHO)
    return caught.value.problems[0].code if caught.value.problems else caught.value.key


def test_what_is_there_already_is_told(opened_store: Store) -> None:
    """Whoever types it believes it is missing; two names that come to one id would share their tasks."""
    twice = (Site("kemi", "Kemi"), Site("kemi", "KEMI!"))
    for widening, code in (
        (service.Widening(sites=(Site("lahti", "Lahti"),)), "site_there"),
        (service.Widening(sites=twice), "site_there"),
        (service.Widening(areas=("paijat-hame",)), "area_there"),
        (service.Widening(languages=("suomi",)), "language_there"),
        (service.Widening(), "nothing_widened"),
    ):
        assert refused(opened_store, InputError, widening) == f"incidents.{code}"
    assert (
        refused(opened_store, NotFoundError, service.Widening(areas=("Kuu",))) == "incidents.area_not_found"
    )


def test_only_a_running_firm_is_widened(opened_store: Store) -> None:
    service.group_incidents(opened_store, "LAHTI-2027-400", [FIRM_A, FIRM_B], **WHO)
    key = refused(opened_store, RefusedError, COMING["site"], "LAHTI-2027-400")
    assert key == "incidents.situation_has_no_tasks"
    service.move_state(opened_store, FIRM_C, IncidentState.CANCELLED, reason="Väärä hälytys.", **WHO)
    assert refused(opened_store, RefusedError, COMING["site"], FIRM_C) == "incidents.not_running"


def test_new_tasks_are_open(opened_store: Store) -> None:
    made = service.widen(opened_store, FIRM_A, COMING["site"], reason="Laajeni.", **WHO)
    found = rows(opened_store)
    assert {found[key]["state"] for key in made.changes.added} <= {TaskState.WAITING, TaskState.READY}
