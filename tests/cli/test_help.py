"""Help is complete in three languages, fits 80 columns, and shows no word of click's own."""

from __future__ import annotations

import re
import shlex

import pytest

from muutosturva.i18n import LANGUAGES, Language, Texts
from tests.cli.conftest import Program
from tests.cli.tree import leaves, walk

PATHS = list(walk())

ENGLISH = re.compile(r"\b(Usage|Options?|Commands?|Arguments?|Show|Error|required|default|Print|Example)\b")
SWEDISH_AND_FINNISH: tuple[Language, ...] = ("fi", "sv")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_command_has_help_with_an_example_that_fits_the_screen(
    program: Program, path: tuple[str, ...], language: Language
) -> None:
    shown = program(*path, "--help", "--lang", language)
    texts = Texts(language)

    assert shown.code == 0
    assert shown.err == ""
    assert shown.out.startswith(f"{texts('cli.help.usage')} muutosturva")
    assert texts("cli.help.example") in shown.out
    assert max(len(line) for line in shown.out.splitlines()) <= 80


@pytest.mark.parametrize("language", SWEDISH_AND_FINNISH)
@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_no_english_word_of_the_library_is_left(
    program: Program, path: tuple[str, ...], language: Language
) -> None:
    """A page in two languages at once is read by nobody."""
    shown = program(*path, "--help", "--lang", language).out

    assert not ENGLISH.findall(shown)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", leaves(), ids=" ".join)
def test_an_example_can_be_typed(path: tuple[str, ...], language: Language) -> None:
    """The example of a command is that command, quoted as a shell reads it."""
    text = Texts(language)(f"cli.command.{'_'.join(path).replace('-', '_')}.example")
    for line in text.replace("\\\n", " ").splitlines():
        assert shlex.split(line)[: 1 + len(path)] == ["muutosturva", *path]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", leaves(), ids=" ".join)
def test_the_options_of_an_example_exist(program: Program, path: tuple[str, ...], language: Language) -> None:
    shown = program(*path, "--help", "--lang", language).out
    text = Texts(language)(f"cli.command.{'_'.join(path).replace('-', '_')}.example")
    for name in re.findall(r"(?<!\S)--[a-z-]+", text):
        assert re.search(rf"^  {name}\b", shown, re.MULTILINE), name


def test_common_options_may_stand_before_or_after_the_command(opened: Program) -> None:
    """Tired people write them where they think of them."""
    before = opened("--json", "--lang", "sv", "incident", "list")
    after = opened("incident", "list", "--lang", "sv", "--json")
    between = opened("incident", "--json", "--lang", "sv", "list")

    assert before.code == after.code == between.code == 0
    assert before.json == after.json == between.json


def test_a_group_without_a_command_says_which_there_are(program: Program) -> None:
    told = program("incident")

    assert told.code == 2
    assert "open, list, show" in told.err


def test_the_version_is_that_of_the_package(program: Program) -> None:
    from muutosturva import __version__

    assert program("--version").out.strip() == f"muutosturva {__version__}"
    assert program("--version", "--json").json == {"version": __version__}
