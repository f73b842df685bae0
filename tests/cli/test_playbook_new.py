"""``playbook new``: what it writes teaches, is sound, and stays sound when what it teaches is used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from muutosturva.coordination.shelf import own_folder
from muutosturva.settings import Settings
from tests.cli.conftest import Program

FACTS = ("--municipality", "Lahti", "--input", "headcount=260", "--anchor", "proposal=1.3.2027")
OPENING = "#tasks:"


def begun(program: Program, *options: str, name: str = "lahti") -> Path:
    """Return the file of a new playbook."""
    result = program("playbook", "new", name, *options, "--json")
    assert result.code == 0, result.err
    assert result.json["problems"] == 0
    return Path(result.json["path"])


def examples(text: str) -> list[list[int]]:
    """Return the line numbers of each example: lines that begin with one ``#``, together."""
    found: list[list[int]] = [[]]
    for number, line in enumerate(text.splitlines()):
        if line.startswith("#") and not line.startswith("##"):
            found[-1].append(number)
        elif found[-1]:
            found.append([])
    return [lines for lines in found if lines]


def uncommented(text: str, chosen: list[int]) -> str:
    """Return a text in which an official took the ``#`` from some lines."""
    lines = text.splitlines()
    first = lines[chosen[0]]
    if first.startswith("#  ") and not first.startswith("#  - "):
        chosen = [*chosen, lines.index(OPENING)]
    return "\n".join(line[1:] if number in chosen else line for number, line in enumerate(lines)) + "\n"


def each_used(text: str) -> Iterator[str]:
    """Yield the text with each example in force alone, then with all of them."""
    found = examples(text)
    for lines in found:
        yield uncommented(text, lines)
    yield uncommented(text, [number for lines in found for number in lines])


@pytest.mark.parametrize("base", ["large-layoff", "small-layoff", "bankruptcy", "base"])
def test_a_variant_of_every_shipped_playbook_is_sound_and_holds_its_worked_case(
    program: Program, base: str
) -> None:
    path = begun(program, "--extends", base)
    assert f"extends: {base}\n" in path.read_text(encoding="utf-8")
    assert program("playbook", "lint", "lahti").code == 0
    tried = program("playbook", "test", "lahti", "--json").json
    assert [result["held"] for result in tried["results"]] == [True]


def test_every_example_it_teaches_is_sound_once_the_mark_is_taken_away(program: Program) -> None:
    """Whoever follows the advice must not be punished for it. All are there for a shipped base."""
    path = begun(program)
    text = path.read_text(encoding="utf-8")
    assert len(examples(text)) == 7
    for used in each_used(text):
        path.write_text(used, encoding="utf-8")
        result = program("playbook", "lint", "lahti")
        assert result.code == 0, used + result.out
    tried = program("playbook", "test", "lahti", "--json").json
    assert [result["held"] for result in tried["results"]] == [True, True]
    told = program("playbook", "diff", "large-layoff", "lahti", "--json").json
    acts = {(entry["section"], entry["act"]) for entry in told["entries"]}
    assert {("tasks", act) for act in ("added", "removed", "changed")} | {("inputs", "added")} <= acts


def test_untouched_it_gives_the_plan_of_its_base(program: Program) -> None:
    """So a difference in a plan is always one somebody wrote."""
    begun(program, "--extends", "large-layoff")
    plan = program("playbook", "plan", "lahti", *FACTS, "--json").json
    base = program("playbook", "plan", "large-layoff", *FACTS, "--json").json
    for part in ("tasks", "messages", "meetings", "roles", "questions"):
        assert plan[part] == base[part]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "## ESIMERKKI: uusi tehtävä."),
        ("sv", "## EXEMPEL: en ny uppgift."),
        ("en", "## EXAMPLE: a new task."),
    ],
)
def test_the_comments_are_in_the_language_of_the_reader(program: Program, language: str, words: str) -> None:
    text = begun(program, "--lang", language).read_text(encoding="utf-8")
    assert words in text
    assert max(len(line) for line in text.splitlines()) <= 120
    # What other people see stands in every language of the base, whoever writes.
    assert 'sv: "Stor uppsägning (egen)"' in text


def test_it_lies_in_the_offices_folder_or_where_it_is_told(program: Program, tmp_path: Path) -> None:
    copy = ("--copy", "small-layoff")
    assert begun(program, *copy) == own_folder(Settings()) / "lahti.yaml"
    assert begun(program, *copy, "--out", str(tmp_path)) == tmp_path / "lahti.yaml"
    inner = tmp_path / "x" / "lahti.yaml"
    assert begun(program, *copy, "--out", str(inner)) == inner


