"""An incident that becomes restricted after it was opened, and how the log tells who was let in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from muutosturva.clock import HELSINKI
from muutosturva.coordination.trigger import trigger
from muutosturva.errors import RefusedError
from muutosturva.i18n import LANGUAGES, Language, Texts
from muutosturva.incidents import service
from muutosturva.incidents.acts.amending import Amendment
from muutosturva.incidents.pure.views import LogEntry
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.naming import names as log_names
from muutosturva.incidents.told.narrative import sentence
from muutosturva.models.states import Secrecy
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.store.check import check
from muutosturva.store.store import Store
from tests.incidents.test_secrecy import CASE, HEARD, LATER, OUT, names, outsider_of
from tests.support.stores import ACTOR


@pytest.fixture
def unasked(filled_store: Store) -> str:
    """Open firm A without anybody having asked whether it is listed; return its id."""
    asked = CASE.firms[0].request
    answers = {name: value for name, value in asked.inputs.items() if name != "listed"}
    return trigger(filled_store, replace(asked, inputs=answers), actor=ACTOR, now=HEARD).readable_id


def kinds(store: Store, incident: str) -> list[str]:
    with store.reading() as session:
        return [entry.kind for entry in queries.log_entries(session, incident)]


@pytest.mark.parametrize("way", ["answer", "amend"])
def test_that_the_firm_is_listed_restricts_the_incident_by_itself(
    filled_store: Store, unasked: str, way: str
) -> None:
    """Whoever answers the question late must not have to know that the class is another command."""
    assert filled_store is not None
    if way == "answer":
        changes = service.answer(filled_store, unasked, "listed", "kyllä", actor=ACTOR, now=HEARD)
    else:
        changes = service.amend(
            filled_store, unasked, Amendment(inputs={"listed": True}), reason="x", actor=ACTOR, now=HEARD
        ).changes

    assert changes.restricted
    with filled_store.reading() as session:
        assert queries.incident_view(session, unasked).secrecy is Secrecy.RESTRICTED
        told = service.public_at(session, unasked, HEARD)
    assert (told.secrecy, [turn.secrecy for turn in told.turns]) == (
        Secrecy.RESTRICTED,
        [Secrecy.GROUP, Secrecy.RESTRICTED],
    )
    assert ACTOR in names(filled_store, unasked)
    assert outsider_of(filled_store) not in names(filled_store, unasked)
    assert {"incidents.secrecy_set", "incidents.access_granted"} <= set(kinds(filled_store, unasked))
    assert check(filled_store) == []


def test_a_listed_firm_is_let_in_as_if_it_had_been_asked_at_the_opening(
    filled_store: Store, unasked: str
) -> None:
    service.answer(filled_store, unasked, "listed", True, actor=ACTOR, now=HEARD)
    known = trigger(filled_store, CASE.firms[0].request, actor=ACTOR, now=HEARD)
    assert names(filled_store, unasked) == names(filled_store, known.readable_id)


@pytest.mark.parametrize("case", ["not listed", "told already"])
def test_what_is_no_secret_stays_open_to_the_group(filled_store: Store, unasked: str, case: str) -> None:
    now = HEARD
    if case == "told already":
        now = LATER
        released = AnchorValue.confirmed(OUT.date(), at=OUT.astimezone(HELSINKI).time())
        service.set_anchor(filled_store, unasked, "release", released, reason="x", actor=ACTOR, now=now)
    changes = service.answer(filled_store, unasked, "listed", case == "told already", actor=ACTOR, now=now)
    assert not changes.restricted
    assert "incidents.secrecy_set" not in kinds(filled_store, unasked)


def test_a_preview_tells_that_the_incident_becomes_restricted(filled_store: Store, unasked: str) -> None:
    amendment = Amendment(inputs={"listed": "kyllä"})
    assert service.preview_amendment(filled_store, unasked, amendment, now=HEARD).changes.restricted
    assert "incidents.secrecy_set" not in kinds(filled_store, unasked)


def test_an_answer_that_restricted_an_incident_is_not_undone(filled_store: Store, unasked: str) -> None:
    """The class is set back by an act of its own, which says why."""
    service.answer(filled_store, unasked, "listed", True, actor=ACTOR, now=HEARD)
    seq = next(entry.seq for entry in _log(filled_store, unasked) if entry.kind == "incidents.answered")
    with pytest.raises(RefusedError) as refused:
        service.undo_event(filled_store, unasked, actor=ACTOR, now=HEARD, seq=seq)
    assert refused.value.key == "incidents.not_undoable_public"


def _log(store: Store, incident: str) -> list[LogEntry]:
    with store.reading() as session:
        return list(queries.log_entries(session, incident))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_names_everybody_who_was_let_in(filled_store: Store, language: Language) -> None:
    """A list of those who know is no list when it says "and five more"."""
    view = trigger(
        filled_store, replace(CASE.firms[0].request, secrecy=Secrecy.GROUP), actor=ACTOR, now=HEARD
    )
    service.set_secrecy(
        filled_store, view.readable_id, Secrecy.RESTRICTED, reason="x", actor=ACTOR, now=HEARD
    )
    inside = names(filled_store, view.readable_id)
    granted = next(
        entry for entry in _log(filled_store, view.readable_id) if entry.kind == "incidents.access_granted"
    )
    with filled_store.reading() as session:
        told = sentence(Texts(language), granted, log_names(session, view.readable_id))

    assert len(inside) > 7
    assert all(name in told for name in inside)
