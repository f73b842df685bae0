"""Console blocks of a document: the commands typed, and what is said to be printed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_EXPORT: Final = re.compile(r"export (\w+)=(\S*)")


@dataclass(slots=True)
class Step:
    """A command and the lines a reader is promised.

    Attributes:
        line: 1-based line of the command in its document.
        command: as it is typed, lines joined.
        expected: what is printed; ``...`` stands for anything, within a line or for whole lines.
    """

    line: int
    command: str
    expected: list[str] = field(default_factory=list)


def steps(text: str) -> Iterator[Step]:
    """Yield the commands of every console block, in order."""
    step: Step | None = None
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            inside = line == "```console"
            if step is not None:
                yield step
            step = None
        elif inside and line.startswith("$ "):
            if step is not None:
                yield step
            step = Step(number, line[2:])
        elif inside and step is not None:
            if step.command.endswith("\\") and line.startswith("> "):
                step.command = step.command[:-1] + line[2:]
            else:
                step.expected.append(line)


def matches(expected: list[str], printed: str) -> bool:
    """Tell whether what was printed is what was promised."""
    parts = [".*" if line == "..." else re.escape(line).replace(r"\.\.\.", "[^\n]*") for line in expected]
    return re.fullmatch("\n".join(parts), printed.rstrip("\n"), re.DOTALL) is not None


@dataclass(slots=True)
class Shell:
    """Runs the steps of a document one after the other, as a reader would.

    Attributes:
        folder: where they are run.
        variables: the environment; ``export`` adds to it.
    """

    folder: Path
    variables: dict[str, str]

    @classmethod
    def at(cls, folder: Path, variables: Mapping[str, str]) -> Shell:
        """Return a shell that begins in ``folder``."""
        return cls(folder, dict(variables))

    def run(self, step: Step) -> str:
        """Run a step and return all it printed."""
        match = _EXPORT.fullmatch(step.command)
        if match is not None:
            self.variables[match[1]] = match[2]
            return ""
        done = subprocess.run(
            ["bash", "-c", step.command],
            cwd=self.folder,
            env=self.variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return done.stdout
