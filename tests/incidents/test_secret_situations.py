"""A firm that few may know of, among others: in a situation, cancelled, or opened twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from muutosturva.errors import MuutosturvaError, NotFoundError, RefusedError
from muutosturva.incidents import service
from muutosturva.incidents.acts.evidence import evidence
from muutosturva.incidents.acts.links import Link
from muutosturva.incidents.acts.publishing import public_at
from muutosturva.incidents.acts.records import records
from muutosturva.incidents.acts.undoing import undoable
from muutosturva.incidents.pure.views import IncidentView
from muutosturva.incidents.reading import queries
from muutosturva.models.states import IncidentState, LinkKind, Secrecy
from muutosturva.store.check import check
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, FIRM_C, WHO
from tests.support.stores import ACTOR, NOW

REGION: Final = "LAHTI-2027-S1"
OUTSIDER: Final = "Esimerkki Olli"
NAME: Final = "Keksitty Kori"
"""The beginning of firm A's name."""


@pytest.fixture
def secret(opened_store: Store) -> Store:
    """Make firm A restricted; the two others stay known to the group."""
    service.set_secrecy(opened_store, FIRM_A, Secrecy.RESTRICTED, reason="x", **WHO)
    return opened_store


def inside(store: Store, incident: str) -> set[str]:
    with store.reading() as session:
        return {place.name for place in service.access_list(session, incident) if place.ended_at is None}


def seen(store: Store, incident: str) -> IncidentView | None:
    """Return the incident as somebody outside sees it."""
    store.reader = OUTSIDER
    try:
        with store.reading() as session:
            return queries.incident_view(session, incident)
    except NotFoundError:
        return None
    finally:
        store.reader = None


def told_outside(store: Store, incident: str) -> str:
    """Return everything an outsider reads of an incident: page, tasks, log, records, evidence."""
    store.reader = OUTSIDER
    with store.reading() as session:
        found: list[Any] = [
            queries.incident_view(session, incident),
            queries.tasks(session, incident),
            queries.log_entries(session, incident),
            queries.summaries(session, NOW.date()),
            records(session, incident),
            evidence(session, incident),
            undoable(session, incident, limit=1000),
        ]
    store.reader = None
    return repr(found)


@pytest.mark.parametrize("begun", [False, True], ids=["new", "existing"])
def test_nobody_joins_a_secret_firm_to_others_by_accident(secret: Store, begun: bool) -> None:  # noqa: FBT001
    if begun:
        service.group_incidents(secret, REGION, [FIRM_B], **WHO)
    with pytest.raises(RefusedError, match="group_secret") as caught:
        service.group_incidents(secret, REGION, [FIRM_A, FIRM_C], **WHO)
    assert caught.value.params["children"] == [FIRM_A]
    with secret.reading() as session:
        assert queries.incident_view(session, FIRM_A).parent == ""


@pytest.mark.parametrize("begun", [False, True], ids=["new", "existing"])
def test_kept_as_it_is_the_situation_shows_the_firm_to_nobody_outside(secret: Store, begun: bool) -> None:  # noqa: FBT001
    """Neither the firm nor its people: the sums they see are over the firms they may know."""
    if begun:
        service.group_incidents(secret, REGION, [FIRM_C], **WHO)
    whole = service.group_incidents(
        secret, REGION, [FIRM_A, FIRM_C], secret=service.SecretJoining.KEEP, **WHO
    )
    part, alone = seen(secret, REGION), seen(secret, FIRM_C)
    assert (whole.secrecy, set(whole.children)) == (Secrecy.GROUP, {FIRM_A, FIRM_C})
    assert part is not None
    assert alone is not None
    assert (part.children, part.people) == ((FIRM_C,), alone.people)
    assert whole.people != part.people
    assert FIRM_A not in told_outside(secret, REGION)
    assert NAME not in told_outside(secret, REGION)


