"""What to type when somebody names a task and forgets the incident it belongs to."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from typing import TYPE_CHECKING

import click

from muutosturva.cli.framework import Command, state_of
from muutosturva.errors import MuutosturvaError, NotFoundError, Problem, UsageError

if TYPE_CHECKING:
    from muutosturva.cli.state import State

_PLAIN = re.compile(r"[\w./:=,@%+-]+")


class TaskCommand(Command):
    """A command of a task in an incident: with one of the two alone it says what to type instead."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; a task without its incident is looked for in the running ones.

        Raises:
            UsageError: the incident is missing, and these are the commands that name it.
            NotFoundError: the incident is missing, and none has such a task.
        """
        typed = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.MissingParameter:
            named = ctx.params.get("incident_id")
            advice = _advice(state_of(ctx), named, ctx.command_path, typed) if named else None
            if advice is None:
                raise
            raise advice from None


def _advice(state: State, task: str, command: str, typed: list[str]) -> MuutosturvaError | None:
    """Return what to say, or None where an incident was named or the store cannot be asked."""
    from muutosturva.incidents.reading import finding, queries

    try:
        with state.store() as store, store.reading() as session:
            found = finding.find_tasks_anywhere(session, task)
            if not found:
                queries.find_incident(session, task)
                return None
    except NotFoundError:
        return NotFoundError("cli.task_nowhere", task=task)
    except MuutosturvaError:
        return None
    several = Counter(item.incident for item in found)
    problems = []
    for item in found:
        named = task if several[item.incident] == 1 else item.key
        line = _command(command, typed, task, f"{item.incident} {named}")
        params = {"command": line, "employer": item.employer, "title": state.texts.pick(item.title)}
        problems.append(Problem("cli.type_this", params))
    return UsageError("cli.task_without_incident", task=task, problems=problems)


def _command(command: str, typed: list[str], task: str, instead: str) -> str:
    """Return the line as it was typed, with incident and task where the task alone stood."""
    words = [instead if word == task else _quoted(word) for word in typed]
    return " ".join([command, *words])


def _quoted(word: str) -> str:
    return word if _PLAIN.fullmatch(word) else shlex.quote(word) if '"' in word else f'"{word}"'
