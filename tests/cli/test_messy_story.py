"""Three firms, four hundred people: what happens in a bad week, typed as commands and told by the log."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from muutosturva.i18n import LANGUAGES
from tests.cli.conftest import Program
from tests.golden import assert_golden

GOLDEN: Final = Path(__file__).parent / "golden"

A: Final = "LAHTI-2027-01"
B: Final = "LAHTI-2027-02"
C: Final = "LAHTI-2027-03"
SITUATION: Final = "LAHTI-2027-10"

LEAD: Final = "Esimerkki Elli"
OUTSIDER: Final = "Talous Tapio"

HEARD: Final = "2027-03-01T08:20"
"""Ten minutes after the call of 8.10: the lead types what the personnel manager said."""


def typed(program: Program, at: str, *words: str, actor: str = LEAD) -> str:
    """Type a command that is to succeed; return what it printed."""
    result = program(*words, "--as", actor, "--now", at)
    assert result.code == 0, (words, result.err)
    return result.out


def listed_firm_calls(program: Program) -> None:
    """Inject 1: firm A's personnel manager phones at 8.10; the listed parent tells at 10.00."""
    typed(
        program, HEARD, "incident", "open", "large-layoff", "--employer", "Keksitty Kori Oy",
        "--municipality", "Lahti", "--sector", "ajoneuvojen valmistus",
        "--input", "headcount=260", "--input", "dismissals=240", "--input", "employer_size=600",
        "--input", "listed=kyllä", "--input", "languages=fi,sv",
        "--anchor", "heard=1.3.2027 8.10", "--anchor", "release=1.3.2027 10.00",
        "--anchor", "proposal=1.3.2027", "--anchor", "decision=~12.4.2027",
        "--source", "henkilöstöpäällikkö",
    )  # fmt: skip


def release_comes_out(program: Program) -> None:
    """Firm A's own release is on its pages at 10.00, and is written down five minutes later."""
    typed(
        program, "2027-03-01T10:05", "incident", "publish", A, "--at", "1.3.2027 10.00",
        "--reason", "Yhtiön tiedote verkkosivuilla",
    )  # fmt: skip


def list_of_names_by_ordinary_mail(program: Program) -> None:
    """Injects 2 and 3: the reporter gets an estimate; the proposal comes unprotected, with names."""
    typed(
        program, "2027-03-01T10:20", "incident", "note", A,
        "Toimittaja kysyi lahtelaisten määrää. Annettiin arvio 150–180, ei nimiä", "--at", "10.05",
    )  # fmt: skip
    typed(
        program, "2027-03-01T11:10", "incident", "note", A,
        "Tietoturvapoikkeama: esitys ja nimilista tulivat tavallisella sähköpostilla. Viesti poistettiin",
        "--at", "11.00",
    )  # fmt: skip
    typed(
        program, "2027-03-01T11:30", "incident", "decide", A,
        "Nimilistat otetaan vastaan vain turvapostilla; poikkeamasta ilmoitetaan tietosuojavastaavalle",
        "--by", "lead", "--ground", "henkilötietoja tuli suojaamattomana",
        "--owner", "Malli Mauri", "--due", "2.3.2027",
    )  # fmt: skip


def share_of_orimattila_and_night_shift(program: Program) -> None:
    """Injects 4 to 6: a municipality asks its share, the night shift has heard nothing, a minister comes."""
    typed(
        program, "2027-03-02T09:00", "incident", "note", A,
        "Orimattila kysyi osuuttaan. Luvattiin pendelöintiin perustuva arvio",
    )  # fmt: skip
    typed(
        program, "2027-03-02T13:15", "incident", "decide", A, "Yövuorolle pidetään oma tilaisuus klo 22",
        "--by", "lead", "--ground", "yövuoro ei ollut kuullut mitään", "--owner", "Malli Mauri",
        "--due", "3.3.2027", "--task",
    )  # fmt: skip
    typed(
        program, "2027-03-03T09:00", "incident", "note", A,
        "Ministerin esikunta ilmoitti vierailusta perjantaina. Taustamuistio valmistellaan",
    )  # fmt: skip


