"""Jinja2 sources turned into Markdown: sandboxed, strict about names, confined to their folders.

An office may put a file of the same name into a folder of its own and so replace a shipped one.
Whatever is wrong in such a file is told with its path and line, and with the names it could have meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, Final

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from jinja2.exceptions import SecurityError, TemplateRuntimeError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from muutosturva.errors import InputError, NotFoundError, Problem
from muutosturva.i18n import Texts, pick
from muutosturva.rendering.markup import Md, escape


class _UnknownNameError(UndefinedError):
    """An undefined name, and what it was looked for in (``missing`` for the page itself)."""

    def __init__(self, message: str, *, name: object, owner: object) -> None:
        super().__init__(message)
        self.name = str(name)
        self.owner = owner


class _Missing(StrictUndefined):
    """An undefined name that fails at any use and remembers where it was looked for."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, exc)
        if exc is UndefinedError:  # the sandbox comes with an error of its own
            failure: Any = partial(_UnknownNameError, name=name, owner=obj)
            self._undefined_exception = failure


class _ConfinedLoader(BaseLoader):
    """Reads templates from the given folders, the first that has the file wins, and nowhere else."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folder.resolve() for folder in folders)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return text and path; a name that leads out of the folder does not exist."""
        del environment  # asked for by jinja2
        path = self.find(template)
        if path is None:
            raise TemplateNotFound(template)
        return path.read_text(encoding="utf-8"), str(path), lambda: True

    def find(self, template: str) -> Path | None:
        """Return the file of that name, or None."""
        if ".." in PurePosixPath(template).parts or "\\" in template:
            return None
        for folder in self.folders:
            path = (folder / template).resolve()
            if path.is_relative_to(folder) and path.is_file():
                return path
        return None


class Templates:
    """The templates of some folders, filled in one language.

    Inside a template: ``t("key", name=value)`` gives a text of the catalogues with its values escaped;
    ``day, weekday_date, long_date, moment, clock_time, number`` make words of values; ``pick`` chooses from
    a text by language; ``listing`` joins with "and"; ``md`` marks a text as Markdown (the result of a macro,
    never something a person typed). ``row([…])`` writes a row of a table, ``columns("llr")`` the line below
    its header (left, right, centre), ``bold(value)`` stresses. Everything else that is put out is escaped.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        texts: Texts,
        filters: Mapping[str, Callable[..., object]] | None = None,
    ) -> None:
        """Prepare the environment.

        Args:
            folders: where templates lie; the office's own before the shipped ones.
            texts: words, dates and numbers of the document's language.
            filters: further filters that a kind of document needs.
        """
        self._texts = texts
        self._loader = _ConfinedLoader(folders)
        self._environment = ImmutableSandboxedEnvironment(
            loader=self._loader,
            undefined=_Missing,
            finalize=escape,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
        )
        self._environment.globals.update(t=self._translate, row=self._row, columns=_columns, bold=_bold)
        self._environment.filters.update(self._filters())
        self._environment.filters.update(filters or {})

    def render(self, name: str, context: Mapping[str, object]) -> str:
        """Fill the template ``name`` and return its Markdown.

        Raises:
            NotFoundError: no folder has a template of that name.
            InputError: the template is wrong; ``problems`` tells file and line.
        """
        path = self._loader.find(name)
        if path is None:
            raise NotFoundError("rendering.template_missing", name=name)
        try:
            return self._environment.get_template(name).render(context)
        except Exception as error:
            problem = self._problem(error, path, [*context, *self._environment.globals])
            if problem is None:
                raise
            raise InputError("rendering.template", problems=[problem], name=name) from error

    def _translate(self, key: str, /, **params: object) -> Md:
        safe = {
            name: value if isinstance(value, int) else escape(self._texts.spoken(value))
            for name, value in params.items()
        }
        return Md(self._texts(key, **safe))

    def _filters(self) -> dict[str, Callable[..., Any]]:
        texts = self._texts
        return {
            "day": texts.day,
            "weekday_date": texts.weekday_date,
            "long_date": texts.long_date,
            "moment": texts.moment,
            "clock_time": texts.clock_time,
            "number": texts.number,
            "pick": self._pick,
            "listing": self._listing,
            "md": Md,
        }

    def _row(self, cells: Iterable[object]) -> Md:
        """Return a row of a table; None is "not known", never an empty cell or a zero."""
        unknown = self._texts("common.unknown")
        words = [escape(unknown if cell is None else self._texts.spoken(cell)) for cell in cells]
        return Md(f"| {' | '.join(words)} |")

    def _pick(self, value: Mapping[str, str] | str) -> Md:
        """Return the words; where another language had to stand in, its tag is shown behind them."""
        picked = pick(value, self._texts.language)
        if isinstance(value, str) or not picked.fallback:
            return escape(picked.text)
        return Md(f"{escape(picked.text)} ({escape(picked.language)})")

    def _listing(self, values: Iterable[object]) -> Md:
        return Md(self._texts.listing(escape(self._texts.spoken(value)) for value in values))

    def _problem(self, error: Exception, path: Path, names: Sequence[str]) -> Problem | None:
        """Return what is wrong in the template, or None when the fault is the program's own."""
        if isinstance(error, TemplateSyntaxError):
            where = error.filename or str(path)
            return Problem("rendering.template_syntax", {"detail": error.message or ""}, where, error.lineno)
        if isinstance(error, UnicodeDecodeError):
            return Problem("rendering.template_encoding", {}, str(path))
        where, line = self._place(error)
        if line is None:
            return None
        code, params = _fault(error, names)
        return Problem(code, params, where, line)

    def _place(self, error: Exception) -> tuple[str, int | None]:
        """Return file and line of the innermost template the error passed through."""
        roots = [str(folder) for folder in self._loader.folders]
        where, line = "", None
        frame = error.__traceback__
        while frame is not None:
            file = frame.tb_frame.f_code.co_filename
            if any(file.startswith(root) for root in roots) and not file.endswith(".py"):
                where, line = file, frame.tb_lineno
            frame = frame.tb_next
        return where, line


_MANY: Final = 5
_DASHES: Final = {"l": "---", "r": "--:", "c": ":-:"}


def _bold(value: object) -> Md:
    """Return a value in bold; nothing stays nothing."""
    words = escape(value)
    return Md(f"**{words}**") if words else words


def _columns(letters: str) -> Md:
    """Return the line below a table's header, one letter a column: ``l``, ``r`` or ``c``."""
    return Md(f"| {' | '.join(_DASHES[letter] for letter in letters)} |")


def _fault(error: Exception, names: Sequence[str]) -> tuple[str, dict[str, object]]:
    match error:
        case _UnknownNameError():
            known = names if error.owner is missing else _names_of(error.owner)
            near = get_close_matches(error.name, known, n=_MANY, cutoff=0.5) or sorted(known)[:_MANY]
            return "rendering.unknown_name", {"name": error.name, "known": tuple(near)}
        case TemplateNotFound():
            return "rendering.include_missing", {"name": str(error.name)}
        case SecurityError():
            return "rendering.template_forbidden", {"detail": str(error)}
        case KeyError():
            return "rendering.unknown_text", {"key": str(error.args[0]) if error.args else ""}
        case _:
            return "rendering.template_failed", {"detail": f"{type(error).__name__}: {error}"}


def _names_of(value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [str(key) for key in value]
    return [name for name in dir(value) if not name.startswith("_")]
