"""This machine's settings: option before environment before file before default."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from muutosturva.errors import InputError
from muutosturva.i18n import LANGUAGES
from muutosturva.settings import (
    Settings,
    first_of,
    from_environment,
    read_settings,
    remember_name,
    settings_path,
)
from tests.cli.conftest import Program


def write(text: str) -> Path:
    """Write this test's settings file."""
    path = settings_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_that_is_not_there_sets_nothing(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml", LANGUAGES) == Settings()


def test_the_file_sets_store_language_name_theme_and_playbooks() -> None:
    path = write(
        'store = "x.db"\nlanguage = "sv"\nname = "Esimerkki Elli"\ntheme = "light"\nplaybooks = "own"\n'
    )

    assert read_settings(path, LANGUAGES) == Settings("x.db", "sv", "Esimerkki Elli", "light", "own")


@pytest.mark.parametrize(
    ("before", "others"),
    [
        (None, Settings()),
        ('store = "x.db"\n\n# minun nimeni\nname = "Joku Muu"\nlanguage = "sv"\n', Settings("x.db", "sv")),
        ('store = "x.db"', Settings("x.db")),
    ],
)
def test_a_name_is_remembered_and_the_rest_stays(before: str | None, others: Settings) -> None:
    """Also one with a quotation mark; what the person wrote into the file themselves is theirs."""
    path = settings_path() if before is None else write(before)

    remember_name(path, 'Esimerkki "Elli" Ek\\holm')

    assert read_settings(path, LANGUAGES) == replace(others, name='Esimerkki "Elli" Ek\\holm')
    assert before is None or "#" not in before or "# minun nimeni" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('store = "x\n', "settings.not_toml", 1),
        ("store =\n", "settings.not_toml", 1),
        ('stroe = "x"\n', "settings.unknown_key", 1),
        ('store = "x"\nlanguage = "de"\n', "settings.unknown_language", 2),
        ("name = 5\n", "settings.not_text", 1),
        ('name = " "\n', "settings.not_text", 1),
        ("[store]\nplace = 1\n", "settings.not_text", 1),
    ],
)
def test_a_wrong_file_is_told_with_its_line(text: str, code: str, line: int) -> None:
    path = write(text)
    with pytest.raises(InputError) as caught:
        read_settings(path, LANGUAGES)

    assert [(problem.code, problem.line) for problem in caught.value.problems] == [(code, line)]
    assert {problem.path for problem in caught.value.problems} == {str(path)}


def test_every_problem_of_the_file_is_told_at_once() -> None:
    path = write('stroe = "x"\nlanguage = "de"\nname = 5\n')
    with pytest.raises(InputError) as caught:
        read_settings(path, LANGUAGES)

    assert len(caught.value.problems) == 3


def test_an_empty_variable_sets_nothing() -> None:
    assert from_environment({"MUUTOSTURVA_STORE": "", "MUUTOSTURVA_AS": "Elli"}) == Settings(name="Elli")


def test_of_each_value_the_first_that_is_set_counts() -> None:
    assert first_of(Settings(store="a"), Settings(store="b", language="sv"), Settings(name="c")) == Settings(
        "a", "sv", "c"
    )


def test_option_goes_before_environment_before_file(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    write('store = "file.db"\nlanguage = "sv"\nname = "Malli Mauri"\n')
    program()
    monkeypatch.setenv("MUUTOSTURVA_STORE", "environment.db")
    monkeypatch.setenv("MUUTOSTURVA_LANG", "en")
    program()
    program("--store", "option.db", "--lang", "fi", "--as", "Esimerkki Elli")

    assert program.screens.opened == [
        ("file.db", "sv", "Malli Mauri"),
        ("environment.db", "en", "Malli Mauri"),
        ("option.db", "fi", "Esimerkki Elli"),
    ]


@pytest.mark.parametrize("command", [("incident", "list"), ("task", "list")], ids=" ".join)
def test_a_remembered_name_does_not_shut_an_example_store(filled: Program, command: tuple[str, ...]) -> None:
    """Whoever works in the office's own store must be able to look at the example, where they are nobody."""
    remember_name(settings_path(), "Oikea Olavi")

    assert filled(*command).code == 0
    assert filled(*command, "--as", "Oikea Olavi").code == 3


def test_finnish_is_spoken_when_nobody_says_otherwise(program: Program) -> None:
    assert program("--help").out.startswith("Käyttö:")


def test_a_broken_file_stops_work_but_not_help(program: Program) -> None:
    """Who looks for help must get it, most of all when something is broken."""
    path = write("store = \n")
    told = program("incident", "list")

    assert told.code == 1
    assert f"{path}:1:" in told.err
    assert program("incident", "list", "--help").code == 0


def test_a_language_of_the_environment_that_is_none_falls_back(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUUTOSTURVA_LANG", "de")

    assert program("--help").out.startswith("Käyttö:")
