"""People at work on the command line."""

from __future__ import annotations

from tests.cli.conftest import Program


def test_the_list_of_another_person_has_what_they_stand_in_for(opened: Program) -> None:
    """The one who plans a holiday looks whether the other's list is already full."""
    elli = opened("task", "list", "--person", "esimerkki-elli", "--json").json
    opened("roster", "away", "Esimerkki Elli", "1.3.2027", "--deputy", "Kuvitteellinen Kaisa")

    kaisa = opened("task", "list", "--person", "Kuvitteellinen Kaisa", "--json").json
    mine = opened("task", "list", "--mine", "--as", "Kuvitteellinen Kaisa", "--json").json

    theirs = {(task["incident"], task["id"]) for task in kaisa if task["stands_in_for"] == "Esimerkki Elli"}
    assert elli
    assert theirs == {(task["incident"], task["id"]) for task in elli}
    assert mine == kaisa


def test_mine_and_anothers_are_not_asked_at_once(opened: Program) -> None:
    told = opened("task", "list", "--mine", "--person", "Malli Mauri", "--as", "Malli Mauri")

    assert (told.code, "--person" in told.err) == (2, True)
