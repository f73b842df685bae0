"""What is answered when a task that asks something is finished: judged all at once, kept as typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from muutosturva.errors import InputError, Problem, UsageError, nearest
from muutosturva.incidents.pure.snapshot import value_to_json
from muutosturva.incidents.typed.answers import typed_answer
from muutosturva.playbooks.plan import Asks

DECISION: Final = "--decide"
BECAUSE: Final = "--because"
FIELD: Final = "--field"
"""Where a problem is, as the command line calls it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answers when finishing a task.

    Attributes:
        decide: the option chosen; "" for none.
        because: why; "" for nothing said.
        fields: answers of a form by field, typed already or as text.
    """

    decide: str = ""
    because: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Tell whether nothing was answered."""
        return not (self.decide or self.because or any(value != "" for value in self.fields.values()))


def answer_to(task: str, asks: Asks | None, reply: Reply) -> dict[str, Any] | None:
    """Return what is kept of a reply, or None for a task that asks nothing.

    Args:
        task: key of the task.
        asks: what it asks.
        reply: what was answered.

    Raises:
        InputError: something is missing, unasked for or of another type; its problems say each.
    """
    if asks is None:
        if reply.empty:
            return None
        raise InputError("incidents.task_asks_nothing", task=task)
    problems = list(_decision_problems(asks, reply))
    values: dict[str, Any] = {}
    for name in reply.fields:
        if name not in {asked.name for asked in asks.fields}:
            near = nearest(name, [asked.name for asked in asks.fields])
            problems.append(_problem(FIELD, "field_unknown", name=name, nearest=near))
    for asked in asks.fields:
        value = reply.fields.get(asked.name, "")
        if value is None or (isinstance(value, str) and not value.strip()):
            problems += [_problem(FIELD, "field_missing", name=asked.name)] if asked.required else []
            continue
        try:
            typed = typed_answer(asked.name, asked.type, tuple(asked.options), value)
        except UsageError:
            known = ", ".join(asked.options)
            problems.append(
                _problem(FIELD, f"field_{asked.type}", name=asked.name, value=value, options=known)
            )
            continue
        values[asked.name] = value_to_json(typed)
    if problems:
        raise InputError("incidents.task_answer", problems=tuple(problems), task=task)
    if asks.options:
        return {"decision": reply.decide.strip(), "because": reply.because.strip()}
    return {"fields": values}


def _decision_problems(asks: Asks, reply: Reply) -> Iterator[Problem]:
    known = ", ".join(asks.options)
    chosen = reply.decide.strip()
    if not asks.options:
        if chosen or reply.because.strip():
            yield _problem(DECISION, "decision_unasked")
        return
    if not chosen:
        yield _problem(DECISION, "decision_missing", options=known)
    elif chosen not in asks.options:
        yield _problem(DECISION, "decision_unknown", option=chosen, options=known)
    if not reply.because.strip():
        yield _problem(BECAUSE, "because_missing")


def _problem(path: str, code: str, **params: object) -> Problem:
    return Problem(f"incidents.{code}", params, path=path)


def told_answer(asks: Mapping[str, Any] | None, answer: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what the log keeps of an answer, with the words it was given under, which may change later."""
    if asks is None or answer is None:
        return {}
    if "decision" in answer:
        words = asks["options"][answer["decision"]]
        return {**answer, "chosen": words, "by": asks["by"]}
    labels = {asked["name"]: asked["label"] for asked in asks["fields"]}
    return {"fields": dict(answer["fields"]), "labels": labels}
