"""Several firms: grouped and taken apart, opened twice and merged, with what hangs on them."""

from __future__ import annotations

import pytest

from muutosturva.documents.export import situation_document
from muutosturva.documents.situation import build
from muutosturva.errors import ConflictError, InputError, NotFoundError, RefusedError, UsageError
from muutosturva.incidents import service
from muutosturva.incidents.acts.links import Link
from muutosturva.incidents.pure.tally import Tally
from muutosturva.incidents.pure.views import IncidentView
from muutosturva.incidents.reading import queries
from muutosturva.models.states import IncidentState, LinkKind, TaskState
from muutosturva.store.check import check
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, FIRM_C, WHO
from tests.support.stores import ACTOR, NOW

REGION = "LAHTI-2027-400"


def view_of(store: Store, incident: str) -> IncidentView:
    """Return an incident."""
    with store.reading() as session:
        return queries.incident_view(session, incident)


def people_everywhere(store: Store, incident: str) -> set[Tally]:
    """Return the sum as the page, the list and the briefing have it."""
    with store.reading() as session:
        listed = next(line for line in queries.summaries(session, NOW.date()) if line.readable_id == incident)
        picture = build(session, incident, kind=store.kind, now=NOW, made_by=ACTOR)
    return {view_of(store, incident).people, listed.people, picture.headcount}


def test_what_was_grouped_can_be_taken_apart(opened_store: Store) -> None:
    before = view_of(opened_store, FIRM_A)
    service.group_incidents(opened_store, REGION, [FIRM_A, FIRM_B], **WHO)
    service.ungroup_incidents(opened_store, REGION, [FIRM_A], reason="Eri asia.", **WHO)

    after = view_of(opened_store, FIRM_A)
    assert (after.parent, after.people, after.state) == (before.parent, before.people, before.state)
    assert view_of(opened_store, REGION).children == (FIRM_B,)


def test_a_situation_left_empty_stays_for_the_next_firm(opened_store: Store) -> None:
    service.group_incidents(opened_store, REGION, [FIRM_A], **WHO)
    empty = service.ungroup_incidents(opened_store, REGION, [FIRM_A], reason="Eri asia.", **WHO)

    assert (empty.children, empty.state, empty.headcount) == ((), IncidentState.ACTIVE, None)
    assert service.group_incidents(opened_store, REGION, [FIRM_B], **WHO).children == (FIRM_B,)


def test_only_what_is_in_a_situation_can_be_taken_out(opened_store: Store) -> None:
    service.group_incidents(opened_store, REGION, [FIRM_A], **WHO)

    with pytest.raises(RefusedError):
        service.ungroup_incidents(opened_store, REGION, [FIRM_B], reason="Syy.", **WHO)
    with pytest.raises(RefusedError):
        service.ungroup_incidents(opened_store, FIRM_A, [FIRM_B], reason="Syy.", **WHO)
    with pytest.raises(UsageError):
        service.ungroup_incidents(opened_store, REGION, [], reason="Syy.", **WHO)
    with pytest.raises(InputError):
        service.ungroup_incidents(opened_store, REGION, [FIRM_A], reason=" ", **WHO)
    version = view_of(opened_store, REGION).version
    with pytest.raises(ConflictError):
        service.ungroup_incidents(
            opened_store, REGION, [FIRM_A], reason="Syy.", expected_version=version + 1, **WHO
        )


def test_a_sum_is_one_sum_wherever_it_is_read(opened_store: Store) -> None:
    """260 and 90, of whom 30 of firm B work on firm A's site and stand in its number too."""
    a, b = view_of(opened_store, FIRM_A).headcount, view_of(opened_store, FIRM_B).headcount
    assert a is not None
    assert b is not None
    service.group_incidents(opened_store, REGION, [FIRM_A, FIRM_B], **WHO)
    service.link_firm(
        opened_store, FIRM_A, Link("Firma B", LinkKind.SITE_SERVICE, FIRM_B, b, 30, "johtaja"), **WHO
    )

    assert people_everywhere(opened_store, REGION) == {Tally(a + b - 30, 0)}
    service.unlink_firm(opened_store, FIRM_A, "firma b oy", reason="Virhe.", **WHO)
    assert people_everywhere(opened_store, REGION) == {Tally(a + b, 0)}


