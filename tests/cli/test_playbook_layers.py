"""``playbook explain`` and ``diff``: layers of a playbook in an official's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Program

OWN = """\
schema: muutosturva/playbook/1
id: own
version: "2026.1"
extends: small-layoff
title: {fi: Oma, sv: Egen, en: Own}
tasks:
  replace:
    joint-meeting: {due: heard + 2 wd}
  remove:
    survey: {reason: {fi: Kysely tehdään toisin, sv: Enkäten görs annorlunda, en: Made otherwise}}
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return an overlay of three layers in the folder where the commands are typed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    return "./own.yaml"


def test_a_value_is_told_with_its_line_and_all_that_lies_beneath(program: Program, own: str) -> None:
    lines = program("playbook", "explain", own, "tasks.joint-meeting.due").out.splitlines()

    assert lines[0] == "tasks.joint-meeting.due  Määräaika"
    assert lines[2:4] == ["Arvo: heard + 2 wd", "  own.yaml, rivi 8"]
    assert lines[4] == "Sen alla: heard + 3 wd"
    assert (
        lines[5].lstrip().startswith(str(Path("playbooks", "small-layoff.yaml")))
        or "small-layoff.yaml" in lines[5]
    )
    assert lines[6] == "Sen alla: heard + 5 wd"
    assert "base.yaml" in lines[7]


def test_the_document_has_every_layer(program: Program, own: str) -> None:
    document = program("playbook", "explain", own, "joint-meeting.due", "--json").json

    assert document["path"] == "tasks.joint-meeting.due"
    assert [word["value"] for word in document["written"]] == ["heard + 2 wd", "heard + 3 wd", "heard + 5 wd"]
    assert document["written"][0]["line"] == 8
    assert tuple(document) == ("playbook", "path", "asked", "written", "default", "parts")


def test_a_path_spelt_wrong_is_answered_by_the_nearest_and_said(program: Program, own: str) -> None:
    result = program("playbook", "explain", own, "tasks.joint-meting.due")

    assert result.code == 0
    assert "tasks.joint-meeting.due" in result.err
    assert "heard + 2 wd" in result.out


def test_a_task_taken_out_tells_why(program: Program, own: str) -> None:
    result = program("playbook", "explain", own, "survey", "--lang", "en")

    assert "Taken out: own.yaml, line 10" in result.out
    assert "Reason: Made otherwise" in result.out


def test_an_entry_alone_lists_its_keys_with_their_lines(program: Program, own: str) -> None:
    page = program("playbook", "explain", own, "tasks.joint-meeting").out

    (due,) = [line for line in page.splitlines() if line.startswith("due ")]
    assert "own.yaml:8" in due
    assert "base.yaml:" in due


def test_a_path_near_nothing_is_not_found(program: Program) -> None:
    assert program("playbook", "explain", "base", "xyzzy").code == 3


def test_a_difference_tells_what_comes_what_goes_and_what_changes(program: Program, own: str) -> None:
    page = program("playbook", "diff", "small-layoff", own).out

    assert "Lisätään 0, otetaan pois 1 (lakisääteisiä 1), muutetaan 1." in page
    assert "- survey" in page
    assert "[LAKISÄÄTEINEN]" in page
    assert "Syy: Kysely tehdään toisin" in page
    assert "Määräaika (due): heard + 3 wd → heard + 2 wd" in page


def test_a_list_tells_only_what_comes_and_goes(program: Program) -> None:
    """A checklist of eight points of which one is new must not be read through twice."""
    page = program("playbook", "diff", "large-layoff", "bankruptcy", "--lang", "en").out

    assert "Law (law):\n        + 55/2001 7 luku 8 §" in page


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_same_playbook_twice_has_no_difference(program: Program, language: str) -> None:
    assert len(program("playbook", "diff", "base", "base", "--lang", language).out.splitlines()) == 2


def test_the_document_of_a_difference_keeps_its_keys(program: Program, own: str) -> None:
    document = program("playbook", "diff", "small-layoff", own, "--json").json

    assert tuple(document) == ("from", "to", "playbook", "entries")
    assert tuple(document["entries"][0]) == (
        "section", "id", "act", "phase", "title", "statutory", "reason", "was", "changes",
    )  # fmt: skip


def test_bundles_are_listed_apart_from_what_can_be_launched(program: Program) -> None:
    page = program("playbook", "list").out
    launched, _, bundles = page.partition("Paketit:")

    assert "job-fair" not in launched
    assert "staff-session@2026.1" in bundles
    kinds = {one["id"]: one["kind"] for one in program("playbook", "list", "--json").json}
    assert (kinds["job-fair"], kinds["large-layoff"]) == ("bundle", "incident")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_bundle_is_shown_and_checked_but_not_launched(program: Program, language: str) -> None:
    """Whoever finds it in the list tries to open it next."""
    assert program("playbook", "lint", "job-fair").code == 0
    assert "use: [job-fair@2026.1]" in program("playbook", "show", "job-fair", "--lang", language).out
    refused = program("playbook", "plan", "job-fair", "--lang", language)
    assert refused.code == 1
    assert "use: [job-fair@2026.1]" in refused.err


def test_a_playbook_tells_which_bundles_it_takes_in(program: Program) -> None:
    assert "staff-session@2026.1" in program("playbook", "show", "large-layoff").out
    assert "job-fair@2026.1" in program("playbook", "show", "large-layoff", "--json").json["bundles"]