@pytest.mark.parametrize("begun", [False, True], ids=["new", "existing"])
def test_raised_the_situation_is_seen_by_those_inside_its_secret_firm(secret: Store, begun: bool) -> None:  # noqa: FBT001
    """The open firms stay open; only what joins them to the secret one is kept."""
    if begun:
        service.group_incidents(secret, REGION, [FIRM_C], **WHO)
    view = service.group_incidents(
        secret, REGION, [FIRM_A, FIRM_C], secret=service.SecretJoining.RAISE, **WHO
    )
    assert view.secrecy is Secrecy.RESTRICTED
    assert inside(secret, REGION) == {ACTOR, *inside(secret, FIRM_A)}
    assert seen(secret, REGION) is None
    alone = seen(secret, FIRM_C)
    assert alone is not None
    assert alone.parent == ""
    assert REGION not in told_outside(secret, FIRM_C)
    with secret.reading() as session:
        turns = public_at(session, REGION, NOW).turns
        kinds = [entry.kind for entry in queries.log_entries(session, REGION, limit=3)]
    assert turns[-1].secrecy is Secrecy.RESTRICTED
    assert kinds == ["incidents.access_granted", "incidents.secrecy_set", "incidents.grouped"]
    assert check(secret) == []


def test_a_raised_class_is_not_lowered_by_undoing(secret: Store) -> None:
    """The firm is taken out and the class is moved by word, so that the log says who lowered it and why."""
    service.group_incidents(secret, REGION, [FIRM_C], **WHO)
    service.group_incidents(secret, REGION, [FIRM_A], secret=service.SecretJoining.RAISE, **WHO)
    with pytest.raises(RefusedError):
        service.undo_event(secret, REGION, **WHO)
    service.ungroup_incidents(secret, REGION, [FIRM_A], reason="x", **WHO)
    service.set_secrecy(secret, REGION, Secrecy.GROUP, reason="x", **WHO)
    assert seen(secret, REGION) is not None


def test_a_less_secret_firm_joins_a_secret_situation_as_it_is(secret: Store) -> None:
    """Who is outside sees the firm alone, and hears no more than that it is in some situation."""
    service.group_incidents(secret, REGION, [FIRM_A], **WHO)
    service.group_incidents(secret, REGION, [FIRM_C], **WHO)
    assert seen(secret, REGION) is None
    secret.reader = OUTSIDER
    with pytest.raises(RefusedError) as caught:
        service.group_incidents(secret, "LAHTI-2027-S2", [FIRM_C], actor=OUTSIDER, now=NOW)
    assert caught.value.key == "incidents.grouped_elsewhere"
    assert REGION not in repr(dict(caught.value.params))


def test_situations_of_restricted_firms_alone_are_restricted(secret: Store) -> None:
    service.set_secrecy(secret, FIRM_C, Secrecy.RESTRICTED, reason="x", **WHO)
    view = service.group_incidents(secret, REGION, [FIRM_A, FIRM_C], **WHO)
    assert view.secrecy is Secrecy.RESTRICTED
    assert inside(secret, REGION) == inside(secret, FIRM_A) | inside(secret, FIRM_C)


def write_secrets(store: Store, incident: str, folder: Path) -> None:
    """Write something of every kind into an incident."""
    file = folder / "muistio.txt"
    file.write_text("salaisuus", encoding="utf-8")
    service.add_note(store, incident, "SALAISUUS muistiinpanossa", **WHO)
    service.attach(store, incident, str(file), title="SALAISUUS todisteena", **WHO)
    service.add_task(
        store, incident, "secret-step", title="SALAISUUS tehtävänä", role="lead", due=None, **WHO
    )


