"""How fresh each playbook at hand is: last used, rehearsed, read against the law, and what the lint says.

The command line and the terminal UI both show what is made here, so that they cannot differ. Nothing
is kept beside the playbooks and the store, and nothing is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from muutosturva.coordination.playbook_checks import of_day, outside
from muutosturva.coordination.trigger import standing_data
from muutosturva.errors import Problem
from muutosturva.incidents.reading.playbook_use import PlaybookUse, playbook_uses
from muutosturva.playbooks.checks.freshness import review_days
from muutosturva.playbooks.checks.groups import is_error
from muutosturva.playbooks.checks.lint import Checked
from muutosturva.playbooks.checks.outside import Outside
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.loading.loader import read_file
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.plan import TextMap
from muutosturva.playbooks.trying.runner import CaseResult, run_tests
from muutosturva.store.store import Store

UNUSED = PlaybookUse()
"""Of a playbook the reader knows no incident of."""


@dataclass(frozen=True, slots=True)
class Volume:
    """A playbook or bundle on the shelf, before it has been read.

    Attributes:
        id: name of its file.
        file: where it lies.
        bundle: True for a bundle, which playbooks take in.
        own: True for one of the office's own.
        takes_place: True for an own one that stands in the place of a shipped one.
        use: when it was last used and rehearsed.
    """

    id: str
    file: Path
    bundle: bool = False
    own: bool = False
    takes_place: bool = False
    use: PlaybookUse = UNUSED


@dataclass(frozen=True, slots=True)
class Freshness:
    """What is known of a playbook that has been read and checked.

    Attributes:
        volume: where it lies and when it was used.
        title, version: as written; {} and "" where the file is too broken to say.
        resolved: the playbook, or None where it could not be put together.
        problems: errors and warnings of the lint, by file, line and column.
        ignored: how many a mark in the file silences.
        checked: day it was last read against the law, or None.
        check_due: day it is to be read again by, or None.
        overdue: True when that day has passed.
    """

    volume: Volume
    title: TextMap
    version: str
    resolved: Resolved | None
    problems: tuple[Problem, ...]
    ignored: int = 0
    checked: dt.date | None = None
    check_due: dt.date | None = None
    overdue: bool = False

    @property
    def errors(self) -> int:
        """How much must be mended before it can be used."""
        return sum(is_error(problem) for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How much should be mended, though it can be used."""
        return len(self.problems) - self.errors

    @property
    def usable(self) -> bool:
        """Tell whether an incident may be opened with it, or a playbook built on it."""
        return self.resolved is not None and not self.errors

    @property
    def triggered(self) -> bool:
        """Tell whether it is meant to be triggered: neither a bundle nor a base for others."""
        abstract = self.resolved is not None and self.resolved.playbook.abstract
        return not self.volume.bundle and not abstract

    @property
    def tests(self) -> int:
        """How many worked cases it has."""
        return 0 if self.resolved is None else len(self.resolved.playbook.tests)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is at hand.

    Attributes:
        volumes: playbooks, then bundles, each by id.
        unreadable: folders that could not be read, with the machine's reason.
    """

    volumes: tuple[Volume, ...]
    unreadable: Mapping[str, str]


def shelf(library: Library, store: Store | None) -> Shelf:
    """Return what is at hand without reading it; quick, also where a file is broken.

    Args:
        library: where playbooks are looked for.
        store: whose incidents tell when a playbook was used; None where there is no store.
    """
    unreadable = _unreadable(library)
    readable = replace(library, user_folder=None) if unreadable else library
    uses = _uses(store)
    names = [(name, False) for name in readable.names()]
    names += [(name, True) for name in readable.bundle_names()]
    volumes = tuple(
        Volume(
            id=name,
            file=readable.find(name),
            bundle=bundle,
            own=readable.is_own(name),
            takes_place=readable.takes_place(name),
            use=UNUSED if bundle else uses.get(name, UNUSED),
        )
        for name, bundle in names
    )
    return Shelf(volumes, unreadable)


def _uses(store: Store | None) -> Mapping[str, PlaybookUse]:
    if store is None:
        return {}
    with store.reading() as session:
        return playbook_uses(session)


def _unreadable(library: Library) -> dict[str, str]:
    """Return the office's own folder where it is there and cannot be read."""
    folder = library.user_folder
    if folder is None:
        return {}
    try:
        if folder.exists():
            next(folder.iterdir(), None)
    except OSError as error:
        return {str(folder): error.strerror or ""}
    return {}


def freshness(library: Library, volume: Volume, told: Outside) -> Freshness:
    """Return a playbook read and checked; what is wrong with it is told in the result.

    Args:
        library: where its base and its bundles are looked for.
        volume: which one.
        told: what the checks are told; the day says what has passed.
    """
    return fresh(volume, library.read(volume.file, told), told.on)


def fresh(volume: Volume, checked: Checked, on: dt.date | None) -> Freshness:
    """Return what a check says of a playbook on a day; None for no day judges no date."""
    resolved = checked.resolved
    if resolved is None:
        title, version = _as_written(volume.file)
        return Freshness(volume, title, version, None, checked.problems, len(checked.ignored))
    playbook = resolved.playbook
    last, due = review_days(playbook)
    return Freshness(
        volume=volume,
        title=playbook.title,
        version=playbook.version,
        resolved=resolved,
        problems=checked.problems,
        ignored=len(checked.ignored),
        checked=last,
        check_due=due,
        overdue=due is not None and on is not None and due < on,
    )


def _as_written(file: Path) -> tuple[TextMap, str]:
    """Return title and version of a file as far as they can be read."""
    root = read_file(file).root
    version = None if root is None else root.child("version")
    title = None if root is None else root.child("title")
    tags = title.content if title is not None and isinstance(title.content, dict) else {}
    texts = {tag: text.content for tag, text in tags.items() if isinstance(text.content, str)}
    return texts, str(version.content) if version is not None and isinstance(version.content, str) else ""


def everything(
    library: Library, store: Store | None, now: dt.datetime
) -> tuple[Shelf, tuple[Freshness, ...]]:
    """Return what is at hand, and each of it read and checked.

    Args:
        library: where playbooks are looked for.
        store: whose rule book, roster and incidents count; None for what ships.
        now: aware datetime; what has passed is judged on that day in Finland.
    """
    found = shelf(library, store)
    told = outside(store, now)
    return found, tuple(freshness(library, volume, told) for volume in found.volumes)


def worked(library: Library, id_or_path: str | Path, now: dt.datetime) -> tuple[CaseResult, ...]:
    """Run the worked cases of a playbook over what ships: an office's own days would move their dates.

    Args:
        library: where playbooks are looked for.
        id_or_path: which one.
        now: aware datetime; what the lint finds on that day in Finland is what cases may expect.

    Raises:
        NotFoundError: there is no such playbook.
        InputError: it has errors, or is a bundle.
    """
    standing = standing_data(None)
    resolved, warnings = library.usable(id_or_path, of_day(standing.book, now))
    return run_tests(resolved, standing.calendar, standing.book, [problem.code for problem in warnings])
