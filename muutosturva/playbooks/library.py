"""Where playbooks come from: a path, the user's folder, the checkout, the installed package.

The first folder that holds a file of that name wins, so an area's own ``bankruptcy.yaml`` goes
before the shipped one. A playbook's id is the name of its file.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from muutosturva.errors import InputError, NotFoundError, Problem, nearest
from muutosturva.playbooks.checks.lint import Checked, judged
from muutosturva.playbooks.checks.outside import NOTHING, Outside
from muutosturva.playbooks.loading.loader import Source, read_file, read_text
from muutosturva.playbooks.loading.marks import Mark
from muutosturva.playbooks.loading.overlay import resolve
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.settings import expanded

SUFFIXES: Final = (".yaml", ".yml")
BUNDLES: Final = "bundles"
"""Folder beside the playbooks in which bundles stand."""


def shipped_folder() -> Path:
    """Return the folder of the shipped playbooks: the checkout's, or that of the package."""
    package = Path(__file__).parent
    checkout = package.parent.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "playbooks").is_dir():
        return checkout / "playbooks"
    return package / "library"


@dataclass(frozen=True, slots=True)
class Library:
    """The playbooks at hand.

    Attributes:
        user_folder: the office's own playbooks, or None.
        shipped: those that come with the program.
    """

    user_folder: Path | None = None
    shipped: Path = field(default_factory=shipped_folder)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Folders in the order they are searched."""
        return (self.shipped,) if self.user_folder is None else (self.user_folder, self.shipped)

    def names(self) -> tuple[str, ...]:
        """Return the ids of every playbook at hand, sorted."""
        return tuple(sorted({path.stem for folder in self.folders for path in _files(folder)}))

    def bundle_names(self) -> tuple[str, ...]:
        """Return the ids of every bundle at hand, sorted."""
        return tuple(sorted({path.stem for folder in self.folders for path in _files(folder / BUNDLES)}))

    def is_own(self, name: str) -> bool:
        """Tell whether a playbook or bundle of that id stands in the user's folder."""
        own = self.user_folder
        return own is not None and _in((own, own / BUNDLES), name) is not None

    def takes_place(self, name: str) -> bool:
        """Tell whether one of the user's goes before a shipped playbook or bundle of the same id."""
        return self.is_own(name) and _in((self.shipped, self.shipped / BUNDLES), name) is not None

    def find(self, id_or_path: str | Path) -> Path:
        """Return the file of a playbook or bundle named by its id or by a path; a playbook goes first.

        Raises:
            NotFoundError: there is none (``playbooks.not_found``, with the nearest names).
        """
        name = str(id_or_path)
        if isinstance(id_or_path, Path) or name.endswith(SUFFIXES) or "/" in name or "\\" in name:
            path = expanded(name)
            # A folder, a pipe or a file that may not be opened is there: the reading tells what it is.
            if _is(path.exists, unsure=True):
                return path
        else:
            found = _in((*self.folders, *(folder / BUNDLES for folder in self.folders)), name)
            if found is not None:
                return found
        raise NotFoundError("playbooks.not_found", name=name, nearest=nearest(Path(name).stem, self.names()))

    def read(self, id_or_path: str | Path, outside: Outside = NOTHING) -> Checked:
        """Read, merge and check a playbook; problems are told in the result, all of them.

        Args:
            id_or_path: its id or its file.
            outside: what the checks are told beside the text.

        Raises:
            NotFoundError: there is no such playbook.
        """
        return self._checked(read_file(self.find(id_or_path)), outside)

    def read_text(self, text: str, path: Path, outside: Outside = NOTHING) -> Checked:
        """Return what a text would be if it stood in a file; nothing is written.

        Args:
            text: the text of the playbook.
            path: the file it would stand in; it need not exist.
            outside: what the checks are told beside the text.
        """
        return self._checked(read_text(text, str(path)), outside)

    def _checked(self, source: Source, outside: Outside) -> Checked:
        marks = list(source.marks)

        def base(name: str, for_file: str) -> Source | None:
            # A bundle is found too: that nothing is built on it says more than that nothing is there.
            places = (Path(for_file).parent, *self.folders)
            found = _in((*places, *(folder / BUNDLES for folder in places)), name)
            below = None if found is None else read_file(found)
            marks.extend(below.marks if below else ())
            return below

        loaded = resolve(source, base, _Shelf(self.folders, marks))
        return judged(loaded, marks, source.file, outside)

    def load(self, id_or_path: str | Path, *, bundles: bool = False) -> Resolved:
        """Return a playbook that can be used; warnings are passed over.

        Args:
            id_or_path: its id or its file.
            bundles: True where a bundle will do as well: to look at, not to trigger.

        Raises:
            NotFoundError: there is no such playbook.
            InputError: it has errors (``playbooks.has_problems``), each in ``problems``; or it is a
                bundle, which playbooks use (``playbooks.is_bundle``).
        """
        if bundles:
            return self._sound(self.read(id_or_path), id_or_path)
        return self.usable(id_or_path)[0]

    def usable(
        self, id_or_path: str | Path, outside: Outside = NOTHING
    ) -> tuple[Resolved, tuple[Problem, ...]]:
        """Return a playbook that can be used, and what it is warned of.

        Raises:
            NotFoundError: there is no such playbook.
            InputError: it has errors (``playbooks.has_problems``), each in ``problems``; or it is a
                bundle, which playbooks use (``playbooks.is_bundle``).
        """
        checked = self.read(id_or_path, outside)
        resolved = self._sound(checked, id_or_path)
        if resolved.bundle:
            playbook = resolved.playbook
            raise InputError("playbooks.is_bundle", name=playbook.id, version=playbook.version)
        return resolved, checked.warnings

    @staticmethod
    def _sound(checked: Checked, id_or_path: str | Path) -> Resolved:
        if checked.errors or checked.resolved is None:
            raise InputError("playbooks.has_problems", problems=checked.errors, name=str(id_or_path))
        return checked.resolved


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Bundles in the folder beside the file that uses them, then beside the playbooks at hand.

    Attributes:
        folders: folders of playbooks at hand.
        marks: marks of every bundle that is read are added here.
    """

    folders: tuple[Path, ...]
    marks: list[Mark]

    def find(self, name: str, for_file: str) -> Source | None:
        found = _in(self._places(for_file), name)
        source = None if found is None else read_file(found)
        self.marks.extend(source.marks if source else ())
        return source

    def names(self, for_file: str) -> tuple[str, ...]:
        return tuple(sorted({path.stem for folder in self._places(for_file) for path in _files(folder)}))

    def _places(self, for_file: str) -> tuple[Path, ...]:
        return tuple(folder / BUNDLES for folder in (Path(for_file).parent, *self.folders))


def _files(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.suffix in SUFFIXES and _is(path.is_file)]
    except OSError:
        return []


def _in(folders: Iterable[Path], name: str) -> Path | None:
    if "/" in name or "\\" in name:
        return None
    paths = (folder / f"{name}{suffix}" for folder in folders for suffix in SUFFIXES)
    return next((path for path in paths if _is(path.is_file)), None)


def _is(ask: Callable[[], bool], *, unsure: bool = False) -> bool:
    """Ask something of a path; a name too long for any file is one of no file.

    Args:
        ask: the question.
        unsure: the answer where the machine gives none, as in a folder that may not be looked into.
    """
    try:
        return ask()
    except OSError as error:
        return unsure and error.errno != errno.ENAMETOOLONG
