"""Does everything that is named exist: anchors, roles, tasks, messages, phases, rules, facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath

from muutosturva.errors import Problem, nearest
from muutosturva.playbooks.checks.parts import RuleCall, date_texts, participants, rule_calls
from muutosturva.playbooks.expressions.conditions import RESERVED as CONDITION_WORDS
from muutosturva.playbooks.expressions.dates import RESERVED as DATE_WORDS
from muutosturva.playbooks.expressions.dates import AtTime, anchor_refs, parse_date
from muutosturva.playbooks.expressions.lexer import Fault
from muutosturva.playbooks.expressions.reach import YEARS, too_far
from muutosturva.playbooks.language.schema import Item, Playbook, RuleFact
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.loading.source import Path, Place, fault_at, problem_at
from muutosturva.playbooks.planning.anchors import derived_names
from muutosturva.playbooks.planning.readiness import CONFIRMED, DONE, MESSAGE_QUALITIES, TASK_QUALITIES
from muutosturva.playbooks.planning.ruling import MEASURE
from muutosturva.rules.registry import FACTS, RULES


def file_name(resolved: Resolved) -> Iterator[Problem]:
    """A playbook is found by its file's name, so the id must be that name."""
    if resolved.layers and FilePath(resolved.layers[0]).stem != resolved.playbook.id:
        stem = FilePath(resolved.layers[0]).stem
        yield problem_at(resolved.place(("id",)), "id_not_file", id=resolved.playbook.id, file=stem)


def names(resolved: Resolved) -> Iterator[Problem]:
    """No anchor or input may bear a word of the language, nor the name of another."""
    playbook = resolved.playbook
    derived = derived_names(playbook)
    for section, entries in (("anchors", playbook.anchors), ("waves", playbook.waves)):
        for name in entries:
            if name in DATE_WORDS or name in derived:
                yield problem_at(resolved.key_place((section, name)), "reserved_name", name=name)
    for name in playbook.inputs:
        place = resolved.key_place(("inputs", name))
        if name in CONDITION_WORDS:
            yield problem_at(place, "reserved_name", name=name)
        elif name in playbook.anchors or name in playbook.waves:
            yield problem_at(place, "name_twice", name=name)
    for name in playbook.waves.keys() & playbook.anchors.keys():
        yield problem_at(resolved.key_place(("waves", name)), "name_twice", name=name)


def dates(resolved: Resolved) -> Iterator[Problem]:
    """Every date expression can be read and names only anchors that exist where it stands."""
    for entry in date_texts(resolved.playbook):
        yield from _date(resolved, entry.path, entry.text, wave=entry.wave)


def meeting_times(resolved: Resolved) -> Iterator[Problem]:
    """A meeting begins at a clock time."""
    for name, meeting in resolved.playbook.meetings.items():
        tree = parse_date(meeting.starts).tree
        if tree is not None and not isinstance(tree, AtTime):
            yield problem_at(resolved.place(("meetings", name, "starts")), "meeting_time")


def roles(resolved: Resolved) -> Iterator[Problem]:
    """Every role that is named is declared."""
    known = resolved.playbook.roles
    for path, role in participants(resolved.playbook):
        if role not in known:
            near = nearest(role, known)
            yield problem_at(resolved.place(path), "unknown_role", role=role, nearest=near)


def phases(resolved: Resolved) -> Iterator[Problem]:
    """Every task stands in a phase that is declared."""
    known = resolved.playbook.phases
    for name, task in resolved.playbook.tasks.items():
        if task.phase not in known:
            place, near = resolved.place(("tasks", name, "phase")), nearest(task.phase, known)
            yield problem_at(place, "unknown_phase", phase=task.phase, nearest=near)


def needs(resolved: Resolved) -> Iterator[Problem]:
    """What a task needs exists; what an overlay took out is nobody's need any more."""
    removed = {(entry.section, entry.id) for entry in resolved.removed}
    for name, task in resolved.playbook.tasks.items():
        for index, need in enumerate(task.needs):
            target, _, quality = need.partition(".")
            place = resolved.place(("tasks", name, "needs", index))
            section, known = _holders(resolved.playbook, target, quality)
            if not section:
                near = nearest(quality, (*MESSAGE_QUALITIES, *TASK_QUALITIES, CONFIRMED))
                yield problem_at(place, "unknown_quality", quality=quality, nearest=near)
            elif target not in known and (section, target) not in removed:
                near = nearest(target, known)
                yield problem_at(place, f"unknown_{section[:-1]}", name=target, nearest=near)


