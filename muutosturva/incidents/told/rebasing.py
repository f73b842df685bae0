"""What another playbook would change in a running incident, in words: items, what they meet, conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from muutosturva.i18n import Texts
from muutosturva.incidents.acts.rebasing import Pinned, Rebased
from muutosturva.incidents.pure.rebase import RebaseItem
from muutosturva.incidents.told.difference import Told

SIGNS = {"added": "+", "removed": "-", "changed": "~", "renamed": "→"}
FEW = 6
"""So many keys are named; how many more there are is told."""


def heading(texts: Texts, made: Rebased) -> str:
    """Return from which text to which the incident would move."""
    return texts("incidents.rebase.heading", old=pinned(made.before), new=pinned(made.offered))


def pinned(text: Pinned) -> str:
    """Return a playbook as people name it: id and version."""
    return f"{text.id} {text.version}"


def item(texts: Texts, found: RebaseItem) -> str:
    """Return one item on a line: what happens, to what, and whether it meets the group's own change."""
    title = texts.pick(found.title) or found.name
    marks = [texts("incidents.rebase.conflict")] if found.conflict else []
    marks += [texts("incidents.rebase.statutory")] if found.statutory and found.act == "removed" else []
    act = texts(f"incidents.rebase.act.{found.act}", part=texts(f"incidents.rebase.part.{found.section}"))
    return " ".join([f"{act}: {title}", *(f"[{mark}]" for mark in marks)])


def notes(texts: Texts, found: RebaseItem) -> Iterator[str]:
    """Yield what an item meets in the incident, and its former id."""
    if found.was:
        yield texts("incidents.rebase.was", old=found.was, new=found.name.partition(".")[2])
    for note, keys in found.notes:
        more = [f"+{len(keys) - FEW}"] if len(keys) > FEW else []
        yield texts(f"incidents.rebase.note.{note.value}", keys=", ".join([*keys[:FEW], *more]))


def items(texts: Texts, found: Iterable[RebaseItem]) -> list[Told]:
    """Return the items with what each meets."""
    lines = []
    for one in found:
        lines.append(Told(f"{SIGNS[one.act]} {one.name}  {item(texts, one)}"))
        lines += [Told(note, item=True) for note in notes(texts, one)]
    return lines


def left(texts: Texts, made: Rebased) -> list[Told]:
    """Return what is not taken over and stays as it was pinned, and answers that no longer count."""
    names = [one.name for one in made.items if one.name not in made.taken]
    told = [Told(texts("incidents.rebase.left", n=len(names), items=_few(names)))] if names else []
    if made.set_aside:
        told.append(Told(texts("incidents.rebase.set_aside", names=", ".join(made.set_aside))))
    return told


def missing(texts: Texts, made: Rebased) -> list[Told]:
    """Return what has to be given with the move, as it is typed on the command line."""
    if not made.missing:
        return []
    lines = [Told(texts("incidents.rebase.missing"))]
    for one in made.missing:
        option = {"inputs": "--input", "anchors": "--anchor"}[one.section]
        lines.append(Told(f"{option} {one.asked.name}=…  {texts.pick(one.asked.label)}", item=True))
    return lines


def _few(names: Sequence[str]) -> str:
    more = [f"+{len(names) - FEW}"] if len(names) > FEW else []
    return ", ".join([*names[:FEW], *more])
