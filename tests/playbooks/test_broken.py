"""Every mistake in ``broken/`` is told with its code and place, and in three languages.

Each file is a whole playbook with what its name says wrong; beside it stand the problems
expected, ``code line:column`` a line.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from muutosturva.errors import Problem
from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.playbooks.library import Library
from tests.golden import assert_golden

FOLDER = Path(__file__).parent / "broken"
FILES = sorted(path for path in FOLDER.glob("*.yaml") if path.stem != "sound")


def _problems(path: Path) -> tuple[Problem, ...]:
    return Library(user_folder=FOLDER, shipped=FOLDER).read(path).problems


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_mistake_is_told_where_it_stands(path: Path) -> None:
    """Position and code are what an editor and a script rely on."""
    lines = [f"{p.code.removeprefix('playbooks.')} {p.line}:{p.column}" for p in _problems(path)]
    assert lines, "a broken file must have a problem"
    assert_golden(path.with_suffix(".txt"), "".join(f"{line}\n" for line in lines).encode())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_mistake_has_words_in_every_language(path: Path) -> None:
    """A missing word or parameter would be a traceback in front of the user."""
    for language in LANGUAGES:
        texts = Texts(language)
        for problem in _problems(path):
            assert texts.problem(problem)
            texts.hint(problem)


def test_the_sound_file_has_none() -> None:
    """All broken files were made from this one: what they report comes from their own mistake."""
    assert _problems(FOLDER / "sound.yaml") == ()


def test_an_unquoted_comma_is_told_as_such() -> None:
    """``{fi: Joukkovähennys, yli 50}`` is valid YAML with two keys: the commonest slip of all."""
    (problem,) = _problems(FOLDER / "unquoted_comma.yaml")
    assert problem.code == "playbooks.unquoted_comma"
    assert "yli 50" in Texts("fi").hint(problem)


def test_the_nearest_spelling_is_offered() -> None:
    nearest = {
        path.stem: problem.params["nearest"]
        for path in FILES
        for problem in _problems(path)
        if "nearest" in problem.params
    }
    assert nearest["misspelt_anchor"] == "heard"
    assert nearest["misspelt_role"] == "lead"
    assert nearest["misspelt_task"] == "log-news"
    assert str(nearest["misspelt_rule"]).startswith("mt55_register_by")
    assert nearest["misspelt_input"] == "listed"
    assert nearest["unknown_unit"] == "wd"
    assert nearest["wrong_kind"] == "incident"


def test_a_problem_of_an_overlay_points_into_the_overlay() -> None:
    """The merged text exists in no file; the person needs the line that was written."""
    (problem,) = _problems(FOLDER / "overlay_breaks_base.yaml")
    assert Path(problem.path).name == "overlay_breaks_base.yaml"
