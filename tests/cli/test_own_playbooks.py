"""What a user sees of the office's own playbooks: listed, checked, planned and opened by their id."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.coordination.test_shelf import OWN

BUNDLE = """\
schema: muutosturva/playbook/1
id: coffee
version: "2027.1"
kind: bundle
title: {fi: "Kahvit", sv: "Kaffe", en: "Coffee"}
anchors:
  heard: {required: true, label: {fi: "Kuultu", sv: "Hört", en: "Heard"}}
phases:
  alarm: {fi: "Hälytys", sv: "Larm", en: "Alarm"}
roles:
  lead: {title: {fi: "Vetäjä", sv: "Ledare", en: "Lead"}}
tasks:
  coffee:
    title: {fi: "Keitä kahvit", sv: "Koka kaffe", en: "Make coffee"}
    phase: alarm
    due: heard + 1 wd
    raci: {r: [lead], a: lead}
"""
FACTS = ("--input", "headcount=20", "--anchor", "proposal=1.3.2027")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the office's folder, with a playbook that uses a bundle of the office's own."""
    folder = tmp_path / "mallit"
    (folder / "bundles").mkdir(parents=True)
    (folder / "bundles" / "coffee.yaml").write_text(BUNDLE, encoding="utf-8")
    write(folder, "office", OWN + "use: [coffee@2027.1]\n")
    monkeypatch.setenv("MUUTOSTURVA_PLAYBOOKS", str(folder))
    return folder


def write(folder: Path, name: str, text: str) -> None:
    """Write an own playbook of an id."""
    (folder / f"{name}.yaml").write_text(text.format(id=name), encoding="utf-8")


def test_the_list_tells_the_folder_and_which_are_ones_own(program: Program, own: Path) -> None:
    result = program("playbook", "list")
    assert result.code == 0
    assert str(own) in result.out
    assert "Siellä: coffee ja office" in result.out
    documents = program("playbook", "list", "--json").json
    assert {item["id"] for item in documents if item["own"]} == {"office", "coffee"}


def test_an_empty_folder_is_told_too(program: Program) -> None:
    """Whoever wants to copy a playbook must learn where to put the copy."""
    assert "Siellä ei ole vielä mitään." in program("playbook", "list").out


def test_an_own_playbook_in_place_of_a_shipped_one_is_told(program: Program, own: Path) -> None:
    write(own, "bankruptcy", OWN.replace("extends: small-layoff", "extends: base\nabstract: false"))
    assert "Oma käytetään samannimisen valmiin sijasta: bankruptcy." in program("playbook", "list").out


def test_a_broken_own_playbook_hides_no_other(program: Program, own: Path) -> None:
    """One slip in one file must not take the list from somebody in a hurry."""
    write(own, "broken", OWN + "colour: red\n")
    result = program("playbook", "list")
    assert result.code == 0
    assert "large-layoff" in result.out
    assert "Toimintamallissa broken on yksi virhe" in result.err


@pytest.mark.parametrize(
    "command",
    [
        ("show", "office"),
        ("explain", "office", "tasks.coffee.due"),
        ("diff", "small-layoff", "office"),
        ("plan", "office", *FACTS),
        ("plan", "small-layoff", *FACTS, "--against", "office"),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_commands_find_an_own_playbook_by_its_id(
    program: Program, own: Path, command: tuple[str, ...]
) -> None:
    result = program("playbook", *command, "--quiet")
    assert result.code == 0, result.err
    assert "coffee" in result.out or "Keitä kahvit" in result.out


@pytest.mark.usefixtures("own")
def test_an_incident_is_opened_from_an_own_playbook(filled: Program) -> None:
    result = filled(
        "incident", "open", "office", "--employer", "Keksitty Oy", "--municipality", "Lahti",
        "--input", "headcount=20", "--anchor", "proposal=1.3.2027", "--json",
    )  # fmt: skip
    assert result.code == 0, result.err
    assert result.json["playbook"]["id"] == "office"


def test_the_list_tells_how_fresh_each_playbook_is(program: Program, own: Path) -> None:
    """Without a store nothing has been used yet, and the list works all the same."""
    write(own, "broken", OWN + "colour: red\n")
    page = program("playbook", "list").out
    assert "Tuoreus" in page
    fresh = page.partition("Tuoreus")[2]
    assert "✗ 1 virhe" in fresh
    assert "ei harjoiteltu" in fresh
    documents = {item["id"]: item for item in program("playbook", "list", "--json").json}
    assert (documents["broken"]["usable"], documents["broken"]["errors"]) == (False, 1)
    shipped = documents["large-layoff"]
    assert (shipped["usable"], shipped["last_used"], shipped["last_rehearsed"]) == (True, None, None)
    assert shipped["law_checked"] < shipped["check_due"]
