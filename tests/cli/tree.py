"""The command tree, walked."""

from __future__ import annotations

from collections.abc import Iterator

import click

from muutosturva.cli.root import commands


def walk(command: click.Command | None = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command, groups and the root among them."""
    here = command or commands()
    yield path
    if isinstance(here, click.Group):
        for name, below in here.commands.items():
            yield from walk(below, (*path, name))


def leaves() -> list[tuple[str, ...]]:
    """Return the words of every command that does something."""
    paths = list(walk())
    return [
        path for path in paths if not any(other[: len(path)] == path and other != path for other in paths)
    ]
