"""Every act of the incident is either undone, row for row, or says why it stays; the list is complete."""

from __future__ import annotations

import datetime as dt
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pytest
from sqlmodel import SQLModel

from muutosturva.errors import RefusedError
from muutosturva.i18n import DEFAULT_LANGUAGE, LANGUAGES, Texts, catalogue
from muutosturva.incidents import service
from muutosturva.incidents.acts import undoing
from muutosturva.incidents.acts.undoing import KEPT, Why
from muutosturva.incidents.pure.figures import Figure
from muutosturva.incidents.pure.forms import Decision, Minutes, Review, Update, UpdateState
from muutosturva.incidents.reading import queries
from muutosturva.incidents.typed.pasting import NewTask
from muutosturva.models.states import (
    AreaPart,
    IncidentState,
    LinkKind,
    Measure,
    RecordKind,
    Secrecy,
    Stage,
    TaskState,
)
from muutosturva.playbooks.facts import AnchorValue, Site
from muutosturva.playbooks.library import Library
from muutosturva.rules.levels import Level
from muutosturva.store.check import check
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, FIRM_C, WHO
from tests.support.sheets import Hand
from tests.support.stores import ACTOR, NOW

REGION: Final = "LAHTI-2027-400"
SPRING: Final = AnchorValue.confirmed(dt.date(2028, 3, 1))
WAVE: Final = service.WaveChange("w1", count=40, notice=AnchorValue.confirmed(dt.date(2027, 4, 5)))
LINK: Final = service.Link("Malliapu Oy", LinkKind.AGENCY, "", 12, 2)
DECISION: Final = Decision("Vuoro 1.", "Esimerkki Elli", "Laki.")

LASTING: Final = frozenset({"event", "event_payload", "event_change", "incident_access"})
"""Tables that no undoing reaches: the log itself, and who knew."""
COUNTED: Final = frozenset({"version", "head_seq", "head_hash", "last_seq", "last_hash", "seq", "hash"})

Do = Callable[[Store], object]


def nothing(_: Store) -> None:
    """Prepare nothing."""


@dataclass(frozen=True)
class Case:
    """An act: what comes before it, the act, the kind of its event, and whose log it stands in."""

    act: Do
    kind: str
    before: Do = nothing
    incident: str = FIRM_A


def offered(store: Store) -> None:
    """Let a rise of the number offer tasks that no law asks for."""
    people = Figure(Stage.DECIDED, Measure.DISMISSAL, "", 60, 60)
    service.amend(store, FIRM_C, service.Amendment((people,)), reason="Luku.", **WHO)


def offers(store: Store) -> list[str]:
    """Return the tasks that wait for firm C's group."""
    with store.reading() as session:
        return [task.key for task in queries.tasks(session, FIRM_C) if task.state is TaskState.OFFERED]


def moved(state: IncidentState, incident: str = FIRM_A) -> Do:
    """Return the act that moves an incident to a state."""
    return lambda store: service.move_state(store, incident, state, reason="Syy.", **WHO)


def region(*firms: str) -> Do:
    """Return the act that groups firms."""
    return lambda store: service.group_incidents(store, REGION, list(firms), **WHO)


def emptied(store: Store) -> None:
    """Leave a situation without firms, so that nothing keeps it from closing."""
    region(FIRM_B)(store)
    service.ungroup_incidents(store, REGION, [FIRM_B], reason="Syy.", **WHO)


def ended(store: Store) -> None:
    """Close an empty situation."""
    emptied(store)
    service.close_incident(store, REGION, reason="Valmis.", **WHO)


def sheet(store: Store) -> None:
    """Hand back a task sheet with two tasks finished."""
    hand = Hand.of(store).set("log-news", state="tehty").set("first-contact", state="tehty")
    service.import_sheet(store, FIRM_A, hand.read(), file="t.xlsx", **WHO)


