"""What one playbook does to another: as written, entry by entry, key by key."""

from __future__ import annotations

from pathlib import Path

import pytest

from muutosturva.playbooks.comparing.difference import Difference, difference
from muutosturva.playbooks.library import Library
from tests.playbooks.making import STEP, playbook
from tests.playbooks.test_overlay import BASE, OVER


def compared(folder: Path, body: str) -> Difference:
    """Return what an overlay does to the base."""
    for name, text in {"base": BASE, "over": OVER + body}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    library = Library(shipped=folder)
    pair = [library.read(name).resolved for name in ("base", "over")]
    assert pair[0] is not None
    assert pair[1] is not None
    return difference(pair[0], pair[1])


def test_what_is_added_removed_and_changed_is_told_apart(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        f"tasks:\n  add: {{three: {STEP}}}}}\n  replace: {{one: {{due: heard + 2 d}}}}\n"
        "  remove: {two: {reason: Ei koske}}\n",
    )
    assert {entry.id: entry.act for entry in found.entries} == {
        "one": "changed",
        "two": "removed",
        "three": "added",
    }


def test_a_change_tells_old_and_new_as_written(tmp_path: Path) -> None:
    found = compared(tmp_path, 'tasks: {replace: {one: {due: "max(heard, decision)", raci: {c: lead}}}}\n')
    (entry,) = found.entries
    assert [(change.key, change.old, change.new) for change in entry.changes] == [
        ("due", "heard + 1 d", "max(heard, decision)"),
        ("raci.c", None, ["lead"]),
    ]


def test_a_statutory_entry_taken_out_is_marked_and_keeps_its_reason(tmp_path: Path) -> None:
    found = compared(tmp_path, "tasks: {remove: {two: {reason: Ei koske}}}\n")
    (entry,) = found.entries
    assert (entry.statutory, entry.reason, entry.phase) == (True, {"fi": "Ei koske"}, "alarm")


def test_two_ways_to_write_the_same_are_no_difference(tmp_path: Path) -> None:
    """A bare text is Finnish, one id is a list of one, and a key left at its default says nothing."""
    found = compared(tmp_path, "tasks: {replace: {one: {title: {fi: Askel}, roll: none, raci: {r: lead}}}}\n")
    assert found.entries == ()


def test_the_head_of_the_playbook_is_compared_without_id_and_version(tmp_path: Path) -> None:
    found = compared(tmp_path, "suggest: level >= M\n")
    assert {change.key for change in found.head} == {"abstract", "title", "suggest"}


def test_a_playbook_does_not_differ_from_itself() -> None:
    one = playbook(f"tasks:\n  one: {STEP}}}\n")
    found = difference(one, one)
    assert (found.head, found.entries) == ((), ())


@pytest.mark.parametrize("name", ["small-layoff", "large-layoff", "bankruptcy"])
def test_what_a_shipped_overlay_takes_out_of_the_base_has_a_reason(name: str) -> None:
    """Whoever compares must read why a step is not there."""
    library = Library()
    found = difference(library.load("base"), library.load(name))
    removed = [entry for entry in found.entries if entry.act == "removed"]
    assert removed or name == "large-layoff"
    assert all(entry.reason for entry in removed)


def test_there_and_back_adds_what_was_removed() -> None:
    library = Library()
    one, other = library.load("base"), library.load("bankruptcy")
    there, back = difference(one, other), difference(other, one)
    opposite = {"added": "removed", "removed": "added", "changed": "changed"}
    assert {(e.section, e.id, opposite[e.act]) for e in there.entries} == {
        (e.section, e.id, e.act) for e in back.entries
    }
