"""Reading an edited task sheet from a file."""

from __future__ import annotations

from pathlib import Path

from muutosturva.errors import MachineError, NotFoundError
from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.incidents.reading.sheet_reading import TaskSheet, read_task_sheet
from muutosturva.tabular.reading import LARGEST_FILE, read_sheets


def task_sheet_of(path: Path) -> TaskSheet:
    """Return the task sheet of an Excel or csv file.

    Args:
        path: the file.

    Raises:
        NotFoundError: there is no such file.
        MachineError: it cannot be read.
        InputError: it is no table, is too large or broken, or holds no task sheet.
    """
    marks = {Texts(language)("coordination.sheet_column.mark") for language in LANGUAGES}
    return read_task_sheet(read_sheets(content_of(path), path.name), path.name, marks)


def content_of(path: Path) -> bytes:
    """Return the bytes of a file somebody hands in, no more than are read of any.

    Raises:
        NotFoundError: there is no such file.
        MachineError: it cannot be read.
    """
    if not path.is_file():
        raise NotFoundError("coordination.sheet_file_missing", path=str(path))
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise MachineError("coordination.sheet_unreadable", path=str(path)) from error
