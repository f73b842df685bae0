"""Two incidents of one firm become one: every record can still be named, nobody is counted twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from muutosturva.documents.situation import build
from muutosturva.errors import NotFoundError, UsageError
from muutosturva.incidents import service
from muutosturva.incidents.acts import evidence, records
from muutosturva.incidents.acts.amending import Amendment
from muutosturva.incidents.pure.figures import Figure
from muutosturva.incidents.pure.forms import Decision, Update, UpdateState
from muutosturva.incidents.pure.tally import Tally
from muutosturva.incidents.reading import queries
from muutosturva.models.states import Measure, RecordKind, Stage
from muutosturva.store.check import check
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, FIRM_C, WHO
from tests.support.stores import ACTOR, NOW

REGION = "LAHTI-2027-400"
DECISION = RecordKind.DECISION


def decide(store: Store, incident: str, text: str) -> int:
    """Write a decision down; return its number."""
    return service.add_record(store, incident, Decision(text, "Esimerkki Elli", "Laki."), **WHO).number


def merge(store: Store) -> None:
    service.merge_incidents(store, FIRM_B, FIRM_A, reason="Sama yritys.", **WHO)


def test_records_of_both_are_listed_and_each_has_a_name(opened_store: Store) -> None:
    """Both have a first decision: the list names the incident, and each id finds its own."""
    assert decide(opened_store, FIRM_A, "Pysyvän ensimmäinen.") == 1
    assert decide(opened_store, FIRM_B, "Toisen ensimmäinen.") == 1
    assert decide(opened_store, FIRM_B, "Toisen toinen.") == 2
    merge(opened_store)
    with opened_store.reading() as session:
        listed = records.records(session, FIRM_A, DECISION)
        first = {name: records.record_history(session, name, DECISION, 1)[0] for name in (FIRM_A, FIRM_B)}
        second = records.record_history(session, FIRM_A, DECISION, 2)[0]

    names = [(record.incident, record.number) for record in listed]
    assert sorted(names) == [(FIRM_A, 1), (FIRM_B, 1), (FIRM_B, 2)]
    assert (first[FIRM_A].title, first[FIRM_B].title) == ("Pysyvän ensimmäinen.", "Toisen ensimmäinen.")
    assert (second.incident, second.title) == (FIRM_B, "Toisen toinen.")
    assert decide(opened_store, FIRM_A, "Seuraava.") == 2


def test_a_record_that_came_along_is_corrected_where_it_stands(opened_store: Store) -> None:
    decide(opened_store, FIRM_B, "Vuoro 1.")
    merge(opened_store)
    form = Decision("Vuoro 2.", "Esimerkki Elli", "Laki.")

    made = service.correct_record(opened_store, FIRM_A, DECISION, 1, form, reason="Kirjoitusvirhe.", **WHO)

    assert (made.incident, made.title, made.corrects) == (FIRM_B, "Vuoro 2.", True)
    with opened_store.reading() as session:
        versions = records.record_history(session, FIRM_A, DECISION, 1)
        kinds = [entry.kind for entry in queries.log_entries(session, FIRM_A)]
    assert [view.title for view in versions] == ["Vuoro 2.", "Vuoro 1."]
    assert "incidents.record_corrected" in kinds
    assert check(opened_store) == []


def test_a_number_that_several_firms_have_is_asked_by_firm(opened_store: Store) -> None:
    for firm in (FIRM_A, FIRM_C):
        decide(opened_store, firm, "Päätös.")
    service.group_incidents(opened_store, REGION, [FIRM_A, FIRM_C], **WHO)
    with opened_store.reading() as session:
        with pytest.raises(UsageError) as caught:
            records.record_history(session, REGION, DECISION, 1)
        with pytest.raises(NotFoundError):
            records.record_history(session, REGION, DECISION, 2)
    assert caught.value.params["incidents"] == [FIRM_A, FIRM_C]


def test_evidence_of_both_stands_under_the_one_that_goes_on(opened_store: Store, tmp_path: Path) -> None:
    """What is gone from the duplicate keeps the survivor from closing as its own would."""
    for incident in (FIRM_A, FIRM_B):
        proof = tmp_path / f"{incident}.txt"
        proof.write_text(incident, encoding="utf-8")
        service.attach(opened_store, incident, str(proof), copy=False, **WHO)
    merge(opened_store)
    (tmp_path / f"{FIRM_B}.txt").unlink()
    with opened_store.reading() as session:
        kept = evidence.evidence(session, FIRM_A)

    assert [(each.incident, each.number) for each in kept] == [(FIRM_A, 1), (FIRM_B, 1)]
    found = service.check_evidence(opened_store, FIRM_A, **WHO)
    assert [each.found.value for each in found] == ["intact", "vanished"]
    codes = {problem.code for problem in service.closing_problems(opened_store, FIRM_A)}
    assert "incidents.closing_evidence_vanished" in codes


def test_nobody_is_counted_twice_after_a_merge(opened_store: Store) -> None:
    """Both had a decided number of the same people: page, list, picture and sheet have one."""
    for incident, people in ((FIRM_A, 198), (FIRM_B, 190)):
        figures = (Figure(Stage.DECIDED, Measure.DISMISSAL, "", people, people),)
        service.amend(opened_store, incident, Amendment(figures), reason="Päätös.", **WHO)
    service.group_incidents(opened_store, REGION, [FIRM_A, FIRM_B, FIRM_C], **WHO)
    with opened_store.reading() as session:
        c = queries.incident_view(session, FIRM_C).headcount
    assert c is not None
    merge(opened_store)
    with opened_store.reading() as session:
        view = queries.incident_view(session, REGION)
        line = next(line for line in queries.summaries(session, NOW.date()) if line.readable_id == REGION)
        picture = build(session, REGION, kind=opened_store.kind, now=NOW, made_by=ACTOR)
        a = queries.incident_view(session, FIRM_A).headcount
    assert a is not None
    assert {view.people, line.people, picture.headcount} == {Tally(a + c, 0)}
    assert {row.firm for row in picture.people} == {firm.employer for firm in picture.firms}
    assert len(picture.firms) == 2


def test_a_promise_of_the_duplicate_binds_nobody_after_the_merge(opened_store: Store) -> None:
    """Its last update promised the next one; the survivor's own updates carry the word from here on."""
    update = Update(UpdateState.ON_TRACK, "Hyvin.", next_update=NOW.date().replace(day=8))
    service.add_record(opened_store, FIRM_B, update, **WHO)
    merge(opened_store)
    with opened_store.reading() as session:
        assert records.promised_update(session, FIRM_A, NOW.date()) is None
        assert [view.incident for view in records.records(session, FIRM_A)] == [FIRM_B]


def test_a_merge_undone_gives_each_its_own_again(opened_store: Store) -> None:
    decide(opened_store, FIRM_B, "Oma.")
    merge(opened_store)
    service.undo_event(opened_store, FIRM_A, reason="Eri yritys.", **WHO)
    with opened_store.reading() as session:
        assert records.records(session, FIRM_A) == ()
        assert [view.title for view in records.records(session, FIRM_B)] == ["Oma."]
