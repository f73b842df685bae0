"""The pages of ``docs/reference`` say what the program says of itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import cast

import click
import pytest

from muutosturva.cli.root import commands
from muutosturva.cli.run import run
from muutosturva.cli.state import Screens
from muutosturva.i18n import LANGUAGES, Language, catalogue
from tests.architecture.source import ROOT, listed
from tests.golden import assert_golden

PAGES = ROOT / "docs" / "reference"
NOW = dt.datetime(2027, 3, 1, 6, 30, tzinfo=dt.UTC)


def paths(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command, groups before their members."""
    yield path
    if isinstance(command, click.Group):
        for name, member in command.commands.items():
            yield from paths(member, (*path, name))


def no_screens() -> Screens:
    """Return no terminal UI: a help page never opens one."""
    return cast("Screens", None)


def help_page(path: tuple[str, ...], language: Language, capsys: pytest.CaptureFixture[str]) -> str:
    assert run([*path, "--lang", language, "--help"], screens=no_screens(), clock=lambda: NOW) == 0
    return capsys.readouterr().out.strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_command_line_is_what_help_prints(
    language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page written by hand is out of date the day a command changes."""
    parts = ["# muutosturva --help\n"]
    for path in paths(commands()):
        heading = " ".join(("muutosturva", *path))
        parts.append(f"## {heading}\n\n```text\n{help_page(path, language, capsys)}\n```\n")

    assert_golden(PAGES / f"cli.{language}.md", "\n".join(parts).encode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_playbook_language_is_what_the_program_prints(
    language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    """One source for the page, the schema and the messages: none can say what the others do not."""
    told = ["playbook", "reference", "--lang", language]
    assert run(told, screens=no_screens(), clock=lambda: NOW) == 0
    assert_golden(PAGES / f"playbook.{language}.md", capsys.readouterr().out.encode())


MENTION = re.compile(r"(?:^|[:(«“”\"'`]\s*)muutosturva((?: [a-z]+(?:-[a-z]+)*){1,2})", re.MULTILINE)
"""A command line stands at the beginning of a line or after a mark; elsewhere it is the word."""


def mentions(language: Language) -> Iterator[tuple[str, list[str]]]:
    """Yield each command line that a text names, as words after the program's name."""
    for key, entry in catalogue(language).items():
        for text in [entry] if isinstance(entry, str) else entry.values():
            yield from ((key, found[1].split()) for found in MENTION.finditer(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_a_text_names_exists(language: Language) -> None:
    """Advice to type a command that is not there is worse than none."""
    known = set(paths(commands()))
    groups = {path for path in known if any(other[:-1] == path for other in known if other)}
    wrong = [
        f"{key}: muutosturva {' '.join(words)}"
        for key, words in mentions(language)
        if (words[0],) not in known
        or ((words[0],) in groups and len(words) > 1 and tuple(words) not in known)
    ]
    assert list(mentions(language))
    assert not wrong, listed(wrong)
