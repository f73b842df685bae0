"""The playbooks: listed with their freshness, read beside their findings, tried without a trace."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Final

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input

from muutosturva.clock import local_date
from muutosturva.coordination.freshness import Freshness, Volume
from muutosturva.coordination.sign_on import open_store
from muutosturva.coordination.trigger import TriggerRequest, trigger
from muutosturva.errors import Problem
from muutosturva.i18n import Texts
from muutosturva.models.states import Secrecy
from muutosturva.playbooks.comparing.explain import explain
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.tui import playbook_rows
from muutosturva.tui.backend.playbooks import Playbooks
from muutosturva.tui.widgets.lists import ListTable
from muutosturva.tui.widgets.playbook_text import PlaybookText, spans
from tests.playbooks.making import playbook
from tests.tui.support import ACTOR, NARROW, NOW, WIDE, at_screen

OWN: Final = """\
schema: muutosturva/playbook/1
id: aalto
version: "2026.1"
extends: small-layoff
title: {fi: "Aallon oma malli", sv: "Aaltos egen modell", en: "Aalto's own"}
review: {role: lead, every: 12 m, last: 2025-10-01}
# Kahvi kuuluu tilaisuuteen.
tasks:
  add:
    coffee:
      title: {fi: "Keitä kahvit", sv: "Koka kaffe", en: "Make coffee"}
      phase: alarm
      due: hearrd + 1 wd
      raci: {r: [lead], a: lead}
"""
CASE: Final = """\
tests:
  - name: Kahvi
    given: {inputs: {headcount: 9}, anchors: {heard: 2027-03-01, proposal: 2027-03-01}}
    expect: {tasks: [tea]}
"""
SLIP: Final = "hearrd"
SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "160x45"])
FI: Final = Texts("fi")
ERROR: Final = Problem("playbooks.unknown_anchor", {"name": "x", "nearest": "y"}, "aalto.yaml", 13, 12)
WARNING: Final = Problem("playbooks.no_tests", {"id": "aalto"}, "aalto.yaml", 2, 1)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of an own playbook with a slip, in a folder whose name is the same on every machine."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MUUTOSTURVA_PLAYBOOKS", "mallit")
    file = tmp_path / "mallit" / "aalto.yaml"
    file.parent.mkdir()
    file.write_text(OWN, "utf-8")
    return file


def write(file: Path, text: str | bytes) -> None:
    """Write a file as a person does with an editor."""
    file.write_bytes(text.encode() if isinstance(text, str) else text)


def file_hash(place: Path) -> str:
    """Return the hash of everything the store's files hold, but what readers share in memory."""
    files = sorted(place.parent.glob(f"{place.name}*"))
    return hashlib.sha256(
        b"".join(file.read_bytes() for file in files if file.suffix != ".db-shm")
    ).hexdigest()


async def test_a_slip_is_found_mended_and_the_plan_previewed_without_a_trace(
    empty_store: Path, own: Path
) -> None:
    """What somebody who touches a playbook once a year does, from the first screen to the preview."""
    async with at_screen(empty_store) as at:
        before = file_hash(empty_store)
        await at.press("t")
        assert "✗ 1 virhe" in at.words
        assert "Mallia ei voi käyttää" in at.words
        await at.press("enter")
        assert "Päivää (ankkuria) hearrd ei ole" in at.words
        text = at.app.screen.query_one(PlaybookText)
        assert text.line == OWN[: OWN.index(SLIP)].count("\n") + 1
        assert SLIP in at.text.partition("✗")[0]
        await at.press("down")
        assert text.line == 2
        write(own, OWN.replace(SLIP, "heard"))
        await at.press("f5")
        assert "Luettu uudelleen: ! 2 huomautusta" in at.words
        await at.press("tab", *["down"] * 7)
        assert "tasks.coffee.due: Määräaika" in at.words
        assert "Arvo: heard + 1 wd (tässä, rivi 13)" in at.words
        await at.press("e")
        for answer in ("lahti", "30", "20", "40"):
            await at.fill(answer)
        await at.press("enter", "enter")
        await at.press("f8")
        assert "Pakollinen tieto puuttuu" in at.words
        await at.type("1.3.2027")
        await at.press("f8")
        preview = at.app.screen.query_one("#preview", ListTable)
        assert any("Keitä kahvit" in row.cells for row in preview.list_rows)
        assert "Tämä on kokeilu." in at.words
        await at.press("escape", "escape")
        assert "Lakitarkistus"[:8] in at.words
        assert "✗" not in at.words
        assert file_hash(empty_store) == before


async def test_worked_cases_are_run_from_the_list_and_the_text(empty_store: Path, own: Path) -> None:
    """A case that does not hold stands among the findings, with the line that expects something else."""
    write(own, OWN.replace(SLIP, "heard") + CASE)
    async with at_screen(empty_store, size=WIDE) as at:
        await at.press("t", "a")
        assert "✗ ei pidä 1/1" in at.words
        await at.press("enter", "a")
        assert "✗ esimerkki" in at.words
        await at.press("down")
        assert at.app.screen.query_one(PlaybookText).line == (OWN + CASE).count("\n")