def test_a_cancelled_firm_counts_nothing(opened_store: Store) -> None:
    b = view_of(opened_store, FIRM_B).headcount
    service.group_incidents(opened_store, REGION, [FIRM_A, FIRM_B], **WHO)
    service.move_state(opened_store, FIRM_A, IncidentState.CANCELLED, reason="Väärä hälytys.", **WHO)

    assert people_everywhere(opened_store, REGION) == {Tally(b, 0)}
    with opened_store.reading() as session:
        assert {task.incident for task in queries.tasks(session, REGION)} == {FIRM_B}
        assert FIRM_A in {entry.incident for entry in queries.log_entries(session, REGION)}


def test_a_supplier_without_an_incident_stands_apart(opened_store: Store) -> None:
    """40 people of the cleaning firm, ten of whom the factory counted among its own."""
    own = view_of(opened_store, FIRM_A).people
    linked = service.link_firm(opened_store, FIRM_A, Link("Malliapu Oy", LinkKind.AGENCY, "", 40, 10), **WHO)
    assert (linked.people, linked.beyond) == (own, Tally(30, 0))

    changed = service.change_link(
        opened_store, FIRM_A, Link("malliapu", LinkKind.AGENCY, "", None, 10), reason="Ei tiedä.", **WHO
    )
    assert (changed.people, changed.beyond) == (own, Tally(None, 1))


@pytest.mark.parametrize(
    ("link", "error"),
    [
        (Link(" ", LinkKind.OTHER, "", -1, -2), InputError),
        (Link("Malli", LinkKind.OTHER, "", 5, 6), InputError),
        (Link("Malli", LinkKind.OTHER, FIRM_A), RefusedError),
        (Link("Malli", LinkKind.OTHER, "LAHTI-2027-777"), NotFoundError),
    ],
)
def test_a_link_that_cannot_be_is_refused(opened_store: Store, link: Link, error: type[Exception]) -> None:
    with pytest.raises(error):
        service.link_firm(opened_store, FIRM_A, link, **WHO)
    assert view_of(opened_store, FIRM_A).links == ()


def test_one_firm_is_linked_once(opened_store: Store) -> None:
    service.link_firm(opened_store, FIRM_A, Link("Malliapu Oy", LinkKind.AGENCY), **WHO)
    with pytest.raises(RefusedError):
        service.link_firm(opened_store, FIRM_A, Link("malliapu", LinkKind.SUPPLIER), **WHO)
    with pytest.raises(NotFoundError):
        service.unlink_firm(opened_store, FIRM_A, "Mallihuolto", reason="Syy.", **WHO)


def test_a_merge_loses_nothing(opened_store: Store) -> None:
    """Two people opened one firm: what either has done is done, what either wrote is read."""
    service.finish_task(opened_store, FIRM_B, "first-contact", **WHO)
    for incident in (FIRM_A, FIRM_B):
        service.add_task(opened_store, incident, "own", title="Oma", role="lead", due=None, **WHO)
    service.add_note(opened_store, FIRM_B, "Johtaja soitti.", **WHO)
    service.link_firm(opened_store, FIRM_B, Link("Malliapu Oy", LinkKind.AGENCY, "", 12), **WHO)
    service.group_incidents(opened_store, REGION, [FIRM_B, FIRM_C], **WHO)
    told = service.preview_merge(opened_store, FIRM_B, FIRM_A)

    made = service.merge_incidents(opened_store, FIRM_B, FIRM_A, reason="Sama yritys.", **WHO)

    assert made == told
    assert (made.carried, made.moved, made.links) == (
        ("first-contact",),
        (("own", "own-2"),),
        ("Malliapu Oy",),
    )
    with opened_store.reading() as session:
        tasks = {task.key: task for task in queries.tasks(session, FIRM_A)}
        log = [entry.kind for entry in queries.log_entries(session, FIRM_A)]
    assert (tasks["first-contact"].state, tasks["first-contact"].finished_by) == (TaskState.DONE, ACTOR)
    assert {"own", "own-2"} <= tasks.keys()
    assert log[0] == "incidents.merged"
    assert "incidents.noted" in log
    duplicate, survivor = view_of(opened_store, FIRM_B), view_of(opened_store, FIRM_A)
    assert (duplicate.state, duplicate.duplicate_of, duplicate.parent) == (
        IncidentState.CANCELLED,
        FIRM_A,
        "",
    )
    assert (survivor.duplicates, survivor.parent, survivor.beyond) == ((FIRM_B,), REGION, Tally(12, 0))
    assert view_of(opened_store, REGION).children == (FIRM_A, FIRM_C)
    assert check(opened_store) == []