REVERSIBLE: Final[Mapping[str, Case]] = {
    "accept_offers": Case(
        lambda store: service.accept_offers(store, FIRM_C, **WHO), "offers_accepted", offered, FIRM_C
    ),
    "add_task": Case(
        lambda store: service.add_task(
            store, FIRM_A, "own", title="Oma", role="lead", due=dt.date(2027, 4, 1), **WHO
        ),
        "task_added",
    ),
    "add_tasks": Case(
        lambda store: service.add_tasks(store, FIRM_A, [NewTask("Yksi"), NewTask("Kaksi")], **WHO),
        "tasks_added",
    ),
    "amend": Case(
        lambda store: service.amend(
            store,
            FIRM_A,
            service.Amendment((Figure(Stage.DECIDED, Measure.DISMISSAL, "", 9, 9),)),
            reason="Päätös.",
            **WHO,
        ),
        "amended",
    ),
    "answer": Case(
        lambda store: service.answer(store, FIRM_A, "residence_permits", "kyllä", **WHO), "answered"
    ),
    "assign_role": Case(
        lambda store: service.assign_role(store, FIRM_A, "lead", "Talous Tapio", **WHO), "role_assigned"
    ),
    "assign_task": Case(
        lambda store: service.assign_task(store, FIRM_A, "log-news", person="Talous Tapio", **WHO),
        "task_assigned",
    ),
    "change_link": Case(
        lambda store: service.change_link(
            store, FIRM_A, service.Link("malliapu", LinkKind.SUPPLIER, "", 20, 0), reason="Oikaisu.", **WHO
        ),
        "link_changed",
        lambda store: service.link_firm(store, FIRM_A, LINK, **WHO),
    ),
    "close_incident": Case(
        lambda store: service.close_incident(store, REGION, reason="Valmis.", **WHO),
        "state_moved",
        emptied,
        REGION,
    ),
    "decline_offers": Case(
        lambda store: service.decline_offers(store, FIRM_C, offers(store), reason="Ei.", **WHO),
        "offers_declined",
        offered,
        FIRM_C,
    ),
    "finish_task": Case(
        lambda store: service.finish_task(store, FIRM_A, "first-contact", **WHO), "task_done"
    ),
    "finish_task_area": Case(
        lambda store: service.finish_task_area(store, FIRM_A, "tell-neighbours", "paijat-hame", **WHO),
        "task_area_done",
        lambda store: service.set_task_area(store, FIRM_A, "tell-neighbours", "paijat-hame", **WHO),
    ),
    "group_incidents": Case(region(FIRM_A), "grouped", region(FIRM_B), REGION),
    "import_sheet": Case(sheet, "tasks_imported"),
    "link_firm": Case(lambda store: service.link_firm(store, FIRM_A, LINK, **WHO), "firm_linked"),
    "merge_incidents": Case(
        lambda store: service.merge_incidents(store, FIRM_B, FIRM_A, reason="Sama.", **WHO),
        "merged",
        lambda store: service.finish_task(store, FIRM_B, "first-contact", **WHO),
    ),
    "move_state": Case(moved(IncidentState.DORMANT), "state_moved"),
    "move_task": Case(
        lambda store: service.move_task(store, FIRM_A, "first-contact", before="log-news", **WHO),
        "task_moved",
    ),
    "rebase": Case(
        lambda store: service.rebase(
            store,
            FIRM_A,
            Library().load("small-layoff"),
            wanted=service.Wanted(),
            reason="Pienempi.",
            **WHO,
        ),
        "rebased",
    ),
    "redate_task": Case(
        lambda store: service.redate_task(
            store, FIRM_A, "employer-list", due=dt.date(2027, 4, 9), reason="Sovittiin.", **WHO
        ),
        "task_redated",
    ),
    "remove_task_area": Case(
        lambda store: service.remove_task_area(store, FIRM_A, "tell-neighbours", "paijat-hame", **WHO),
        "task_area_removed",
        lambda store: service.set_task_area(store, FIRM_A, "tell-neighbours", "paijat-hame", **WHO),
    ),
    "remove_wave": Case(
        lambda store: service.remove_wave(store, FIRM_A, "w1", reason="Peruttu.", **WHO),
        "wave_removed",
        lambda store: service.set_wave(store, FIRM_A, WAVE, reason="Päätös.", **WHO),
    ),
    "reopen_incident": Case(
        lambda store: service.reopen_incident(store, REGION, reason="Jatkuu.", **WHO),
        "state_moved",
        ended,
        REGION,
    ),
    "resume": Case(
        lambda store: service.resume(store, FIRM_A, anchors={"proposal": SPRING}, reason="Uusi.", **WHO),
        "resumed",
        moved(IncidentState.DORMANT),
    ),
    "set_anchor": Case(
        lambda store: service.set_anchor(
            store, FIRM_A, "decision", AnchorValue.confirmed(dt.date(2027, 4, 20)), reason="Siirtyi.", **WHO
        ),
        "anchor_set",
    ),
    "set_label": Case(
        lambda store: service.set_label(store, FIRM_A, ["log-news"], "kiire", **WHO), "tasks_labelled"
    ),
    "set_level": Case(
        lambda store: service.set_level(store, FIRM_A, Level.M, reason="Syy.", **WHO), "level_set"
    ),
    "set_task_area": Case(
        lambda store: service.set_task_area(
            store, FIRM_A, "tell-neighbours", "paijat-hame", part=AreaPart.LEAD, **WHO
        ),
        "task_area_set",
    ),
    "set_wave": Case(
        lambda store: service.set_wave(store, FIRM_A, WAVE, reason="Päätös.", **WHO), "wave_set"
    ),
    "skip_review": Case(
        lambda store: service.skip_review(store, REGION, reason="Pieni.", **WHO),
        "review_skipped",
        ended,
        REGION,
    ),
    "skip_task": Case(
        lambda store: service.skip_task(store, FIRM_A, "action-plan", reason="Ei.", **WHO), "task_skipped"
    ),
    "start_task": Case(lambda store: service.start_task(store, FIRM_A, "log-news", **WHO), "task_started"),
    "start_task again": Case(
        lambda store: service.start_task(store, FIRM_A, "log-news", reason="Kesken.", **WHO),
        "task_reopened",
        lambda store: service.finish_task(store, FIRM_A, "log-news", **WHO),
    ),
    "ungroup_incidents": Case(
        lambda store: service.ungroup_incidents(store, REGION, [FIRM_A], reason="Eri.", **WHO),
        "ungrouped",
        region(FIRM_A, FIRM_B),
        REGION,
    ),
    "widen": Case(
        lambda store: service.widen(
            store,
            FIRM_A,
            service.Widening((Site("orimattila", "Orimattila"),), ("lohja",), ("uk",)),
            reason="Toinenkin tehdas suljetaan.",
            **WHO,
        ),
        "widened",
    ),
    "unlink_firm": Case(
        lambda store: service.unlink_firm(store, FIRM_A, "malliapu", reason="Virhe.", **WHO),
        "firm_unlinked",
        lambda store: service.link_firm(store, FIRM_A, LINK, **WHO),
    ),
}


