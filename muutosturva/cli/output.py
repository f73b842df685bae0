"""The one place that writes to stdout and stderr.

The result goes to stdout, everything else to stderr. With ``--json`` exactly one document goes to
stdout, also when a command fails.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TextIO

from muutosturva.cli.tables import Column, table
from muutosturva.errors import MuutosturvaError, Problem
from muutosturva.i18n import Texts

FORM: Final = "incidents.form_"
"""Beginning of the codes whose path is the field of a form."""
PLAYBOOKS: Final = "playbooks."
"""Room of the codes that a mark in a playbook names without it."""
MOST_EXCERPT: Final = 120
"""Longest piece of a line shown with a caret, in characters."""
LEAST_WIDTH: Final = 40
"""Narrowest screen a table is squeezed into, in characters."""

_COMMANDS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but tab and newline, and what turns the direction of words around."""
_MARK: Final = "\N{REPLACEMENT CHARACTER}"


@dataclass(slots=True)
class Output:
    """Writes what a command has to say, in the user's language.

    Attributes:
        texts: words of the language.
        as_json: True when one JSON document is wanted.
        quiet: True when only results and errors are wanted.
    """

    texts: Texts
    as_json: bool = False
    quiet: bool = False

    def show(self, document: Any, lines: Iterable[str]) -> None:
        """Write a result: the document with ``--json``, else the lines."""
        if self.as_json:
            self.document(document)
        else:
            for line in lines:
                _write(sys.stdout, line)

    def done(self, document: Any, sentence: str, following: str = "") -> None:
        """Write that something was done, and what comes next; ``--quiet`` leaves both out."""
        if self.as_json:
            self.document(document)
        elif not self.quiet:
            _write(sys.stdout, sentence)
        if following:
            self.say(following)

    def document(self, document: Any) -> None:
        """Write one JSON document to stdout."""
        # Not through ``_write``: JSON escapes what commands a screen, and whoever reads it wants the value.
        sys.stdout.write(f"{json.dumps(document, ensure_ascii=False, indent=2)}\n")

    def raw(self, text: str) -> None:
        """Write text as it is to stdout: a file's content, a page of help."""
        _write(sys.stdout, text.removesuffix("\n"))

    def say(self, sentence: str) -> None:
        """Write a remark to stderr, unless ``--quiet``."""
        if not self.quiet:
            _write(sys.stderr, sentence)

    def wrapped(self, text: str, indent: str = "", hanging: str = "") -> list[str]:
        """Return a sentence as lines that fit the screen; ``hanging`` goes before all but the first."""
        if self.width is None:
            return [f"{indent}{text}"]
        return textwrap.wrap(text, self.width, initial_indent=indent, subsequent_indent=f"{indent}{hanging}")

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> list[str]:
        """Return a table as lines that fit the screen."""
        return table(columns, rows, self.width)

    @property
    def width(self) -> int | None:
        """Characters on a line; None where nobody looks at a screen, so that nothing is broken up."""
        if not os.environ.get("COLUMNS", "").isdigit() and not sys.stdout.isatty():
            return None
        return max(LEAST_WIDTH, shutil.get_terminal_size().columns)

    def failed(self, error: MuutosturvaError) -> int:
        """Tell an error with its problems; return its exit code."""
        message = self.texts.error(error)
        if self.as_json:
            problems = [problem_document(problem, self.texts) for problem in error.problems]
            self.document({"error": error.key, "message": message, "problems": problems})
        else:
            _write(sys.stderr, self.texts("cli.failed", message=message))
            for line in self.problem_lines(error.problems):
                _write(sys.stderr, line)
        return int(error.exit_code)

    def problem_lines(self, problems: Iterable[Problem]) -> list[str]:
        """Return problems, each with its excerpt and its hint.

        One that stands in a file is ``file:line:column: CODE message``, as editors read it; the code
        of any other is left to ``--json``.
        """
        lines: list[str] = []
        for problem in problems:
            told = self.texts.problem(problem)
            if problem.line is not None:
                told = f"{problem.code.removeprefix(PLAYBOOKS)} {told}"
            place = self._field(problem) or position(problem)
            lines.append(f"  {': '.join(filter(None, (place, told)))}")
            lines += [f"      {line}" for line in excerpt(problem)]
            hint = self.texts.hint(problem)
            lines += [f"      {hint}"] if hint else []
        return lines

    def _field(self, problem: Problem) -> str:
        """Return what a field of a form is called, ``Päätökset 2 Toteuttaa``; "" for anything else."""
        if not problem.code.startswith(FORM):
            return ""
        parts = problem.path.split(".")
        return " ".join(
            part if part.isdigit() else self.texts(f"incidents.record_field.{part}") for part in parts
        )


def problem_document(problem: Problem, texts: Texts) -> dict[str, Any]:
    """Return a problem with its stable keys; the hint is the end of the message."""
    told = " ".join(filter(None, (texts.problem(problem), texts.hint(problem))))
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "message": told,
    }


def position(problem: Problem) -> str:
    """Return ``file:line:column``, as far as it is known."""
    parts = (problem.path, problem.line, problem.column)
    return ":".join(str(part) for part in parts if part not in {None, ""})


def source_line(problem: Problem) -> str | None:
    """Return the line a problem stands on; None where there is no such file or line."""
    if problem.line is None or not problem.path:
        return None
    lines = _lines(problem.path, _changed(problem.path))
    return lines[problem.line - 1].replace("\t", " ") if 0 < problem.line <= len(lines) else None


def excerpt(problem: Problem) -> list[str]:
    """Return the line a problem stands on and a caret under it; [] where there is no such file.

    Of a long line only what stands around the caret is shown.
    """
    line = source_line(problem)
    if line is None:
        return []
    column = problem.column or 1
    cut = max(0, column - 1 - MOST_EXCERPT * 2 // 3) if len(line) > MOST_EXCERPT else 0
    shown = f"{'…' if cut else ''}{line[cut : cut + MOST_EXCERPT]}"
    shown += "…" if cut + MOST_EXCERPT < len(line) else ""
    marked = [f"{problem.line} | {shown}"]
    if problem.column is not None and len(line) >= column - 1:
        before = column - 1 - cut + bool(cut)
        marked.append(f"{' ' * len(str(problem.line))} | {' ' * before}^")
    return marked


def _changed(path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=8)
def _lines(path: str, _changed: int) -> list[str]:
    """Return the lines of a file; read once for all its problems, and again when it was changed."""
    try:
        lines = Path(path).read_text(encoding="utf-8-sig", errors="replace").split("\n")
    except OSError:
        return []
    return lines if lines[-1] else lines[:-1]


def prepare_streams() -> None:
    """Make both streams speak UTF-8, also where Windows redirects them into a file or a pipe.

    A stream that was closed before the program began is an empty one.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - for good
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _write(stream: TextIO, text: str) -> None:
    """Write a line; what would command the screen instead of standing on it becomes a mark."""
    stream.write(f"{_COMMANDS.sub(_MARK, text)}\n")