def bankruptcy_beside_it(program: Program) -> None:
    """Inject 7: firm B is declared bankrupt."""
    typed(
        program, "2027-03-04T09:30", "incident", "open", "bankruptcy",
        "--employer", "Kuvitteellinen Kaluste Oy", "--municipality", "Heinola",
        "--sector", "huonekalujen valmistus",
        "--input", "headcount=90", "--input", "dismissals=90", "--input", "employer_size=90",
        "--input", "bankruptcy=kyllä", "--anchor", "heard=4.3.2027 9.00",
        "--anchor", "bankruptcy_day=4.3.2027",
        "--source", "pesänhoitaja",
    )  # fmt: skip


def small_firm_asks(program: Program) -> None:
    """Inject 8: firm C has 45 people; what was to be fifteen dismissals becomes twenty-five."""
    typed(
        program, "2027-03-05T10:00", "incident", "open", "small-layoff", "--employer", "Malli Metalli Oy",
        "--municipality", "Hollola", "--sector", "metallituotteet",
        "--input", "headcount=15", "--input", "dismissals=15", "--input", "employer_size=45",
        "--anchor", "heard=5.3.2027 9.40", "--anchor", "proposal=5.3.2027", "--source", "toimitusjohtaja",
    )  # fmt: skip
    typed(
        program, "2027-03-05T13:00", "incident", "amend", C, "--number", "suunniteltu/irtisanominen=25",
        "--at", "5.3.2027 12.30", "--source", "toimitusjohtaja", "--reason", "Luku tarkentui puhelussa",
    )  # fmt: skip


def one_situation(program: Program) -> None:
    """The three are led as one."""
    typed(
        program, "2027-03-05T14:00", "incident", "group", SITUATION, A, B, C, "--title", "Kolme yritystä",
    )  # fmt: skip


def agency_workers(program: Program) -> None:
    """The twenty hired from an agency are in firm A's figure already."""
    typed(
        program, "2027-03-08T09:00", "incident", "link", A, "Esimerkkivuokra Oy", "--kind", "agency",
        "--people", "20", "--included", "20", "--source", "henkilöstöpäällikkö",
    )  # fmt: skip


def welders_and_cards(program: Program) -> None:
    """Injects 9 and 10: twelve Ukrainian welders; sixty want a card for electrical work."""
    typed(
        program, "2027-03-11T10:00", "incident", "note", A,
        "Joukossa on 12 ukrainalaista hitsaajaa. Tarvitaan tulkki ja oleskelulupaneuvontaa",
    )  # fmt: skip
    typed(program, "2027-03-11T10:05", "incident", "answer", A, "residence_permits", "kyllä")
    typed(
        program, "2027-03-18T14:00", "incident", "decide", A,
        "Sähkötyökorttikoulutus kilpailutetaan hankintarenkaassa", "--by", "lead",
        "--ground", "kyselyssä 60 ihmistä haluaa kortin", "--owner", "Koulutus Kerttu", "--due", "25.3.2027",
        "--task",
    )  # fmt: skip


def negotiations_end(program: Program) -> None:
    """Inject 11: 198 are dismissed and 40 laid off; the days come by waves."""
    typed(
        program, "2027-04-12T15:00", "incident", "amend", A,
        "--number", "päätetty/irtisanominen=198", "--number", "päätetty/lomautus=40",
        "--at", "12.4.2027 14.30", "--source", "henkilöstöpäällikkö", "--reason", "Neuvottelut päättyivät",
    )  # fmt: skip
    typed(
        program, "2027-04-12T15:20", "incident", "wave", A, "w1", "--label", "Päivävuoro",
        "--measure", "dismissal", "--count", "120", "--notice", "13.4.2027", "--end", "30.6.2027",
        "--reason", "Työnantaja kertoi aallot",
    )  # fmt: skip
    typed(
        program, "2027-04-12T15:25", "incident", "wave", A, "w2", "--label", "Yövuoro",
        "--measure", "dismissal", "--count", "78", "--notice", "20.4.2027", "--end", "30.9.2027",
        "--reason", "Työnantaja kertoi aallot",
    )  # fmt: skip
    typed(
        program, "2027-04-13T16:00", "incident", "update", A, "--state", "on_track",
        "--summary", "Ensimmäiset ilmoitukset annettiin", "--done", "Tilaisuus pidetty",
        "--needs", "tulkki ukrainaksi", "--next", "20.4.2027",
    )  # fmt: skip


def a_mistake(program: Program) -> None:
    """A task is ticked off in the wrong incident and taken back."""
    typed(program, "2027-04-14T09:00", "task", "done", A, "first-contact")
    typed(
        program, "2027-04-14T09:02", "incident", "undo", A, "--reason", "Kuitattiin väärä tehtävä",
    )  # fmt: skip


