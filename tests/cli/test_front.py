"""The command line and the terminal UI do not know each other; the entry joins them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from muutosturva.cli.run import look_ahead
from tests.cli.conftest import Program
from tests.support.incidents import FIRM_A


def test_without_a_command_the_screens_open(opened: Program) -> None:
    assert opened("--as", "Esimerkki Elli", "--lang", "sv").code == 0
    assert opened.screens.opened == [(str(opened.store), "sv", "Esimerkki Elli")]


@pytest.mark.parametrize("arguments", [("--plain",), ("--plain", FIRM_A)])
def test_plain_prints_a_screen_as_text(opened: Program, arguments: tuple[str, ...]) -> None:
    shown = opened(*arguments, "--lang", "en")

    assert shown.out == f"example {'' if len(arguments) == 1 else FIRM_A} en 2027-03-01T06:30:00+00:00\n"


def test_the_real_screens_print_plain_text(opened: Program) -> None:
    from muutosturva.__main__ import main

    opened.capture.readouterr()
    assert main(["--store", str(opened.store), "--plain", FIRM_A, "--now", "2027-03-01T08:10"]) == 0
    page = opened.capture.readouterr().out

    assert FIRM_A in page
    assert not set(page) & set("─│┌┐└┘\x1b")


@pytest.mark.parametrize(
    ("words", "language", "as_json"),
    [
        ((), "", False),
        (("--lang", "sv", "--json"), "sv", True),
        (("incident", "list", "--lang=en"), "en", False),
        (("--lang",), "", False),
        (("note", "x", "--", "--json", "--lang", "sv"), "", False),
    ],
)
def test_language_and_form_are_known_before_parsing(
    words: tuple[str, ...], language: str, as_json: object
) -> None:
    """A parsing error must be told in the right language and form."""
    early = look_ahead(words)

    assert (early.language, early.as_json) == (language, as_json)


def test_a_parsing_error_is_told_in_the_language_asked_for(program: Program) -> None:
    assert program("incident", "shov", "--lang", "sv").err.startswith("Fel: ")
    assert program("incident", "shov", "--lang", "en", "--json").json["error"] == "cli.no_such_command"


def test_quiet_leaves_results_and_errors(opened: Program) -> None:
    assert opened("task", "done", FIRM_A, "log-news", "--quiet").out == ""
    assert opened("incident", "list", "--quiet").out
    assert opened("incident", "show", "X", "--quiet").err


def test_everything_but_the_result_goes_to_stderr(opened: Program) -> None:
    shown = opened("law", "list", "mt55.age")

    assert "mt55.age" in shown.out
    assert "mt55.age" not in shown.err
    assert shown.err


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "muutosturva", *arguments],
        env={**os.environ, **variables},
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_output_is_utf_8_whatever_the_console_thinks() -> None:
    """Windows hands a pipe its old code page; Excel and scripts want UTF-8."""
    done = run("--help", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")

    assert done.returncode == 0, done.stderr
    assert "Käyttö:" in done.stdout.decode("utf-8")


def test_a_shell_is_told_what_may_follow(tmp_path: Path) -> None:
    done = run(_MUUTOSTURVA_COMPLETE="bash_complete", COMP_WORDS="muutosturva incident s", COMP_CWORD="2")

    assert set(done.stdout.decode().split()) == {"plain,show", "plain,state", "plain,secrecy"}
