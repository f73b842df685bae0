"""The playbooks at hand: how fresh they are, what stands in them, whether their worked cases hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from muutosturva.coordination import freshness
from muutosturva.coordination.freshness import Freshness, Shelf, Volume
from muutosturva.coordination.playbook_checks import outside
from muutosturva.coordination.shelf import at_hand
from muutosturva.playbooks.comparing.explain import Explained, explain
from muutosturva.playbooks.comparing.locating import Located, located
from muutosturva.playbooks.loading.loader import MOST_BYTES
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.trying.runner import CaseResult
from muutosturva.tui.backend.desk import Desk

_COMMANDS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that would command the screen instead of standing on it."""
_MARK: Final = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class PlaybookPage:
    """What the screen of one playbook shows.

    Attributes:
        found: the playbook, read and checked.
        texts: text of its file, and of each file it was put together from, by file.
    """

    found: Freshness
    texts: Mapping[str, str]

    @property
    def file(self) -> str:
        """Return the playbook's own file, as problems name it."""
        return str(self.found.volume.file)


@dataclass(frozen=True, slots=True)
class Playbooks:
    """Reads playbooks, and changes nothing."""

    desk: Desk

    def shelf(self) -> Shelf:
        """Return what is at hand, unread."""
        return freshness.shelf(at_hand(), self.desk.store)

    def read(self, volumes: Iterable[Volume]) -> Iterator[Freshness]:
        """Yield each playbook read and checked, as soon as it is."""
        library, told = at_hand(), outside(self.desk.store, self.desk.now)
        return (freshness.freshness(library, volume, told) for volume in volumes)

    def page(self, volume: Volume) -> PlaybookPage:
        """Return a playbook with its text as the file stands now.

        Raises:
            NotFoundError: the file is gone.
        """
        found = next(self.read([volume]))
        files = dict.fromkeys([str(volume.file), *_files(found.resolved)])
        files |= dict.fromkeys(problem.path for problem in found.problems if problem.path)
        return PlaybookPage(found, {file: _text(Path(file)) for file in files})

    def worked(self, volume: Volume) -> tuple[CaseResult, ...]:
        """Run the worked cases of a playbook.

        Raises:
            NotFoundError: the file is gone.
            InputError: it has errors.
        """
        return freshness.worked(at_hand(), volume.file, self.desk.now)

    @staticmethod
    def explained(resolved: Resolved, file: str, line: int, language: str) -> Explained | None:
        """Return where the value on a line of a file comes from; None where the line holds none."""
        path = _located(resolved, file).at(line)
        if path is None:
            return None
        asked = ".".join(str(step + 1 if isinstance(step, int) else step) for step in path)
        return explain(resolved, asked, language)


@lru_cache(maxsize=8)
def _located(resolved: Resolved, file: str) -> Located:
    return located(resolved.root, file)


def _files(resolved: Resolved | None) -> tuple[str, ...]:
    return () if resolved is None else (*resolved.layers, *(used.file for used in resolved.used))


def _text(file: Path) -> str:
    """Return a file as text with the loader's columns; "" for one that cannot be read."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES)
    except OSError:
        return ""
    text = unicodedata.normalize("NFC", data.decode("utf-8-sig", errors="replace"))
    return _COMMANDS.sub(_MARK, text.replace("\r\n", "\n").replace("\r", "\n"))
