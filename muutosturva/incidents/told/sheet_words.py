"""What an edited task sheet changes, in words: for the command line and the screens alike."""

from __future__ import annotations

from muutosturva.i18n import Texts
from muutosturva.incidents.acts.sheet_changes import FieldChange
from muutosturva.incidents.acts.sheet_import import ImportedRow, SheetImport

NOTHING = "–"


def change_words(texts: Texts, change: FieldChange) -> tuple[str, str, str]:
    """Return the name of a field, and what stood and will stand in it."""
    old, new = (
        NOTHING if value is None or value == "" else str(texts.spoken(value))
        for value in (change.old, change.new)
    )
    return texts(f"incidents.sheet.{change.field}"), old, new


def import_lines(texts: Texts, done: SheetImport) -> list[str]:
    """Return all that an import does and does not do, line by line; what is left out comes first."""
    lines = []
    if done.rejected:
        count = len({found.line for found in done.rejected})
        lines.append(texts("incidents.sheet_words.rejected", n=count))
        lines += [f"  {found.problem.path}: {texts.problem(found.problem)}" for found in done.rejected]
    lines += [texts.problem(warning) for warning in done.warnings]
    if done.missing:
        keys = ", ".join(task.key for task in done.missing)
        lines.append(texts("incidents.sheet_words.missing", n=len(done.missing), tasks=keys))
    if lines and done.rows:
        lines.append("")
    for row in done.rows:
        lines += _row_lines(texts, row)
    return lines


def _row_lines(texts: Texts, row: ImportedRow) -> list[str]:
    new = f" ({texts('incidents.sheet_words.new')})" if row.new else ""
    told = [f"{name} {old} → {now}" for name, old, now in (change_words(texts, c) for c in row.changes)]
    reason = [texts("incidents.sheet_words.reason", reason=row.reason)] if row.reason else []
    return [f"{row.line}  {row.title}{new}", *(f"     {line}" for line in (*told, *reason))]
