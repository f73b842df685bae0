"""Every way a command can end, as words and an exit code; nothing of Python reaches the screen."""

from __future__ import annotations

import datetime as dt
import errno
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

from muutosturva.cli.framework import Argument
from muutosturva.cli.state import State
from muutosturva.errors import ExitCode, MachineError, MuutosturvaError, UsageError, nearest
from muutosturva.settings import DEBUG, trace_folder

INTERRUPTED: Final = 130
"""What a program stopped by Ctrl-C returns."""


class FaultError(MuutosturvaError):
    """The program itself failed; ``cli.fault`` names the file that says how."""


def guarded(action: Callable[[], int], state: State) -> int:
    """Run a command and return its exit code, whatever happens."""
    try:
        code = action()
        sys.stdout.flush()
    except OSError as error:
        if not _is_broken_pipe(error):
            return _tell(_machine(error), state)
        _silence()
        return int(ExitCode.DONE)
    except (click.Abort, KeyboardInterrupt):
        state.out.say(state.texts("cli.interrupted"))
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - whatever happened, the user gets words and an exit code
        return _tell(_as_ours(error, state), state)
    return code


def _as_ours(error: Exception, state: State) -> MuutosturvaError:
    if isinstance(error, MuutosturvaError):
        return error
    if isinstance(error, click.ClickException):
        return in_our_words(error)
    return _fault(error, state.clock())


def _tell(error: MuutosturvaError, state: State) -> int:
    try:
        code = state.out.failed(error)
        sys.stdout.flush()
    except OSError:
        # Not even the error can be written to stdout: what is left of it goes nowhere, the words to stderr.
        _silence()
        state.out.as_json = False
        return state.out.failed(error)
    return code


def _is_broken_pipe(error: OSError) -> bool:
    """Tell whether the reader of our output has seen enough (``| head``): what was to be done is done.

    Windows calls it an invalid argument, without a file's name.
    """
    windows = sys.platform == "win32" and error.errno == errno.EINVAL and error.filename is None
    return isinstance(error, BrokenPipeError) or windows


def _silence() -> None:
    """Send the rest of stdout nowhere, so that closing it at the end does not fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _machine(error: OSError) -> MachineError:
    return MachineError("cli.machine", path=str(error.filename or "–"), reason=error.strerror or str(error))


def _fault(error: Exception, now: dt.datetime) -> FaultError:
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    return FaultError("cli.fault", path=_write_trace(error, now), kind=type(error).__name__)


def _write_trace(error: Exception, now: dt.datetime) -> str:
    """Write the trace where only this person reads it; "–" when not even that is possible."""
    import tempfile

    text = "".join(traceback.format_exception(error))
    for folder in (trace_folder(), Path(tempfile.gettempdir())):
        path = folder / f"muutosturva-{now:%Y%m%dT%H%M%S}-{os.getpid()}.txt"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with os.fdopen(
                os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", -1, "utf-8"
            ) as file:
                file.write(text)
        except OSError:
            continue
        return str(path)
    return "–"


def in_our_words(error: click.ClickException) -> UsageError:
    """Return what click complains of as an error of ours, in the catalogues' words."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else ""
    if isinstance(error, click.NoSuchOption):
        known = [name for param in context.command.params for name in param.opts] if context else []
        return UsageError(
            "cli.no_such_option",
            option=error.option_name,
            nearest=nearest(error.option_name, known),
            command=command,
        )
    if isinstance(error, click.MissingParameter):
        return _missing(error, command)
    if isinstance(error, click.BadOptionUsage):
        key = "cli.option_without_value" if _is_flag(error) else "cli.option_needs_value"
        return UsageError(key, option=error.option_name, command=command)
    if context is not None and isinstance(context.command, click.Group):
        known = context.command.list_commands(context)
        return UsageError("cli.missing_command", group=command, known=", ".join(known))
    return UsageError("cli.usage", detail=error.format_message(), command=command)


def _missing(error: click.MissingParameter, command: str) -> UsageError:
    param = error.param
    if isinstance(param, Argument) and error.ctx is not None:
        return UsageError("cli.missing_argument", argument=param.make_metavar(error.ctx), command=command)
    name = param.opts[0] if param is not None else ""
    return UsageError("cli.missing_option", option=name, command=command)


def _is_flag(error: click.BadOptionUsage) -> bool:
    params = error.ctx.command.params if error.ctx else []
    return any(error.option_name in param.opts and getattr(param, "is_flag", False) for param in params)