CHAPTERS: Final = (
    listed_firm_calls,
    release_comes_out,
    list_of_names_by_ordinary_mail,
    share_of_orimattila_and_night_shift,
    bankruptcy_beside_it,
    small_firm_asks,
    one_situation,
    agency_workers,
    welders_and_cards,
    negotiations_end,
    a_mistake,
)


def crossings(program: Program, incident: str) -> dict[tuple[str, str], int]:
    """Return the thresholds an incident's log tells of: the row of the law and the way, with the number."""
    entries = program("incident", "log", incident, "--as", LEAD, "--limit", "200", "--json").json
    return {
        (entry["payload"]["law"], entry["payload"]["direction"]): entry["payload"]["number"]
        for entry in entries
        if entry["kind"] == "incidents.threshold_crossed"
    }


def nobody_outside_knows_before_the_release(filled: Program) -> None:
    """Play the first morning: what a listed firm has not told yet is no public matter."""
    listed_firm_calls(filled)
    shown = filled("incident", "show", A, "--as", LEAD, "--now", HEARD, "--json").json
    assert (shown["secrecy"], shown["level"]) == ("restricted", "XL")
    hidden = filled("incident", "show", A, "--as", OUTSIDER, "--now", HEARD)
    assert (hidden.code, hidden.out) == (3, "")
    assert "Keksitty" not in hidden.err
    early = ("incident", "secrecy", A, "public", "--reason", "Kiire", "--as", LEAD, "--now", HEARD)
    assert filled(*early).code != 0
    assert filled("incident", "show", A, "--as", LEAD, "--json").json["secrecy"] == "restricted"

    release_comes_out(filled)
    assert filled("incident", "show", A, "--as", OUTSIDER, "--json").json["secrecy"] == "public"


def test_a_bad_week_is_played_by_commands(filled: Program) -> None:
    """The whole course in one piece: each step stands on what the ones before it left."""
    nobody_outside_knows_before_the_release(filled)

    list_of_names_by_ordinary_mail(filled)
    share_of_orimattila_and_night_shift(filled)
    records = filled("incident", "records", A, "--as", LEAD, "--json").json
    assert [(record["kind"], record["number"]) for record in records] == [("decision", 2), ("decision", 1)]

    bankruptcy_beside_it(filled)
    assert crossings(filled, B) == {("tsl.notify_threshold", "up"): 90}
    assert not [
        task
        for task in filled("incident", "tasks", B, "--as", LEAD, "--json").json
        if task["id"].startswith("mt55-")
    ], "no 55+ package where the employer is bankrupt"

    small_firm_asks(filled)
    assert crossings(filled, C)["yt.light_regime_trigger", "up"] == 25

    one_situation(filled)
    situation = filled("incident", "show", SITUATION, "--as", LEAD, "--json").json
    assert (situation["children"], situation["headcount"]) == ([A, B, C], 260 + 90 + 25)
    agency_workers(filled)
    situation = filled("incident", "show", SITUATION, "--as", LEAD, "--json").json
    assert situation["headcount"] == 375, "the twenty of the agency are in firm A's figure already"

    welders_and_cards(filled)
    plan = filled("incident", "tasks", A, "--as", LEAD, "--json").json
    assert next(task["state"] for task in plan if task["id"] == "residence-permits") in {"ready", "waiting"}

    negotiations_end(filled)
    assert crossings(filled, A)["egf.threshold", "down"] == 198, "lay-offs never count"
    waves = filled("incident", "show", A, "--as", LEAD, "--json").json["waves"]
    assert {wave["id"]: wave["count"] for wave in waves} == {"w1": 120, "w2": 78}

    a_mistake(filled)
    tasks = {task["id"]: task for task in filled("incident", "tasks", A, "--as", LEAD, "--json").json}
    assert tasks["first-contact"]["state"] not in {"done", "skipped"}


def test_the_log_tells_it_all_to_somebody_who_was_not_there(filled: Program) -> None:
    """Read the goldens as that person: who did what, when it happened and why."""
    for chapter in CHAPTERS:
        chapter(filled)

    for language in LANGUAGES:
        told = typed(
            filled, "2027-04-15T09:00", "incident", "log", SITUATION, "--limit", "200", "--lang", language,
        )  # fmt: skip
        assert_golden(GOLDEN / f"messy_story.{language}.txt", told.encode())
