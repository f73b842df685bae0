"""Every kind of event that the code records can be told to somebody who was not there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from muutosturva.i18n import DEFAULT_LANGUAGE, catalogue
from tests.architecture.source import code, listed, shown, tree

KEYS = frozenset(catalogue(DEFAULT_LANGUAGE))
EVENT = re.compile(r"(?P<room>[a-z]+)\.event\.(?P<verb>[a-z_]+)")


def _constants(module: ast.Module) -> dict[str, str]:
    """Return the texts a module gives a name at its top."""
    found = {}
    for node in module.body:
        if not isinstance(node, (ast.Assign, ast.AnnAssign)):
            continue
        target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
        if isinstance(target, ast.Name) and isinstance(node.value, ast.Constant):
            found[target.id] = str(node.value.value)
    return found


def _kinds() -> Iterator[tuple[str, str]]:
    """Yield every kind that is written out where an event is drafted, with its place."""
    for path in code():
        names = _constants(tree(path))
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("EventDraft"):
                given = [keyword.value for keyword in node.keywords if keyword.arg == "kind"]
                for part in ast.walk((given or node.args or [ast.Constant(None)])[0]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield f"{shown(path)}:{node.lineno}", part.value
                    elif isinstance(part, ast.Name) and part.id in names:
                        yield f"{shown(path)}:{node.lineno}", names[part.id]


def test_every_kind_of_event_has_its_short_words() -> None:
    missing = [
        f"{where} {kind}" for where, kind in _kinds() if "{}.event.{}".format(*kind.split(".", 1)) not in KEYS
    ]
    assert any(kind == "incidents.noted" for _, kind in _kinds())
    assert not missing, listed(missing)


def test_every_kind_of_event_has_a_sentence_that_tells_it() -> None:
    """The log must tell the incident afterwards: ``<room>.told.<verb>`` beside ``<room>.event.<verb>``."""
    events = [match for key in sorted(KEYS) if (match := EVENT.fullmatch(key))]
    missing = [
        f"{event['room']}.told.{event['verb']}"
        for event in events
        if f"{event['room']}.told.{event['verb']}" not in KEYS
    ]
    assert events
    assert not missing, listed(missing)
