"""The fixed forms and the evidence by commands, as a tired official types them."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Program
from tests.support.incidents import FIRM_A


def test_a_decision_is_made_corrected_and_read_with_its_history(opened: Program) -> None:
    decide = ("incident", "decide", FIRM_A, "Oma tilaisuus", "--by", "lead", "--ground", "vuoro puuttui")
    assert opened(*decide, "--owner", "Esimerkki Elli", "--due", "5.3.2027", "--at", "8.10").code == 0
    correct = ("incident", "correct", FIRM_A, "decision", "1")
    assert opened(*correct, "--set", "due=8.3.2027", "--reason", "Tila varattu").code == 0
    assert opened(*correct, "--set", "minutes=4", "--reason", "x").code == 2
    assert opened(*correct, "--set", "dui=4", "--reason", "x").code == 2

    history = opened("incident", "records", FIRM_A, "--kind", "decision", "--number", "1", "--json").json
    assert [version["fields"]["due"] for version in history] == ["2027-03-08", "2027-03-05"]
    assert [version["current"] for version in history] == [True, False]
    page = opened("incident", "records", FIRM_A, "--kind", "decision", "--number", "1").out
    assert "korvattu korjauksella" in page
    assert "Päättäjä: Vastuukoordinaattori" in page
    assert "Oma tilaisuus" in opened("incident", "records", FIRM_A).out


def test_minutes_are_read_from_a_file(opened: Program, tmp_path: Path) -> None:
    notes = tmp_path / "muistio.txt"
    notes.write_text("Luvut käytiin läpi.", encoding="utf-8")
    command = ("incident", "minutes", FIRM_A, "--meeting", "Kokous", "--at", "8.00", "--present", "Elli")
    assert opened(*command, "--file", str(notes), "--decision", "Sovitaan|lead|5.3.2027").code == 0
    assert opened(*command, "--file", str(tmp_path / "none.txt")).code == 3
    assert opened(*command, "--decision", "a|b|5.3.2027|c").code == 2
    told = opened("incident", "log", FIRM_A).out
    assert "Luvut käytiin läpi." in told
    assert "klo 8.00 (kirjattu 8.30)" in told


def test_an_update_holds_no_identity_code(opened: Program) -> None:
    command = ("incident", "update", FIRM_A, "--state", "stuck", "--done")
    refused = opened(*command, "Soitti 010190-900X")
    assert (refused.code, "henkilötunnus" in refused.err) == (1, True)
    assert opened(*command, "Soitti työnantajalle", "--next", "5.3.2027").code == 0


def test_a_vanished_file_is_told_and_the_command_says_so(opened: Program, tmp_path: Path) -> None:
    proof = tmp_path / "esitys.pdf"
    proof.write_bytes(b"proposal")
    assert opened("incident", "attach", FIRM_A, str(proof), "--title", "Esitys", "--leave").code == 0
    assert opened("incident", "evidence", FIRM_A, "--check").code == 0
    proof.unlink()
    looked = opened("incident", "evidence", FIRM_A, "--check")
    assert (looked.code, "KADONNUT" in looked.out) == (1, True)
    assert "Liite 1 on kadonnut: Esitys." in opened("incident", "log", FIRM_A).out
    assert opened("incident", "detach", FIRM_A, "1", "--reason", "Väärä tiedosto").code == 0
    assert opened("incident", "evidence", FIRM_A, "--json").json == []
    assert opened("incident", "evidence", FIRM_A, "--all", "--json").json[0]["number"] == 1


def test_a_note_of_a_clock_time_is_todays(opened: Program) -> None:
    assert (
        opened("incident", "note", FIRM_A, "Soitto", "--at", "klo 8.10", "--json")
        .json["event_time"]
        .startswith("2027-03-01T")
    )
    assert opened("incident", "note", FIRM_A, "Soitto", "--at", "10.45").code == 2
    table = opened("incident", "log", FIRM_A, "--form", "table").out
    assert "Kirjattu" in table
    assert table.index("Soitto") < table.index("Tapaus avattiin")


def test_a_refused_form_names_its_fields_as_people_know_them(opened: Program) -> None:
    """The ids are the program's own; whoever reads the refusal has the words of the form before them."""
    minutes = ("incident", "minutes", FIRM_A, "--meeting", "Kokous", "--at", "8.00", "--present", "Elli")
    refused = opened(*minutes, "--decision", "Sovitaan||1.2.2027")
    assert refused.code == 1
    assert "Päätökset 1 Toteuttaa: Määräpäivällä" in refused.err
    assert "decisions" not in refused.err
