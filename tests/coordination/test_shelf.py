"""The office's own playbooks stand beside the shipped ones in everything the program does."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path

import pytest

from muutosturva.coordination.shelf import at_hand, own_folder
from muutosturva.coordination.trigger import suggestions
from muutosturva.settings import Settings, settings_path
from muutosturva.store.location import default_path
from tests.architecture.source import PACKAGE, code, tree

NOW = dt.datetime(2027, 3, 1, 6, 10, tzinfo=dt.UTC)
OWN = """\
schema: muutosturva/playbook/1
id: {id}
version: "2027.1"
title: {{fi: "Oma malli", sv: "Egen modell", en: "Our own"}}
extends: small-layoff
suggest: "headcount < 50"
"""


def _own(name: str, text: str = OWN) -> Path:
    folder = own_folder(Settings())
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(text.format(id=name), encoding="utf-8")
    return path


def test_own_playbooks_lie_beside_the_default_store_unless_a_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the store of the office is, there people look for what is the office's own."""
    assert at_hand().user_folder == default_path().parent / "playbooks"
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text('playbooks = "~/mallit"\n', encoding="utf-8")
    assert at_hand().user_folder == Path("~/mallit").expanduser()
    monkeypatch.setenv("MUUTOSTURVA_PLAYBOOKS", str(tmp_path))
    assert at_hand().user_folder == tmp_path


def test_an_own_playbook_is_offered_by_the_trigger_and_marked_as_own() -> None:
    """The command line and the terminal interface offer what this gives."""
    _own("office")
    found = {item.playbook_id: item for item in suggestions(None, {"headcount": 20}, now=NOW)}
    assert found["office"].own
    assert found["office"].fits
    assert not found["small-layoff"].own


def test_an_own_playbook_stands_in_place_of_a_shipped_one_of_the_same_id() -> None:
    text = OWN.replace("extends: small-layoff", "extends: base\nabstract: false")
    path = _own("bankruptcy", text)
    library = at_hand()
    assert library.find("bankruptcy") == path
    assert library.takes_place("bankruptcy")
    assert not library.takes_place("small-layoff")


def _begins_a_library(node: ast.AST) -> bool:
    """Tell whether a library is made anew; one that is narrowed to what another has shipped is not."""
    made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Library"
    return made and isinstance(node, ast.Call) and all(word.arg != "shipped" for word in node.keywords)


def test_every_part_of_the_program_takes_its_playbooks_from_the_shelf() -> None:
    """A command that looked elsewhere would not find what others offer; the demo's story is what ships."""
    alone = {
        path.relative_to(PACKAGE).as_posix()
        for path in code()
        for node in ast.walk(tree(path))
        if _begins_a_library(node)
    }
    assert alone == {"coordination/shelf.py", "coordination/demo.py"}