def test_a_secret_firm_that_was_cancelled_stays_secret_in_its_situation(
    secret: Store, tmp_path: Path
) -> None:
    """A situation's log and records hold those of cancelled firms too, for those who may know of them."""
    write_secrets(secret, FIRM_A, tmp_path)
    service.group_incidents(secret, REGION, [FIRM_A, FIRM_C], secret=service.SecretJoining.KEEP, **WHO)
    service.move_state(secret, FIRM_A, IncidentState.CANCELLED, reason="Väärä hälytys.", **WHO)
    told = told_outside(secret, REGION)
    assert [word for word in (FIRM_A, NAME, "SALAISUUS") if word in told] == []
    with secret.reading() as session:
        assert "SALAISUUS" in repr(queries.log_entries(session, REGION))


def test_a_secret_duplicate_is_not_merged_into_what_others_see(secret: Store, tmp_path: Path) -> None:
    write_secrets(secret, FIRM_A, tmp_path)
    for act in (service.preview_merge, service.merge_incidents):
        more: dict[str, Any] = {} if act is service.preview_merge else {"reason": "x", **WHO}
        with pytest.raises(RefusedError, match="merge_secret"):
            act(secret, FIRM_A, FIRM_C, **more)


def test_a_duplicate_made_secret_afterwards_is_out_of_sight_with_all_it_held(
    opened_store: Store, tmp_path: Path
) -> None:
    """What was carried over has been seen; what stayed in the duplicate has its class."""
    service.add_note(opened_store, FIRM_A, "SALAISUUS muistiinpanossa", **WHO)
    service.merge_incidents(opened_store, FIRM_A, FIRM_C, reason="x", **WHO)
    assert "SALAISUUS" in told_outside(opened_store, FIRM_C)
    service.set_secrecy(opened_store, FIRM_A, Secrecy.RESTRICTED, reason="x", **WHO)
    told = told_outside(opened_store, FIRM_C)
    assert [word for word in (FIRM_A, NAME, "SALAISUUS") if word in told] == []


def test_an_open_duplicate_of_a_secret_firm_does_not_name_it(secret: Store) -> None:
    service.merge_incidents(secret, FIRM_C, FIRM_A, reason="x", **WHO)
    told = told_outside(secret, FIRM_C)
    assert [word for word in (FIRM_A, NAME) if word in told] == []


def test_a_link_to_a_secret_firm_is_not_seen_and_not_counted_outside(secret: Store) -> None:
    before = seen(secret, FIRM_C)
    service.link_firm(secret, FIRM_C, Link(f"{NAME} Oy", LinkKind.SUPPLIER, FIRM_A, 50, 10, "x"), **WHO)
    after = seen(secret, FIRM_C)
    assert before is not None
    assert after is not None
    assert (after.links, after.people, after.beyond) == (before.links, before.people, before.beyond)
    told = told_outside(secret, FIRM_C)
    assert [word for word in (FIRM_A, NAME) if word in told] == []


def test_errors_for_a_secret_incident_are_those_for_none(secret: Store) -> None:
    """Whichever act is tried: an outsider's mistake and a guess are answered alike."""
    acts: dict[str, Callable[[str], object]] = {
        "note": lambda name: service.add_note(secret, name, "x", actor=OUTSIDER, now=NOW),
        "group": lambda name: service.group_incidents(secret, REGION, [name], actor=OUTSIDER, now=NOW),
        "merge": lambda name: service.preview_merge(secret, name, FIRM_C),
        "into": lambda name: service.preview_merge(secret, FIRM_C, name),
        "link": lambda name: service.link_firm(
            secret, FIRM_C, Link("x", LinkKind.OTHER, name), actor=OUTSIDER, now=NOW
        ),
        "publish": lambda name: service.publish(secret, name, reason="x", actor=OUTSIDER, now=NOW),
    }
    secret.reader = OUTSIDER
    for label, act in acts.items():
        told = []
        for name in (FIRM_A, "LAHTI-2027-09"):
            with pytest.raises(MuutosturvaError) as caught:
                act(name)
            told.append((type(caught.value), caught.value.key, {**caught.value.params, "incident": ""}))
        assert told[0] == told[1], label
