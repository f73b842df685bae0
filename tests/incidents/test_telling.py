"""The log tells what happened to somebody who was not there, in each language."""

from __future__ import annotations

import datetime as dt

import pytest

from muutosturva.errors import UsageError
from muutosturva.i18n import LANGUAGES, Language, Texts
from muutosturva.incidents import service
from muutosturva.incidents.pure.views import LogEntry
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.naming import Name, Names, names
from muutosturva.incidents.told import narrative
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, WHO
from tests.support.stores import ACTOR, NOW

FI = Texts("fi")
KNOWN = Names({FIRM_A: {"log-news": Name({"fi": "Kirjaa tieto"}, "B1"), "lead": Name({"fi": "vetäjä"})}})


def entry(kind: str, payload: dict[str, object] | None, *subjects: str, **changed: object) -> LogEntry:
    values: dict[str, object] = {
        "seq": 7,
        "kind": kind,
        "incident": FIRM_A,
        "actor": ACTOR,
        "login": "kone",
        "event_time": NOW,
        "record_time": NOW,
        "subjects": tuple(f"{FIRM_A} {subject}".strip() for subject in subjects),
        "fields": (),
        "payload": payload,
    }
    return LogEntry(**{**values, **changed})  # type: ignore[arg-type]


TOLD = [
    (entry("incidents.task_done", {"new": "done"}, "log-news"), "Tehtävä ”B1 Kirjaa tieto” valmistui."),
    (
        entry("incidents.task_done", {"note": "Soitto riitti."}, "log-news"),
        "Tehtävä ”B1 Kirjaa tieto” valmistui. Lisätieto: Soitto riitti.",
    ),
    (entry("incidents.task_done", {}, "unheard-of"), "Tehtävä ”unheard-of” valmistui."),
    (
        entry("incidents.state_moved", {"old": "active", "new": "dormant", "reason": "Neuvottelut tauolla"}),
        "Tapauksen tila vaihtui: lepotilassa, aiemmin käynnissä. Syy: Neuvottelut tauolla.",
    ),
    (
        entry("incidents.anchor_set", {"old": "?", "new": "~2027-03-30", "reason": "x!"}, "decision"),
        "Ajankohta ”decision” on nyt 30.3.2027 (arvio), aiemmin ei tiedossa. Syy: x!",
    ),
    (
        entry(
            "incidents.anchor_set", {"old": "2027-03-20..2027-04-10", "new": "2027-03-20T08:10"}, "release"
        ),
        "Ajankohta ”release” on nyt 20.3.2027 klo 8.10, aiemmin 20.3.2027–10.4.2027.",
    ),
    (entry("incidents.answered", {"new": True}, "agency"), "Kysymykseen ”agency” vastattiin: kyllä."),
    (
        entry("incidents.answered", {"new": True, "used": {"agency": True, "level": "L"}}, "agency"),
        (
            "Kysymykseen ”agency” vastattiin: kyllä. Ehdot ratkaistiin näillä tiedoilla: "
            "agency: kyllä; Mikä on tilanteen taso (S, M, L, XL)? L."
        ),
    ),
    (
        entry("incidents.answered", {"new": True, "used": {"agency": True}}, "agency"),
        "Kysymykseen ”agency” vastattiin: kyllä.",
    ),
    (entry("incidents.answered", {"new": 1200}, "x"), "Kysymykseen ”x” vastattiin: 1\N{NO-BREAK SPACE}200."),
    (entry("incidents.answered", {"new": "2027-03-01"}, "x"), "Kysymykseen ”x” vastattiin: 1.3.2027."),
    (entry("incidents.answered", {"new": None}, "x"), "Kysymykseen ”x” vastattiin: ei tiedossa."),
    (
        entry("incidents.role_assigned", {"new": "Malli Maija"}, "lead", fields=("deputy",)),
        "Roolin ”vetäjä” varahenkilöksi tuli Malli Maija.",
    ),
    (
        entry("incidents.undone", {"seq": 3, "kind": "incidents.task_done", "actor": ACTOR}, "log-news"),
        "Lokin tapahtuma 3 kumottiin: Tehtävä valmistui, ”B1 Kirjaa tieto” (Esimerkki Elli).",
    ),
    (
        entry("incidents.task_done", None, "log-news"),
        "Tehtävä valmistui: B1 Kirjaa tieto. Sisältö on poistettu.",
    ),
    (entry("incidents.noted", None), "Merkintä. Sisältö on poistettu."),
]


@pytest.mark.parametrize(("event", "sentence"), TOLD, ids=lambda value: getattr(value, "kind", None))
def test_an_event_is_one_sentence_in_the_words_of_an_official(event: LogEntry, sentence: str) -> None:
    """Ids, enum members and ISO days are the program's own language."""
    assert narrative.sentence(FI, event, KNOWN) == sentence


def test_an_event_written_down_later_says_when() -> None:
    """What happened at 8.10 and was written down at 9.02 was not known in the log before 9.02."""
    later = NOW + dt.timedelta(minutes=32)
    assert narrative.at(FI, entry("incidents.noted", {"text": "x"})) == "klo 8.30"
    assert narrative.at(FI, entry("incidents.noted", {}, record_time=later)) == "klo 8.30 (kirjattu 9.02)"
    next_day = NOW + dt.timedelta(days=1)
    told = narrative.at(FI, entry("incidents.noted", {}, record_time=next_day))
    assert told == "klo 8.30 (kirjattu 2.3.2027 klo 8.30)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_field_of_an_event_is_needed_to_tell_it(language: Language) -> None:
    """A payload written by an earlier version lacks what a later sentence names."""
    from muutosturva.i18n import catalogue

    kinds = [key.replace(".told.", ".") for key in catalogue(language) if key.split(".")[1] == "told"]
    for kind in kinds:
        assert narrative.sentence(Texts(language), entry(kind, {}), KNOWN)


def test_the_story_follows_what_happened_not_what_was_written_first(opened_store: Store) -> None:
    service.add_note(opened_store, FIRM_A, "Toinen", **WHO)
    earlier = NOW - dt.timedelta(minutes=5)
    service.add_note(opened_store, FIRM_A, "Ensimmäinen", at=earlier, **WHO)
    with opened_store.reading() as session:
        entries = narrative.in_story_order(queries.log_entries(session, FIRM_A))
        told = [line.told for line in narrative.lines(FI, entries, names(session, FIRM_A))]
    assert told[-2:] == ["Merkintä: Ensimmäinen.", "Merkintä: Toinen."]


def test_a_time_more_than_a_year_before_the_incident_is_a_slip(opened_store: Store) -> None:
    service.add_note(opened_store, FIRM_A, "Huhu", at=NOW - dt.timedelta(days=200), **WHO)
    with pytest.raises(UsageError) as caught:
        service.add_note(opened_store, FIRM_A, "Huhu", at=NOW.replace(year=2017), **WHO)
    assert caught.value.key == "incidents.event_long_before"
