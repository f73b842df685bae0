"""Where playbooks come from: a path, the user's folder, the checkout, the installed package.

The first folder that holds a file of that name wins, so an area's own ``bankruptcy.yaml`` goes
before the shipped one. A playbook's id is the name of its file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from muutosturva.errors import InputError, NotFoundError, Problem, nearest
from muutosturva.playbooks.checks.lint import check
from muutosturva.playbooks.loading.loader import Source, read_file
from muutosturva.playbooks.loading.overlay import Loaded, resolve
from muutosturva.playbooks.loading.resolved import Resolved

SUFFIXES: Final = (".yaml", ".yml")


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

    def find(self, id_or_path: str | Path) -> Path:
        """Return the file of a playbook named by its id or by a path.

        Raises:
            NotFoundError: there is none (``playbooks.not_found``, with the nearest names).
        """
        name = str(id_or_path)
        if isinstance(id_or_path, Path) or name.endswith(SUFFIXES) or "/" in name or "\\" in name:
            path = Path(name).expanduser()
            if path.is_file():
                return path
        else:
            found = _in(self.folders, name)
            if found is not None:
                return found
        raise NotFoundError("playbooks.not_found", name=name, nearest=nearest(Path(name).stem, self.names()))

    def read(self, id_or_path: str | Path) -> Loaded:
        """Read, merge and check a playbook; problems are told in the result, all of them.

        Raises:
            NotFoundError: there is no such playbook.
        """
        path = self.find(id_or_path)
        loaded = resolve(read_file(path), self._base)
        if loaded.resolved is None:
            return Loaded(None, in_order(loaded.problems))
        return Loaded(loaded.resolved, in_order((*loaded.problems, *check(loaded.resolved))))

    def load(self, id_or_path: str | Path) -> Resolved:
        """Return a playbook that has no problems.

        Raises:
            NotFoundError: there is no such playbook.
            InputError: it has problems (``playbooks.has_problems``), each in ``problems``.
        """
        loaded = self.read(id_or_path)
        if loaded.problems or loaded.resolved is None:
            raise InputError("playbooks.has_problems", problems=loaded.problems, name=str(id_or_path))
        return loaded.resolved

    def _base(self, name: str, for_file: str) -> Source | None:
        found = _in((Path(for_file).parent, *self.folders), name)
        return None if found is None else read_file(found)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems once each, by file, line and column."""
    unique = {(p.code, p.path, p.line, p.column, str(p.params)): p for p in problems}
    return tuple(sorted(unique.values(), key=lambda p: (p.path, p.line or 0, p.column or 0, p.code)))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file()]


def _in(folders: Iterable[Path], name: str) -> Path | None:
    if "/" in name or "\\" in name:
        return None
    paths = (folder / f"{name}{suffix}" for folder in folders for suffix in SUFFIXES)
    return next((path for path in paths if path.is_file()), None)
