"""Programs the end-to-end tests start: with the machine's own settings, in folders of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]

MACHINE: Final[Mapping[str, str]] = dict(os.environ)
"""The environment before any test changed it: where pip and npm keep what the machine told them."""


def run(command: Sequence[str | Path], *, cwd: Path, timeout: float = 120, **env: str) -> str:
    """Run a program to its end and return what it printed.

    Args:
        command: program and arguments.
        cwd: the folder it runs in.
        timeout: seconds after which it is stopped and the test fails.
        env: variables set beside the machine's own.

    Raises:
        AssertionError: it ended with an error; both its outputs are shown.
    """
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**MACHINE, **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )
    told = f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    assert done.returncode == 0, told
    return done.stdout


def virtual_environment(folder: Path, lock: Path) -> Path:
    """Make a virtual environment with exactly what a lock holds; return its folder of programs."""
    run([sys.executable, "-m", "venv", folder], cwd=folder.parent)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip_install(programs, "--no-deps", "--require-hashes", "-r", lock)
    return programs


def pip_install(programs: Path, *arguments: str | Path) -> None:
    """Install into a virtual environment."""
    quiet = ("-m", "pip", "--disable-pip-version-check", "--quiet", "install")
    run([programs / "python", *quiet, *arguments], cwd=programs.parent, timeout=170)