async def test_a_broken_own_file_and_a_folder_that_is_none_hide_nothing(
    empty_store: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(own, b"\xff\xfe\x1b[2J")
    async with at_screen(empty_store) as at:
        await at.press("t")
        assert "Suuri irtisanominen" in at.words
        await at.press("enter")
        assert "UTF-8" in at.words
        assert "\x1b" not in at.text
        await at.press("escape")
        monkeypatch.setenv("MUUTOSTURVA_PLAYBOOKS", str(own))
        await at.press("f5")
        assert "ei voi lukea" in at.words
        assert "Suuri irtisanominen" in at.words


async def test_a_finding_in_the_base_shows_the_base(empty_store: Path, own: Path) -> None:
    """An overlay that moves a day may break what its base hangs on it: the base's own line is shown."""
    moved = OWN.replace(SLIP, "heard") + "  replace:\n    log-news:\n      due: heard + 3 h\n"
    write(own, moved)
    async with at_screen(empty_store, size=WIDE) as at:
        await at.press("t", "enter")
        assert "base.yaml: Määräpäivä" in at.words
        assert "playbooks/base.yaml" in at.words
        line = at.app.screen.query_one(PlaybookText)
        assert "heard + 2 h" in str(line.document.get_line(line.line - 1))


@pytest.mark.usefixtures("own")
async def test_the_key_of_the_editor_opens_nothing_where_none_is_set(
    empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with at_screen(empty_store, size=WIDE) as at:
        await at.press("t", "enter", "m")
        assert "Muokkaa tiedostoa tekstieditorilla" in at.words


async def test_who_may_not_know_of_an_incident_sees_no_day_of_it_also_after_another_who_may(
    empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day is gone at once, not when the playbooks have been read anew."""
    day = FI.day(local_date(NOW))
    request = TriggerRequest(
        playbook="small-layoff",
        employer="Esimerkkikoria Oy",
        inputs={"headcount": 30, "bankruptcy": False},
        anchors={"proposal": AnchorValue.confirmed(dt.date(2027, 4, 6))},
        secrecy=Secrecy.RESTRICTED,
    )
    with open_store(empty_store) as store:
        trigger(store, request, actor=ACTOR, now=NOW)
    async with at_screen(empty_store) as at:
        await at.press("t")
        rows = at.app.screen.query_one("#playbooks", ListTable)
        assert any(day in row.cells for row in rows.list_rows)
        monkeypatch.setattr(Playbooks, "read", lambda _self, _volumes: iter(()))
        await at.app.act_as("Esimerkki Ulla")
        await at.settled()
        assert not any(day in row.cells for row in rows.list_rows)


@SIZES
@pytest.mark.usefixtures("own")
async def test_the_list_of_playbooks(
    empty_store: Path, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with at_screen(empty_store, size=size) as at:
        await at.press("t")
        assert at.text == snapshot


@SIZES
@pytest.mark.usefixtures("own")
async def test_the_text_of_a_playbook_with_its_findings(
    empty_store: Path, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with at_screen(empty_store, size=size) as at:
        await at.press("t", "enter")
        assert at.text == snapshot


async def test_the_first_question_of_a_trial_shows_its_label(empty_store: Path, own: Path) -> None:
    """At 80 columns the field with the focus must not push its own label out of sight."""
    write(own, OWN.replace(SLIP, "heard"))
    async with at_screen(empty_store) as at:
        await at.press("t", "e")
        assert isinstance(at.app.focused, Input)
        assert "Kunta, jossa työpaikka on" in at.words


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("  due: heard + 1 wd", [("due", "key")]),
        ("# lint: ignore x", [("# lint: ignore x", "remark")]),
        ('title: "a # b"  # c', [("title", "key"), ('"a # b"', "text"), ("# c", "remark")]),
        ("raci: {r: [lead], a: lead}", [("raci", "key"), ("r", "key"), ("a", "key")]),
        ('when: "level: x"', [("when", "key"), ('"level: x"', "text")]),
        ("at 16:30", []),
    ],
)
def test_keys_texts_and_remarks_are_told_apart(line: str, found: list[tuple[str, str]]) -> None:
    pieces = sorted(spans(line))
    assert [(line[start:end], name) for start, end, name in pieces] == found


def test_what_stops_a_playbook_stands_before_what_it_is_warned_of() -> None:
    rows = playbook_rows.findings(FI, [WARNING, ERROR], [], "aalto.yaml")
    assert [row.cells[1] for row, _ in rows] == ["✗ virhe", "! huomautus"]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("tasks.call.title.fi", "tasks.call.title.fi: Nimi"),
        ("tasks.call.checklist.1", "tasks.call.checklist.1: Muistilista"),
    ],
)
def test_a_value_without_words_of_its_own_is_told_by_the_key_it_belongs_to(asked: str, first: str) -> None:
    resolved = playbook(
        """\
        tasks:
          call:
            title: {fi: Soita}
            phase: alarm
            raci: {r: [lead], a: lead}
            checklist: [Numero]
        """
    )
    assert next(playbook_rows.explained(FI, explain(resolved, asked), "small.yaml")) == first


def test_a_playbook_that_has_not_been_read_yet_says_so() -> None:
    """The list stands at once; a file that takes its time holds up nobody."""
    volume = Volume("aalto", Path("aalto.yaml"), own=True)
    (unread,) = playbook_rows.playbooks(FI, [volume], {}, {})
    found = Freshness(volume, {"fi": "Aalto"}, "1.1", playbook(), ())
    (read,) = playbook_rows.playbooks(FI, [volume], {"aalto": found}, {})
    assert ("aalto" in unread.cells, "luetaan…" in unread.cells) == (True, True)
    assert ("Aalto" in read.cells, "kunnossa" in read.cells) == (True, True)