def record(form: Decision | Minutes | Update | Review) -> Do:
    """Return the act that writes a record down."""
    return lambda store: service.add_record(store, FIRM_A, form, **WHO)


def proof(store: Store) -> None:
    """Attach an address."""
    service.attach(store, FIRM_A, "https://esimerkki.example/tiedote", **WHO)


def shut_out(store: Store) -> None:
    """Restrict firm A, and end the access of one of its people."""
    service.set_secrecy(store, FIRM_A, Secrecy.RESTRICTED, reason="Salaa.", **WHO)
    service.end_access(store, FIRM_A, "Talous Tapio", reason="Ei tarvitse.", **WHO)


STAYS: Final[Mapping[str, Case]] = {
    "add_note": Case(lambda store: service.add_note(store, FIRM_A, "Soitettu.", **WHO), "noted"),
    "add_record": Case(record(DECISION), "decided"),
    "add_record update": Case(record(Update(UpdateState.ON_TRACK, "Hyvin.")), "update_given"),
    "attach": Case(proof, "attached"),
    "correct_record": Case(
        lambda store: service.correct_record(
            store,
            FIRM_A,
            RecordKind.DECISION,
            1,
            Decision("Vuoro 2.", "Elli", "Laki."),
            reason="Oli 2.",
            **WHO,
        ),
        "record_corrected",
        record(DECISION),
    ),
    "detach": Case(lambda store: service.detach(store, FIRM_A, 1, reason="Väärä.", **WHO), "detached", proof),
    "group_incidents": Case(region(FIRM_A), "grouped", incident=REGION),
    "publish": Case(lambda store: service.publish(store, FIRM_A, reason="Tiedote.", **WHO), "published"),
    "set_secrecy": Case(
        lambda store: service.set_secrecy(store, FIRM_A, Secrecy.RESTRICTED, reason="Salaa.", **WHO),
        "secrecy_set",
    ),
    "grant_access": Case(
        lambda store: service.grant_access(store, FIRM_A, "Talous Tapio", reason="Tarvitsee.", **WHO),
        "access_granted",
        shut_out,
    ),
    "end_access": Case(shut_out, "access_ended"),
    "record_escalation": Case(
        lambda store: service.record_escalation(
            store, FIRM_A, "B3", to="Talous Tapio", actor=ACTOR, now=NOW + dt.timedelta(days=7)
        ),
        "task_escalated",
    ),
}


