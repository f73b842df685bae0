"""This machine's settings: where the store and the own playbooks lie, language, name, theme.

What the office decides (offices, council dates, limits) lies in the store; here is only what
belongs to one person at one machine. Each value is looked for in this order: the command's
option, the environment, the settings file, the program's own default.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Final

from muutosturva.errors import InputError, MachineError, Problem, nearest

APPLICATION: Final = "muutosturva"
FILE_NAME: Final = "settings.toml"

ENVIRONMENT: Final[Mapping[str, str]] = {
    "store": "MUUTOSTURVA_STORE",
    "language": "MUUTOSTURVA_LANG",
    "name": "MUUTOSTURVA_AS",
    "playbooks": "MUUTOSTURVA_PLAYBOOKS",
}
"""Variable of each setting that can be given by the environment."""

DEBUG: Final = "MUUTOSTURVA_DEBUG"
"""Variable that asks for tracebacks on the screen: for those who mend the program."""

_POSITION: Final = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")


@dataclass(frozen=True, slots=True)
class Settings:
    """What one person has set on one machine; None where nothing is set.

    Attributes:
        store: path of the store, or its PostgreSQL address.
        language: ``fi``, ``sv`` or ``en``.
        name: the person's name as the roster has it.
        theme: name of the terminal UI's theme.
        playbooks: folder of the office's own playbooks.
    """

    store: str | None = None
    language: str | None = None
    name: str | None = None
    theme: str | None = None
    playbooks: str | None = None


def expanded(path: str | Path) -> Path:
    """Return a path with ``~`` written out; where there is no such user it is a name like any other."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def settings_path() -> Path:
    """Return where this person's settings file lies; it need not exist."""
    from platformdirs import user_config_path

    return user_config_path(APPLICATION, appauthor=False) / FILE_NAME


def trace_folder() -> Path:
    """Return the folder into which faults of the program are written."""
    from platformdirs import user_log_path

    return user_log_path(APPLICATION, appauthor=False)


def read_settings(path: Path, languages: Sequence[str]) -> Settings:
    """Read a settings file; one that is not there sets nothing.

    Args:
        path: the file.
        languages: permitted values of ``language``.

    Raises:
        InputError: the file cannot be read or has problems; all are listed.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem("settings.unreadable", {"reason": _reason(error)}, str(path))
        raise InputError("settings.broken", problems=[problem], path=str(path)) from error
    values, problems = _parse(text, str(path), languages)
    if problems:
        raise InputError("settings.broken", problems=problems, path=str(path))
    return Settings(**values)


def remember_name(path: Path, name: str) -> None:
    """Write into the settings file who acts on this machine; the other lines stay as they are.

    Args:
        path: the file; made with its folder when it is not there.
        name: the person's name as the roster has it.

    Raises:
        MachineError: the file cannot be read or written.
    """
    line = f'name = "{name.replace(chr(92), chr(92) * 2).replace(chr(34), chr(92) + chr(34))}"'
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
        place = _line_of("name", lines)
        if place is None:
            lines.insert(0, line)
        else:
            lines[place - 1] = line
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MachineError("settings.not_written", path=str(path), reason=_reason(error)) from error


def from_environment(variables: Mapping[str, str] | None = None) -> Settings:
    """Return what the environment sets; an empty variable sets nothing.

    Args:
        variables: of the process; those of this one when None.
    """
    known = os.environ if variables is None else variables
    return Settings(**{name: known.get(variable) or None for name, variable in ENVIRONMENT.items()})


def first_of(*layers: Settings) -> Settings:
    """Return the settings in force: of each value the first that is set."""
    chosen = Settings()
    for layer in layers:
        missing = {
            field.name: getattr(layer, field.name)
            for field in fields(Settings)
            if getattr(chosen, field.name) is None
        }
        chosen = replace(chosen, **missing)
    return chosen


def _parse(text: str, path: str, languages: Sequence[str]) -> tuple[dict[str, str], list[Problem]]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return {}, [_broken(error, text, path)]
    problems = list(_problems(table, text, path, languages))
    return {name: value for name, value in table.items() if isinstance(value, str)}, problems


def _broken(error: tomllib.TOMLDecodeError, text: str, path: str) -> Problem:
    match = _POSITION.search(str(error))
    if match is not None and match[1]:
        return Problem("settings.not_toml", {}, path, int(match[1]), int(match[2]))
    return Problem("settings.not_toml", {}, path, len(text.splitlines()) or 1, 1)


def _problems(
    table: Mapping[str, object], text: str, path: str, languages: Sequence[str]
) -> Iterator[Problem]:
    known = [field.name for field in fields(Settings)]
    for name, value in table.items():
        line = _line_of(name, text.splitlines())
        if name not in known:
            params = {"key": name, "nearest": nearest(name, known), "known": tuple(known)}
            yield Problem("settings.unknown_key", params, path, line)
        elif not isinstance(value, str) or not value.strip():
            yield Problem("settings.not_text", {"key": name}, path, line)
        elif name == "language" and value not in languages:
            params = {"value": value, "known": tuple(languages)}
            yield Problem("settings.unknown_language", params, path, line)


def _line_of(key: str, lines: Iterable[str]) -> int | None:
    """Return the line a top-level key stands on; None where it is written in an unusual way."""
    form = re.compile(rf"""\s*(?:\[\s*)?["']?{re.escape(key)}["']?\s*(?:=|\]|\.)""")
    return next((number for number, line in enumerate(lines, 1) if form.match(line)), None)


def _reason(error: Exception) -> str:
    return (error.strerror or "") if isinstance(error, OSError) else "UTF-8"
