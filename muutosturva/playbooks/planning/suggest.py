"""Which playbook the trigger proposes for what is known so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from muutosturva.playbooks.expressions.conditions import parse_condition
from muutosturva.playbooks.expressions.logic import LEVEL, World, judge
from muutosturva.playbooks.facts import AnchorValue, Facts
from muutosturva.playbooks.language.schema import Playbook
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.planning.inputs import settle
from muutosturva.rules.book import LawBook


def fits(resolved: Resolved, inputs: Mapping[str, object], on: dt.date, book: LawBook) -> bool | None:
    """Tell whether a playbook's ``suggest`` admits the situation; None where an answer decides.

    An input nobody answered counts with its default, unless the playbook itself changed that
    default over the one below it: the bankruptcy playbook takes bankruptcy for granted, and must
    not propose itself for that.

    Args:
        resolved: the playbook.
        inputs: answers so far, by name; unknown names and None are passed over.
        on: the day that selects the rows of the level.
        book: the rule book.
    """
    playbook = resolved.playbook
    if playbook.abstract or playbook.suggest is None:
        return False
    tree = parse_condition(playbook.suggest).tree
    if tree is None:
        return None
    given = {name: value for name, value in inputs.items() if name in {*playbook.inputs, LEVEL}}
    anchors = {
        name: AnchorValue.confirmed(on) for name in playbook.anchors if playbook.anchors[name].required
    }
    answers = settle(_without_own_defaults(resolved), Facts(given, anchors), book)
    return judge(tree, World(answers.facts, {LEVEL: answers.level_asks})).value


def _without_own_defaults(resolved: Resolved) -> Playbook:
    playbook = resolved.playbook
    if len(resolved.layers) < 2:
        return playbook
    top = resolved.layers[0]
    inputs = {
        name: declared.model_copy(update={"default": None})
        if resolved.place(("inputs", name, "default")).file == top
        else declared
        for name, declared in playbook.inputs.items()
    }
    return playbook.model_copy(update={"inputs": inputs})
