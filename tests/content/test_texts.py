"""Every word of the shipped playbooks: three languages, the field's own terms, no person."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any, Final

import pytest

from tests.content.source import LANGUAGES, PLAYBOOKS, all_texts, raw

TEXT_KEYS: Final = {"title", "label", "help", "howto", "reason", "description", "place"}

TERMS: Final = [
    ("muutosneuvottelu", "omställningsförhandling", "talks|change negotiation"),
    ("neuvotteluesity", "förhandlingsframställning", "proposal"),
    ("irtisanomisai|irtisanomisaja", "uppsägningstid", "notice period"),
    ("irtisanomisilmoitu", "meddelande[a-z]* om uppsägning", "notice"),
    ("työllistymisvapaa", "sysselsättningsledighet", "employment leave"),
    ("työllistymissuunnitelm", "sysselsättningsplan", "employment plan"),
    ("toimintasuunnitelm", "handlingsplan", "action plan"),
    ("toimintaperiaat", "handlingsprincip", "operating principles"),
    ("takaisinottovelvollisu", "återanställningsskyldighet", "re-employment obligation"),
    ("työterveyshuol", "företagshälsovård", "occupational health care"),
    ("lomautu", "permittering", "lay-off"),
    ("osa-aikaistami", "överföring(ar)? till deltid", "part-time"),
    ("luottamusmie", "förtroendeman", "shop steward"),
    ("henkilöstön edustaj", "personalföreträdar", "personnel representative"),
    ("pesänhoitaj", "boförvaltar|\\bhen\\b", "estate|administrator"),
    ("palkkaturva", "lönegaranti", "pay security"),
    ("konkurssi", "konkurs", "bankrupt"),
    ("tilannekuva", "lägesbild", "picture"),
    ("tilannepäiväkirja", "händelselogg", "log"),
    ("viestintäsuunnitelm", "kommunikationsplan", "communication plan"),
    ("palvelutarvekartoitu", "kartläggning(en)? av servicebehov", "service-need survey|survey the service"),
    ("resurssisuunnitelm", "resursplan", "resource plan"),
    ("lisätalousarvio", "tilläggsbudget", "supplementary[ -]budget"),
    ("muutosturvaraha", "omställningspenning", "change-security allowance"),
    ("muutosturvakoulutu", "omställningsutbildning", "change-security training"),
    ("laajennettu[a-z]* muutosturva", "utvidga(de|t) omställningsskydd", "extended change security"),
    ("rahoitusosuu", "finansieringsandel", "municipal share"),
    ("kotikun", "hemkommun", "home municipalit"),
    ("elinvoimakesku", "livskraftscentral", "state's regional office"),
    ("minikilpailutu", "förnyad[a-z]* konkurrensutsättning", "mini-competition"),
    ("hankintarenga|hankintarenkaa", "upphandlingsring", "procurement ring"),
    ("alihankkij", "underleverantör", "subcontractor|supplier"),
    ("alkuhaastattel", "inledande intervju", "initial interview"),
    ("omavastuuai|omavastuuaja", "självrisktid", "waiting period"),
    ("hyvinvointialue", "välfärdsområde", "wellbeing county"),
    ("vastuukun", "ansvariga? kommun", "host municipality"),
    ("jälkipuin", "genomgång", "after-action review|\\breview"),
    ("loppuraport", "slutrapport", "final report"),
    ("yhteishankin", "gemensam anskaffning", "joint purchase"),
    ("viiteajanjakso", "referensperiod", "reference period"),
]
"""Finnish stem, its Finland-Swedish term, its English term: the glossary the playbooks hold to."""


def keyed(value: Any, path: str = "") -> Iterator[tuple[str, str, Any]]:
    """Yield path, key and value of everything under a mapping."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield path, key, child
            yield from keyed(child, f"{path}.{key}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from keyed(child, f"{path}[{index}]")


def test_every_text_stands_in_finnish_swedish_and_english() -> None:
    """A plan is read in the language of its reader; a gap would show another language unasked."""
    found = all_texts()
    assert len(found) > 400
    gaps = [path for path, text in found if tuple(text) != LANGUAGES or not all(text.values())]
    assert gaps == []


@pytest.mark.parametrize("name", PLAYBOOKS)
def test_no_text_is_a_bare_string(name: str) -> None:
    """A bare string is Finnish only: fine for a local playbook, not for one that ships."""
    bare = [
        f"{path}.{key}"
        for path, key, value in keyed(raw(name))
        if key in TEXT_KEYS and not isinstance(value, dict)
    ]
    assert bare == []


def test_every_task_says_how_and_what_to_tick() -> None:
    """Whoever opens a step did this last a year ago: no step without help and a checklist."""
    added = {
        f"{name}.{step}": task
        for name in PLAYBOOKS
        for step, task in (
            raw(name)["tasks"].get("add", {}) if name != "base" else raw(name)["tasks"]
        ).items()
    }
    assert len(added) > 55
    assert [step for step, task in added.items() if not task.get("howto") or not task.get("checklist")] == []


def test_a_translation_is_not_a_copy() -> None:
    """The Finnish text left in the Swedish column is the commonest slip."""
    copies = [path for path, text in all_texts() if len(set(text.values())) < len(LANGUAGES)]
    assert copies == []


@pytest.mark.parametrize(("finnish", "swedish", "english"), TERMS, ids=[term[0] for term in TERMS])
def test_the_terms_of_the_field_are_used_in_each_language(finnish: str, swedish: str, english: str) -> None:
    """One thing has one name: officials compare our words with those of the law and the forms."""
    used = [(path, text) for path, text in all_texts() if re.search(finnish, text["fi"], re.IGNORECASE)]
    assert used, "a term nobody uses is no rule"
    wrong = [
        (path, text["sv"], text["en"])
        for path, text in used
        if not re.search(swedish, text["sv"], re.IGNORECASE)
        or not re.search(english, text["en"], re.IGNORECASE)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("identity code", r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b"),
        ("e-mail address", r"\S@\S"),
        ("phone number", r"(\+358|\b0\d{1,2})[ -]?\d{3}"),
        ("link", r"https?://|www\."),
    ],
)
def test_a_playbook_holds_no_personal_data(what: str, pattern: str) -> None:
    """Roles stand in playbooks; people stand in the roster, where they can be corrected and erased."""
    found = [
        (path, text) for path, texts in all_texts() for text in texts.values() if re.search(pattern, text)
    ]
    assert found == [], what


def test_a_playbook_names_nobody_of_the_roster() -> None:
    """A name in a playbook outlives the person's job."""
    roster = resources.files("muutosturva.data").joinpath("roster_example.csv").read_text(encoding="utf-8")
    names = [row["name"] for row in csv.DictReader(roster.splitlines())]
    words = " ".join(text for _, texts in all_texts() for text in texts.values())
    assert [name for name in names if name in words] == []


def test_a_playbook_names_no_office_that_may_be_renamed() -> None:
    """State offices changed their names on 1.1.2025 and 1.1.2026: the register of parties names them."""
    words = [(path, word) for path, texts in all_texts() for word in texts.values()]
    former = re.compile(
        r"\bELY\b|\bTE-toimisto|\bTE-byrå|\bTE Office|\bNTM\b|Kaakkois-Suomen|Sisä-Suomen|\bKEHA\b|\bAVI\b"
    )
    assert [(path, word) for path, word in words if former.search(word)] == []


def test_no_sum_of_money_stands_in_a_playbook() -> None:
    """Sums change by decree; the rule book has them with their dates."""
    money = re.compile(r"\d\s?(€|euro|EUR)|€")
    assert [path for path, texts in all_texts() if any(map(money.search, texts.values()))] == []


def test_sentences_are_short() -> None:
    """The texts are read on the worst day: no Finnish sentence over twenty-two words."""
    long = [
        (path, sentence)
        for path, text in all_texts()
        for sentence in re.split(r"(?<=[.?!])\s+", text["fi"])
        if len(sentence.split()) > 22
    ]
    assert long == []
