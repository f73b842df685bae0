"""``playbook explain``: which file wrote a value, and what lay beneath it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from muutosturva.cli.framework import Command, argument
from muutosturva.cli.incident_pages import columns
from muutosturva.cli.playbook_values import file_name, place_document, place_name, short, shown

if TYPE_CHECKING:
    from muutosturva.cli.state import State
    from muutosturva.playbooks.comparing.explain import Explained, Part, Written


@click.command("explain", cls=Command)
@argument("name", text="playbook")
@argument("key_path", text="key_path")
@click.pass_obj
def explain_command(state: State, name: str, key_path: str) -> None:
    """Tell which file and line a value comes from."""
    from muutosturva.coordination.shelf import at_hand
    from muutosturva.playbooks.comparing.explain import explain

    found = explain(at_hand().load(name, bundles=True), key_path, state.texts.language)
    if not found.exact and not state.out.as_json:
        state.out.say(state.texts("cli.playbook.nearest_path", asked=key_path, path=_dotted(found)))
    state.out.show(_document(name, key_path, found), _lines(state, found))


def _dotted(found: Explained | Part, before: int = 0) -> str:
    """Return a path as it is typed: with points, items of a list counted from 1."""
    return ".".join(str(step + 1 if isinstance(step, int) else step) for step in found.path[before:])


def _document(name: str, asked: str, found: Explained) -> dict[str, Any]:
    return {
        "playbook": name,
        "path": _dotted(found),
        "asked": asked,
        "written": [_written(word) for word in found.written],
        "default": found.default,
        "parts": [
            {"path": _dotted(part), "written": [_written(word) for word in part.written]}
            for part in found.parts
        ],
    }


def _written(word: Written) -> dict[str, Any]:
    return {
        "value": word.value,
        **place_document(word.place),
        "removed": word.removed,
        "reason": dict(word.reason) if word.reason else None,
    }


def _lines(state: State, found: Explained) -> Iterator[str]:
    yield from _head(state, found)
    if found.written:
        yield from _layers(state, found.written)
    elif not found.parts:
        yield state.texts("cli.playbook.unwritten")
        if found.default is not None:
            yield state.texts("cli.playbook.default", value=shown(state.texts, found.default))
    if found.parts:
        yield from state.out.table(
            columns(state, "key", "~value", "~written_in", "~beneath"),
            [_row(state, part, len(found.path)) for part in found.parts],
        )


def _head(state: State, found: Explained) -> Iterator[str]:
    """Yield the path, what the key is called, and what it does."""
    from muutosturva.coordination.playbook_words import words_at

    words = words_at(found.path)
    if words is None:
        yield _dotted(found)
        return
    yield f"{_dotted(found)}  {state.texts.pick(words.name)}"
    yield from state.out.wrapped(state.texts.pick(words.text))


def _layers(state: State, words: tuple[Written, ...]) -> Iterator[str]:
    texts = state.texts
    for number, word in enumerate(words):
        place = place_name(texts, word.place)
        if word.removed:
            yield texts("cli.playbook.taken_out", place=place)
            if word.reason:
                yield from state.out.wrapped(
                    texts("cli.playbook.reason", reason=texts.pick(word.reason)), "  "
                )
            continue
        key = "cli.playbook.stands" if number == 0 else "cli.playbook.lay_beneath"
        yield from state.out.wrapped(texts(key, value=shown(texts, word.value)), hanging="  ")
        yield f"  {place}"


def _row(state: State, part: Part, before: int) -> tuple[str, str, str, str]:
    texts, top, beneath = state.texts, part.written[0], part.written[1:]
    title = top.value.get("title", top.value.get("label", "")) if isinstance(top.value, dict) else top.value
    return (
        _dotted(part, before),
        texts("cli.playbook.removed") if top.removed else short(texts, title) if title != "" else "",
        _mark(top),
        "; ".join(_beneath(state, word, top) for word in beneath),
    )


def _mark(word: Written) -> str:
    """Return file and line as editors take them, so that a table stays narrow."""
    return f"{file_name(word.place.file)}:{word.place.line}"


def _beneath(state: State, word: Written, top: Written) -> str:
    place = _mark(word)
    same = word.value == top.value or isinstance(word.value, dict)
    return place if same else f"{short(state.texts, word.value)} ({place})"