def test_a_merged_incident_opens_again_only_by_undoing(opened_store: Store) -> None:
    service.merge_incidents(opened_store, FIRM_B, FIRM_A, reason="Sama.", **WHO)
    with pytest.raises(RefusedError) as caught:
        service.move_state(opened_store, FIRM_B, IncidentState.ACTIVE, reason="Ei ollutkaan.", **WHO)
    assert caught.value.params["into"] == FIRM_A

    service.undo_event(opened_store, FIRM_A, reason="Ei ollutkaan.", **WHO)

    assert view_of(opened_store, FIRM_B).state is IncidentState.ACTIVE
    assert view_of(opened_store, FIRM_A).duplicates == ()


def test_what_cannot_be_merged_is_refused(opened_store: Store) -> None:
    service.group_incidents(opened_store, REGION, [FIRM_A], **WHO)
    for duplicate, into in ((FIRM_A, FIRM_A), (REGION, FIRM_B), (FIRM_B, REGION)):
        with pytest.raises(RefusedError):
            service.merge_incidents(opened_store, duplicate, into, reason="Syy.", **WHO)
    with pytest.raises(InputError):
        service.merge_incidents(opened_store, FIRM_A, FIRM_B, reason="", **WHO)


def test_a_link_to_a_merged_incident_counts_as_one_to_the_survivor(opened_store: Store) -> None:
    """Firm C's number has ten people of the firm that was opened twice; they stand in A's number now."""
    a, c = view_of(opened_store, FIRM_A).headcount, view_of(opened_store, FIRM_C).headcount
    assert a is not None
    assert c is not None
    service.link_firm(opened_store, FIRM_C, Link("Firma B", LinkKind.AGENCY, FIRM_B, None, 10), **WHO)
    service.merge_incidents(opened_store, FIRM_B, FIRM_A, reason="Sama.", **WHO)
    service.group_incidents(opened_store, REGION, [FIRM_A, FIRM_C], **WHO)

    assert people_everywhere(opened_store, REGION) == {Tally(a + c - 10, 0)}


def test_the_briefing_tells_whoever_stands_in_two_numbers_once(opened_store: Store) -> None:
    """The sum differs from what a reader adds up by hand: the page has to say why."""
    service.group_incidents(opened_store, REGION, [FIRM_A, FIRM_B], **WHO)
    service.link_firm(opened_store, FIRM_A, Link("Firma B", LinkKind.AGENCY, FIRM_B, 90, 30), **WHO)
    service.link_firm(opened_store, FIRM_B, Link("Malliapu Oy", LinkKind.AGENCY, "", 12, 2), **WHO)
    with opened_store.reading() as session:
        picture = build(session, REGION, kind=opened_store.kind, now=NOW, made_by=ACTOR)

    text = situation_document(picture, "fi", "md").decode()

    assert (picture.overlap, picture.beyond) == (30, Tally(10, 0))
    assert "30 ihmistä on kahden yrityksen luvuissa" in text
    beyond = next(line for line in text.splitlines() if "Alihankkijat ja vuokratyö" in line)
    assert "**10**" in beyond
