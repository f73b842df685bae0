"""Updates and decisions of the group feed the situation picture."""

from __future__ import annotations

import datetime as dt

import pytest

from muutosturva.documents.export import situation_document
from muutosturva.documents.situation import build
from muutosturva.i18n import LANGUAGES, Language, Texts
from muutosturva.incidents import service
from muutosturva.incidents.pure.forms import Decision, Update, UpdateState
from muutosturva.incidents.reading import queries
from muutosturva.models.states import RecordKind, StoreKind
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, WHO
from tests.support.stores import ACTOR, NOW


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_reported_and_decided_stands_in_the_picture(opened_store: Store, language: Language) -> None:
    """A promised update is the picture's next one; a text cannot break the table it stands in."""
    update = Update(UpdateState.AT_RISK, "Tulkki | puuttuu", "Tilaisuus", "tulkki", dt.date(2027, 3, 2))
    service.add_record(opened_store, FIRM_A, update, **WHO)
    decision = Decision("Oma tilaisuus", "lead", "Vuoro puuttui", "Esimerkki Elli", dt.date(2027, 3, 5))
    service.add_record(opened_store, FIRM_A, decision, **WHO)
    with opened_store.reading() as session:
        picture = build(session, FIRM_A, kind=StoreKind.EXAMPLE, now=NOW, made_by=ACTOR)

    assert picture.next_update is not None
    assert picture.next_update.value == dt.date(2027, 3, 2)
    written = situation_document(picture, language, "md").decode()
    (reported,) = [line for line in written.splitlines() if "Tilaisuus" in line]
    (decided,) = [line for line in written.splitlines() if "Oma tilaisuus" in line]
    assert Texts(language)("words.update_state.at_risk") in reported
    assert reported.replace("\\|", "").count("|") == 5
    assert "Esimerkki Elli" in decided


def test_a_promise_that_has_passed_promises_nothing(opened_store: Store) -> None:
    update = Update(UpdateState.DONE, "Valmis", next_update=dt.date(2027, 3, 2))
    with opened_store.reading() as session:
        later = NOW + dt.timedelta(days=7)
        before = build(session, FIRM_A, kind=StoreKind.EXAMPLE, now=later, made_by=ACTOR)
    service.add_record(opened_store, FIRM_A, update, **WHO)
    with opened_store.reading() as session:
        after = build(session, FIRM_A, kind=StoreKind.EXAMPLE, now=later, made_by=ACTOR)
    assert after.next_update == before.next_update


def test_what_was_corrected_says_so_and_only_the_new_text_stands(opened_store: Store) -> None:
    """Whoever has read an earlier picture must see that the text is not what it was."""
    service.add_record(opened_store, FIRM_A, Update(UpdateState.ON_TRACK, "Tilat varattu"), **WHO)
    service.correct_record(
        opened_store,
        FIRM_A,
        RecordKind.UPDATE,
        1,
        Update(UpdateState.AT_RISK, "Tilat peruttiin"),
        reason="tilat",
        **WHO,
    )
    with opened_store.reading() as session:
        picture = build(session, FIRM_A, kind=StoreKind.EXAMPLE, now=NOW, made_by=ACTOR)
    written = situation_document(picture, "fi", "md").decode()
    assert "vaarassa myöhästyä: Tilat peruttiin (korjattu)" in written
    assert "Tilat varattu" not in written


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_role_that_decided_stands_by_its_title(opened_store: Store, language: Language) -> None:
    """The id of a role, ``lead``, is what people type, not what others read."""
    service.add_record(
        opened_store, FIRM_A, Decision("Oma tilaisuus", "lead", "Vuoro puuttui", "lead"), **WHO
    )
    with opened_store.reading() as session:
        roles = queries.incident_view(session, FIRM_A).roles
        picture = build(session, FIRM_A, kind=StoreKind.EXAMPLE, now=NOW, made_by=ACTOR)
    title = Texts(language).pick(next(role.title for role in roles if role.role == "lead"))
    written = situation_document(picture, language, "md").decode()
    assert f"| {title} | {title} |" in written
