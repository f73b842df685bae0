"""What people type for inputs, anchors and waves, made into the values of a trigger.

Everything wrong is collected and told at once. Two kinds are kept apart: what cannot be read at
all (no ``=``, an impossible date) is a usage error, what can be read but does not fit is a problem
of the input.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from muutosturva.cli.sites import SITES, count_problem, read_sites
from muutosturva.errors import MuutosturvaError, Problem, UsageError, nearest
from muutosturva.incidents.typed.answers import typed_answer
from muutosturva.incidents.typed.counts import people_count, shown, whole_number
from muutosturva.incidents.typed.notation import parse_anchor_value
from muutosturva.incidents.typed.places import site_id, sites_from_words
from muutosturva.models.states import MEASURES
from muutosturva.playbooks.facts import AnchorValue, Site, Wave

if TYPE_CHECKING:
    from muutosturva.playbooks.language.schema import Input

WAVE_FIELDS: Final = ("label", "site", "measure", "count")
_OF_WAVE: Final = re.compile(r"(?P<name>[^\[\]]+)\[(?P<wave>[^\[\]]+)\]")
_DATE_PROBLEMS: Final = {
    "incidents.not_a_date": "cli.not_a_date",
    "incidents.impossible_date": "cli.impossible_date",
    "incidents.day_years": "cli.day_years",
    "incidents.clock_skipped": "cli.clock_skipped",
    "incidents.not_a_time": "cli.not_a_time",
    "incidents.range_backwards": "cli.range_backwards",
}


@dataclass(slots=True)
class Values:
    """What was typed, as values, and what was wrong with it.

    Attributes:
        inputs: answers by input, typed by the playbook; one that does not fit stays text, so that
            the plan names it beside everything else that is wrong.
        anchors: dates of the incident by anchor.
        waves: groups with their own dates.
        sites: workplaces.
        unreadable: problems that make the command a wrong one (exit 2).
        problems: problems of the input (exit 1).
    """

    inputs: dict[str, object] = field(default_factory=dict)
    anchors: dict[str, AnchorValue] = field(default_factory=dict)
    waves: tuple[Wave, ...] = ()
    sites: tuple[Site, ...] = ()
    unreadable: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_values(
    inputs: Sequence[str],
    anchors: Sequence[str],
    waves: Sequence[str],
    *,
    source: str,
    declared: Mapping[str, Input],
) -> Values:
    """Return the values of ``--input``, ``--anchor`` and ``--wave``.

    Args:
        inputs: ``name=value`` each; ``sites=@file.yaml`` reads a file.
        anchors: ``name=date`` or ``name[wave]=date`` each, in the notation of anchors.
        waves: ``id,field=value,…`` each.
        source: who said the dates, or "".
        declared: the playbook's inputs.

    Raises:
        UsageError: something cannot be read at all; every problem is told, also those of the input.
    """
    values = Values()
    _inputs(values, inputs, declared)
    _waves(values, waves)
    _anchors(values, anchors, source)
    if values.unreadable:
        raise UsageError("cli.unreadable", problems=[*values.unreadable, *values.problems])
    return values


def pair(text: str, path: str) -> tuple[str, str] | Problem:
    """Return name and value of ``name=value``, or what is wrong with it."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        return Problem("cli.not_a_pair", {"text": text}, path)
    return name.strip(), value.strip()


