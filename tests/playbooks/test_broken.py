"""Every mistake in ``broken/`` is told with its code and place, and in three languages.

Each file is a whole playbook with what its name says wrong; beside it stands what ``playbook lint``
tells of it in Finnish, word for word. The names of the roster, the day and the rule book are given.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from muutosturva.cli.lint_pages import lint_lines
from muutosturva.i18n import LANGUAGES, Texts, catalogue, named_languages
from muutosturva.playbooks.checks.lint import Checked
from muutosturva.playbooks.checks.outside import Outside
from muutosturva.playbooks.checks.policy import KNOWN_AUDIENCES
from muutosturva.playbooks.library import Library
from muutosturva.rules.book import shipped_book
from tests.golden import assert_golden

FOLDER = Path(__file__).parent / "broken"
FILES = sorted(path for path in FOLDER.glob("*.yaml") if path.stem != "sound")
ACTS = frozenset(key.removeprefix("rules.act.") for key in catalogue("fi") if key.startswith("rules.act."))
# On that day the rows of the EGF regulation have run out.
OUTSIDE = Outside(dt.date(2028, 3, 1), shipped_book(), ACTS, ("Maija Esimerkkinen",), named_languages())


@pytest.fixture(autouse=True)
def _in_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)


def _checked(path: Path) -> Checked:
    return Library(user_folder=FOLDER, shipped=FOLDER).read(Path(path.name), OUTSIDE)


def _told(checked: Checked) -> str:
    lines = lint_lines(Texts("fi"), checked.problems, checked.ignored, 1)
    return "".join(f"{line}\n" for line in lines).replace(f"{FOLDER}/", "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_mistake_is_told_where_it_stands_and_how_to_mend_it(path: Path) -> None:
    """Position and code are what an editor and a script rely on, the words what a person does."""
    checked = _checked(path)
    assert checked.problems, "a broken file must have a problem"
    assert_golden(path.with_suffix(".txt"), _told(checked).encode())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_mistake_has_words_in_every_language(path: Path) -> None:
    """A missing word or parameter would be a traceback in front of the user."""
    for language in LANGUAGES:
        texts = Texts(language)
        for problem in _checked(path).problems:
            assert texts.problem(problem)
            texts.hint(problem)


def test_the_sound_file_has_none() -> None:
    """All broken files were made from this one: what they report comes from their own mistake."""
    assert _checked(FOLDER / "sound.yaml").problems == ()


def test_an_unquoted_comma_is_told_as_such() -> None:
    """``{fi: Joukkovähennys, yli 50}`` is valid YAML with two keys: the commonest slip of all."""
    (problem,) = _checked(FOLDER / "unquoted_comma.yaml").problems
    assert problem.code == "playbooks.unquoted_comma"
    assert "yli 50" in Texts("fi").hint(problem)


def test_the_nearest_spelling_is_offered() -> None:
    nearest = {
        path.stem: problem.params["nearest"]
        for path in FILES
        for problem in _checked(path).problems
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
    (problem,) = _checked(FOLDER / "overlay_breaks_base.yaml").problems
    assert Path(problem.path).name == "overlay_breaks_base.yaml"


def test_the_audiences_the_house_knows_are_those_it_has_words_for() -> None:
    """An audience with words that lint doubts, or one it lets pass without words, would puzzle the reader."""
    for language in LANGUAGES:
        words = [key.split(".")[2] for key in catalogue(language) if key.startswith("playbooks.audience.")]
        assert sorted(words) == sorted(KNOWN_AUDIENCES)
