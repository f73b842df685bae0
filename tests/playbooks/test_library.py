"""Where playbooks come from, and what is said when there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from muutosturva.errors import InputError, NotFoundError
from muutosturva.playbooks.library import Library, shipped_folder
from tests.playbooks.making import HEAD


def _write(folder: Path, name: str, text: str = HEAD) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(text.replace("id: small", f"id: {name}"), encoding="utf-8")
    return path


def test_the_users_own_playbook_goes_before_the_shipped_one(tmp_path: Path) -> None:
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    mine = _write(own, "fire")
    _write(shipped, "fire")
    _write(shipped, "flood")
    library = Library(own, shipped)
    assert library.find("fire") == mine
    assert library.names() == ("fire", "flood")


def test_a_path_is_taken_as_a_path(tmp_path: Path) -> None:
    path = _write(tmp_path, "fire")
    library = Library(shipped=tmp_path / "none")
    assert library.find(str(path)) == path
    assert library.find(path) == path
    assert library.names() == ()


@pytest.mark.parametrize("name", ["fier", "./fier.yaml", "fier.yaml", "nowhere\\fier.yaml"])
def test_an_unknown_name_gets_the_nearest(tmp_path: Path, name: str) -> None:
    """Also of a mistyped file: people type ids and paths alike."""
    _write(tmp_path, "fire")
    with pytest.raises(NotFoundError) as caught:
        Library(shipped=tmp_path).find(name)
    assert caught.value.key == "playbooks.not_found"
    if "\\" not in name:
        assert caught.value.params["nearest"] == "fire"


def test_an_id_cannot_lead_out_of_the_folders(tmp_path: Path) -> None:
    """A playbook from somebody else must not make the program read files elsewhere."""
    _write(tmp_path, "secret")
    inner = tmp_path / "inner"
    over = HEAD.replace("id: small", "id: over").replace("kind: incident", "extends: ../secret")
    _write(inner, "over", over)
    assert [problem.code for problem in Library(shipped=inner).read("over").problems] == [
        "playbooks.extends_unknown"
    ]


def test_loading_lists_every_problem_and_reading_tells_them_as_values(tmp_path: Path) -> None:
    _write(tmp_path, "fire", HEAD.replace("heard + 6 w", "hard + 6 ww") + "tasks: {a: {}}\n")
    library = Library(shipped=tmp_path)
    problems = library.read("fire").problems
    assert [problem.line for problem in problems] == sorted(problem.line or 0 for problem in problems)
    with pytest.raises(InputError) as caught:
        library.load("fire")
    assert caught.value.problems == problems


def test_a_file_that_was_changed_is_read_anew_and_so_is_its_base(tmp_path: Path) -> None:
    """An official mends a playbook in the editor beside the open screen."""
    _write(tmp_path, "below")
    over = 'schema: muutosturva/playbook/1\nid: small\nextends: below\nversion: "2027.1"\ntitle: Yllä\n'
    _write(tmp_path, "over", over)
    library = Library(shipped=tmp_path)
    first = library.load("over")
    assert library.load("over").sha256 == first.sha256

    _write(tmp_path, "below", HEAD.replace("heard + 6 w", "heard + 7 w"))
    second = library.load("over")
    _write(tmp_path, "over", over.replace("2027.1", "2027.2"))
    third = library.load("over")

    assert len({first.sha256, second.sha256, third.sha256}) == 3
    assert third.playbook.version == "2027.2"


def test_the_checkout_ships_playbooks_without_problems() -> None:
    """What officials get must pass the lint they are held to."""
    library = Library()
    assert {"base", "large-layoff", "small-layoff", "bankruptcy"} <= set(library.names())
    assert shipped_folder().is_dir()
    assert {name: library.read(name).problems for name in library.names()} == dict.fromkeys(
        library.names(), ()
    )