def pairs(texts: Iterable[str], option: str) -> dict[str, str]:
    """Return the names and values of an option that repeats.

    Raises:
        UsageError: one of them is no ``name=value``.
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for text in texts:
        read = pair(text, option)
        if isinstance(read, Problem):
            problems.append(read)
        else:
            found[read[0]] = read[1]
    if problems:
        raise UsageError("cli.unreadable", problems=problems)
    return found


def _inputs(values: Values, texts: Iterable[str], declared: Mapping[str, Input]) -> None:
    for text in texts:
        read = pair(text, "--input")
        if isinstance(read, Problem):
            values.unreadable.append(read)
            continue
        name, value = read
        asked = declared.get(name)
        if name in values.inputs and not (asked and asked.type == "list"):
            values.unreadable.append(Problem("cli.given_twice", {"name": name}, f"--input {name}"))
        elif asked is not None and asked.type == SITES:
            _sites(values, name, value)
        else:
            _one_input(values, name, value, asked)


def _one_input(values: Values, name: str, text: str, asked: Input | None) -> None:
    if asked is None or text == "?":
        values.inputs[name] = text if asked is None else None
        return
    try:
        typed = typed_answer(name, asked.type, tuple(asked.options), text, asked.label)
    except UsageError as error:
        if error.key == "incidents.answer_large":
            # The plan tells the limit beside everything else that is wrong; the number itself is enough.
            values.inputs[name] = whole_number(text)
        elif error.key in _DATE_PROBLEMS:
            values.unreadable.append(_date_problem(error, f"--input {name}"))
        else:
            values.inputs[name] = shown(text) if asked.type == "int" else text
        return
    before = values.inputs.get(name)
    values.inputs[name] = [*before, *typed] if isinstance(before, list) and isinstance(typed, list) else typed


def _sites(values: Values, name: str, text: str) -> None:
    if text.startswith("@"):
        sites, problems = read_sites(Path(text[1:]))
        values.problems.extend(problems)
    else:
        sites = sites_from_words(text)
    values.sites = (*values.sites, *sites)
    values.inputs[name] = tuple(site.id for site in values.sites)


def _waves(values: Values, texts: Iterable[str]) -> None:
    waves: dict[str, Wave] = {}
    for text in texts:
        identity, *rest = [part.strip() for part in text.split(",")]
        if not identity or "=" in identity:
            values.unreadable.append(Problem("cli.wave_without_id", {"text": text}, "--wave"))
        elif identity in waves:
            values.unreadable.append(Problem("cli.given_twice", {"name": identity}, f"--wave {identity}"))
        else:
            waves[identity] = _wave(values, identity, rest)
    values.waves = tuple(waves.values())


def _wave(values: Values, identity: str, parts: Iterable[str]) -> Wave:
    path = f"--wave {identity}"
    wave = Wave(identity)
    for part in parts:
        read = pair(part, path)
        if isinstance(read, Problem):
            values.unreadable.append(read)
            continue
        wave = _with_field(values, wave, *read)
    return wave


def _with_field(values: Values, wave: Wave, name: str, value: str) -> Wave:
    path = f"--wave {wave.id}"
    if name == "label":
        return replace(wave, label=value)
    if name == "site":
        return replace(wave, site=site_id(value) if value else "")
    if name == "measure" and value in MEASURES:
        return replace(wave, measure=value)
    if name == "count":
        return _with_count(values, wave, value)
    if name == "measure":
        values.unreadable.append(
            Problem(
                "cli.wave_measure", {"value": value, "known": [measure.value for measure in MEASURES]}, path
            )
        )
    else:
        params = {"field": name, "nearest": nearest(name, WAVE_FIELDS), "known": WAVE_FIELDS}
        values.unreadable.append(Problem("cli.wave_field", params, path))
    return wave


def _with_count(values: Values, wave: Wave, text: str) -> Wave:
    try:
        return replace(wave, count=people_count(text))
    except UsageError as error:
        values.problems.append(count_problem(error, f"--wave {wave.id}"))
    return wave


def _anchors(values: Values, texts: Iterable[str], source: str) -> None:
    seen: set[str] = set()
    for text in texts:
        read = pair(text, "--anchor")
        if isinstance(read, Problem):
            values.unreadable.append(read)
            continue
        name, value = read
        if name in seen:
            values.unreadable.append(Problem("cli.given_twice", {"name": name}, f"--anchor {name}"))
            continue
        seen.add(name)
        try:
            _put_anchor(values, name, parse_anchor_value(value, source))
        except UsageError as error:
            values.unreadable.append(_date_problem(error, f"--anchor {name}"))


def _put_anchor(values: Values, name: str, value: AnchorValue) -> None:
    match = _OF_WAVE.fullmatch(name)
    if match is None:
        values.anchors[name] = value
        return
    identity = match["wave"].strip()
    ids = [wave.id for wave in values.waves]
    if not ids or (identity not in ids and _all_implied(values)):
        values.waves = (*values.waves, Wave(identity, anchors={match["name"].strip(): value}))
    elif identity not in ids:
        params = {"wave": identity, "nearest": nearest(identity, ids), "known": tuple(ids)}
        values.problems.append(Problem("cli.unknown_wave", params, f"--anchor {name}"))
    else:
        values.waves = tuple(
            replace(wave, anchors={**wave.anchors, match["name"].strip(): value})
            if wave.id == identity
            else wave
            for wave in values.waves
        )


def _all_implied(values: Values) -> bool:
    """Tell whether no wave was declared by ``--wave``: then each anchor may bring its own."""
    return all(wave.anchors and wave == Wave(wave.id, anchors=wave.anchors) for wave in values.waves)


def _date_problem(error: MuutosturvaError, path: str) -> Problem:
    return Problem(_DATE_PROBLEMS.get(error.key, "cli.not_a_date"), dict(error.params), path)
