"""The command line from outside: arguments in, exit code out."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import click
from click.shell_completion import shell_complete

from muutosturva.cli.failures import guarded
from muutosturva.cli.framework import PROGRAM
from muutosturva.cli.output import Output, prepare_streams
from muutosturva.cli.root import commands
from muutosturva.cli.state import Screens, State, language_named
from muutosturva.errors import ExitCode, MuutosturvaError
from muutosturva.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language, Texts
from muutosturva.settings import first_of, from_environment, read_settings, settings_path

COMPLETION: Final = "_MUUTOSTURVA_COMPLETE"
"""Variable by which a shell asks for completions (``bash_source`` prints what to install)."""


@dataclass(frozen=True, slots=True)
class Early:
    """What must be known before the arguments are parsed, so that a parsing error can be told.

    Attributes:
        language: value of the last ``--lang``, or "".
        as_json: True when ``--json`` is among the arguments.
    """

    language: str
    as_json: bool


def run(argv: Sequence[str], *, screens: Screens, clock: Callable[[], dt.datetime]) -> int:
    """Run one command.

    Args:
        argv: arguments without the program's name.
        screens: the terminal UI.
        clock: returns the present moment, aware.

    Returns:
        The exit code (``errors.ExitCode``; 130 after Ctrl-C).
    """
    prepare_streams()
    early = look_ahead(argv)
    texts = Texts(starting_language(early.language))
    state = State(texts, Output(texts, as_json=early.as_json), clock, screens)
    return guarded(lambda: _invoke(list(argv), state), state)


def _invoke(argv: list[str], state: State) -> int:
    tree = commands()
    asked = os.environ.get(COMPLETION)
    if asked:
        return shell_complete(tree, {"obj": state}, PROGRAM, COMPLETION, asked)
    try:
        # Not click's own main(): it ends the process by itself when the reader of a pipe has left.
        with tree.make_context(PROGRAM, argv, obj=state) as context:
            code = tree.invoke(context)
        if state.hint:
            state.out.say(state.hint)
    except click.exceptions.Exit as done:
        return done.exit_code
    return code if isinstance(code, int) else int(ExitCode.DONE)


def look_ahead(argv: Sequence[str]) -> Early:
    """Return the language and the form of the output that the arguments ask for."""
    before = list(argv)[: list(argv).index("--")] if "--" in argv else list(argv)
    language = ""
    for place, word in enumerate(before):
        if word == "--lang" and place + 1 < len(before):
            language = before[place + 1]
        elif word.startswith("--lang="):
            language = word.removeprefix("--lang=")
    return Early(language, "--json" in before)


def starting_language(given: str) -> Language:
    """Return the language to begin in; what is wrong with it is told later, by the command itself."""
    try:
        in_file = read_settings(settings_path(), LANGUAGES)
    except MuutosturvaError:
        in_file = None
    layers = (from_environment(), in_file) if in_file else (from_environment(),)
    for value in (given, first_of(*layers).language):
        try:
            if value:
                return language_named(value)
        except MuutosturvaError:
            continue
    return DEFAULT_LANGUAGE