def products(resolved: Resolved) -> Iterator[Problem]:
    """A message, meeting or document that a task leaves behind is declared; a form is the program's own."""
    playbook = resolved.playbook
    holders: Mapping[str, Mapping[str, Item]] = {
        "message": playbook.messages,
        "meeting": playbook.meetings,
        "document": playbook.documents,
    }
    removed = {(entry.section, entry.id) for entry in resolved.removed}
    for name, task in playbook.tasks.items():
        for index, product in enumerate(task.produces):
            kind, _, target = product.partition(":")
            known = holders.get(kind)
            if known is not None and target not in known and (f"{kind}s", target) not in removed:
                place = resolved.place(("tasks", name, "produces", index))
                yield problem_at(place, f"unknown_{kind}", name=target, nearest=nearest(target, known))


def rules(resolved: Resolved) -> Iterator[Problem]:
    """Every rule exists, knows the facts it is given, and gets those it cannot do without."""
    for call in rule_calls(resolved.playbook):
        rule = RULES.get(call.rule)
        if rule is None:
            place = resolved.place((*call.path, "rule"))
            yield problem_at(place, "unknown_rule", rule=call.rule, nearest=nearest(call.rule, RULES))
            continue
        for fact, value in call.given.items():
            yield from _given_fact(resolved, call, fact, value)
        yield from _missing_facts(resolved, call)


def _given_fact(resolved: Resolved, call: RuleCall, fact: str, value: RuleFact) -> Iterator[Problem]:
    rule, path = RULES[call.rule], (*call.path, "with", fact)
    known, inputs = (*rule.needs, *rule.optional), resolved.playbook.inputs
    if fact not in known:
        near = nearest(fact, known)
        yield problem_at(
            resolved.key_place(path), "unknown_rule_fact", rule=call.rule, fact=fact, nearest=near
        )
    elif not isinstance(value, str) or value in inputs or FACTS[fact] is str:
        return
    elif FACTS[fact] is dt.date:
        yield from _date(resolved, path, value, wave=call.wave)
    else:
        yield problem_at(resolved.place(path), "unknown_input", name=value, nearest=nearest(value, inputs))


def _missing_facts(resolved: Resolved, call: RuleCall) -> Iterator[Problem]:
    rule, playbook = RULES[call.rule], resolved.playbook
    at_hand = {*call.given, *playbook.inputs, *playbook.anchors}
    if call.wave:
        at_hand |= {*playbook.waves, MEASURE}
    for fact in rule.missing(dict.fromkeys(at_hand, True)):
        yield problem_at(resolved.place(call.path), "rule_fact_missing", rule=call.rule, fact=fact)


def _holders(playbook: Playbook, target: str, quality: str) -> tuple[str, set[str]]:
    """Return the section a need points at, and the names in it; "" for a quality nothing has."""
    message = target in playbook.messages and target not in playbook.tasks
    if quality in MESSAGE_QUALITIES or (quality == DONE and message):
        return "messages", set(playbook.messages)
    if not quality or quality in TASK_QUALITIES:
        return "tasks", set(playbook.tasks)
    if quality == CONFIRMED:
        return "anchors", {*playbook.anchors, *playbook.waves}
    return "", set()


def _date(resolved: Resolved, path: Path, text: str, *, wave: bool) -> Iterator[Problem]:
    place, parsed = resolved.place(path), parse_date(text)
    if parsed.fault is not None:
        yield fault_at(place, parsed.fault)
    if parsed.tree is None:
        return
    for shift in too_far(parsed.tree):
        yield fault_at(place, Fault("expr_far", {"years": YEARS}, shift.at))
    playbook = resolved.playbook
    known = {*playbook.anchors, *derived_names(playbook), *(playbook.waves if wave else ())}
    for ref in anchor_refs(parsed.tree):
        if ref.name in known:
            continue
        at = _moved(place, ref.at)
        if ref.name in playbook.waves:
            yield problem_at(at, "wave_anchor_outside", name=ref.name)
        else:
            yield problem_at(at, "unknown_anchor", name=ref.name, nearest=nearest(ref.name, sorted(known)))


def _moved(place: Place, shift: int) -> Place:
    column = place.column if place.text_at is None else place.text_at + shift
    return Place(place.file, place.line, column)