def stands(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table but the log's, without its count of changes."""
    found = {}
    with store.reading() as session:
        connection = session.connection()
        for table in SQLModel.metadata.sorted_tables:
            columns = [column for column in table.columns if column.name not in COUNTED]
            if table.name in LASTING or "id" not in table.columns:
                continue
            rows = connection.execute(table.select().with_only_columns(*columns).order_by(table.c.id))
            found[table.name] = [dict(row._mapping) for row in rows]
    return found


def newest(store: Store, incident: str, kind: str) -> int:
    """Return the number of an incident's newest event of a kind."""
    with store.reading() as session:
        entries = queries.log_entries(session, incident)
    return next(entry.seq for entry in entries if entry.kind == f"incidents.{kind}")


@pytest.mark.parametrize("name", REVERSIBLE)
def test_undone_and_done_again_every_row_is_as_it_was(opened_store: Store, name: str) -> None:
    """All tables are compared, so what an act does beside its purpose comes back too."""
    case = REVERSIBLE[name]
    case.before(opened_store)
    before = stands(opened_store)
    case.act(opened_store)
    after = stands(opened_store)
    assert after != before

    seq = newest(opened_store, case.incident, case.kind)
    undone = undoing.undo_event(opened_store, case.incident, seq=seq, **WHO)
    assert stands(opened_store) == before
    assert undone.event.kind == f"incidents.{case.kind}"

    undoing.redo_event(opened_store, case.incident, **WHO)
    assert stands(opened_store) == after
    assert check(opened_store) == []


@pytest.mark.parametrize("name", STAYS)
def test_what_stays_says_why_and_what_to_do_instead(opened_store: Store, name: str) -> None:
    case = STAYS[name]
    case.before(opened_store)
    case.act(opened_store)
    before = stands(opened_store)

    seq = newest(opened_store, case.incident, case.kind)
    with pytest.raises(RefusedError) as caught:
        undoing.undo_event(opened_store, case.incident, seq=seq, **WHO)

    assert caught.value.key.startswith("incidents.not_undoable_")
    for language in LANGUAGES:
        assert str(seq) in Texts(language).error(caught.value)
    assert stands(opened_store) == before


def test_every_use_case_is_among_them() -> None:
    """A new act is undone, or its place says why not: nobody forgets to decide."""
    acts = {
        name
        for name in service.__all__
        if inspect.isfunction(getattr(service, name))
        and "actor" in inspect.signature(getattr(service, name)).parameters
        and not name.startswith("preview_")
    }
    decided = {name.partition(" ")[0] for name in (*REVERSIBLE, *STAYS)}
    others = {
        "undo_event",
        "redo_event",
        "open_incident",
        "end_access",
        "check_evidence",
        "set_office_days",
        "set_office_labels",
    }
    assert acts == decided | others


def test_every_kind_of_event_is_undone_or_kept() -> None:
    kinds = {
        match[1]
        for key in catalogue(DEFAULT_LANGUAGE)
        if (match := re.fullmatch(r"incidents\.event\.([a-z_]+)", key))
    }
    undone = {case.kind for case in REVERSIBLE.values()}
    kept = {kind.partition(".")[2] for kind in KEPT}
    assert kinds == undone | kept | {"undone"}
    assert not undone & kept
    assert {case.kind for case in STAYS.values()} - {"grouped"} <= kept
    assert set(KEPT.values()) == set(Why)