def test_nothing_is_overwritten(program: Program) -> None:
    path = begun(program)
    path.write_text("mine", encoding="utf-8")
    result = program("playbook", "new", "lahti", "--json")
    assert (result.code, result.json["error"]) == (5, "coordination.playbook_taken")
    assert path.read_text(encoding="utf-8") == "mine"
    assert program("playbook", "new", "bankruptcy").code == 5
    assert (
        program("playbook", "new", "bankruptcy", "--out", str(path.parent), "--extends", "bankruptcy").code
        == 5
    )


@pytest.mark.parametrize(
    ("typed", "code", "error"),
    [
        (("Lahden malli",), 2, "coordination.playbook_id"),
        (("../lahti",), 2, "coordination.playbook_id"),
        (("lahti", "--out", "other.yaml"), 2, "coordination.playbook_file"),
        (("lahti", "--extends", "larg-layoff"), 3, "playbooks.not_found"),
        (("lahti", "--extends", "job-fair"), 1, "playbooks.is_bundle"),
        (("lahti", "--copy", "nothing"), 3, "playbooks.not_found"),
        (("lahti", "--copy", "base", "--extends", "base"), 2, "cli.new_one"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    program: Program, typed: tuple[str, ...], code: int, error: str
) -> None:
    result = program("playbook", "new", *typed, "--json")
    assert (result.code, result.json["error"]) == (code, error)
    assert not own_folder(Settings()).exists()


def test_a_fourth_layer_is_refused_and_copying_is_offered(program: Program) -> None:
    """Base, large layoff, the office's own: what lies over that is told to be copied instead."""
    begun(program)
    result = program("playbook", "new", "second", "--extends", "lahti")
    assert result.code == 5
    assert "--copy lahti" in result.err
    begun(program, "--copy", "lahti", name="second")


def test_a_variant_of_a_playbook_with_little_in_it_teaches_what_it_can(
    program: Program, tmp_path: Path
) -> None:
    """One task, no review, no worked case, Finnish only: there is nothing to take out or to put off."""
    (tmp_path / "tiny.yaml").write_text(
        """\
schema: muutosturva/playbook/1
id: tiny
version: "2027.1"
kind: incident
title: Pieni
inputs:
  place: {type: text, required: true, label: Missä}
  size: {type: int, min: 3, required: true, label: Kuinka monta}
anchors: {heard: {required: true, label: Kuultu}}
phases: {alarm: Hälytys}
roles: {lead: {title: Vetäjä}}
tasks:
  call: {title: Soita, phase: alarm, raci: {r: [lead], a: lead}}
""",
        encoding="utf-8",
    )
    path = tmp_path / "over.yaml"
    result = program("playbook", "new", "over", "--extends", str(tmp_path / "tiny.yaml"), "--out", str(path))
    assert result.code == 0, result.err
    text = path.read_text(encoding="utf-8")
    assert "  remove:" not in text.replace("#tasks", "")
    assert "sv:" not in text
    assert 'inputs: {place: "x", size: 3}' in text
    for used in each_used(text):
        path.write_text(used, encoding="utf-8")
        assert program("playbook", "lint", str(path)).code == 0, used
    assert program("playbook", "test", str(path)).code == 0


@pytest.mark.parametrize("of", ["small-layoff", "base", "staff-session"])
def test_a_copy_keeps_comments_and_all_and_has_its_own_id(program: Program, of: str) -> None:
    path = begun(program, "--copy", of)
    bundle = of == "staff-session"
    assert path.parent == own_folder(Settings()) / ("bundles" if bundle else "")
    text = path.read_text(encoding="utf-8")
    assert "\nid: lahti\n" in text
    assert "\n# " in text
    assert program("playbook", "lint", "lahti").code == 0
    assert program("playbook", "diff", of, "lahti", "--json").json["entries"] == []
    if not bundle:
        assert program("playbook", "test", "lahti").code == 0


def test_a_file_copied_by_hand_is_told_to_change_its_id(program: Program) -> None:
    """The commonest way to copy is that of the file manager."""
    path = begun(program, "--copy", "small-layoff")
    by_hand = path.with_name("by-hand.yaml")
    by_hand.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    told = program("playbook", "lint", "by-hand")
    assert told.code == 1
    assert "id_not_file" in told.out
    by_hand.write_text(
        by_hand.read_text(encoding="utf-8").replace("id: lahti", "id: by-hand"), encoding="utf-8"
    )
    assert program("playbook", "lint", "by-hand").code == 0
