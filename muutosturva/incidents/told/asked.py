"""What finishing a task asks for, and what was answered, in words: for a page and for a screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from muutosturva.i18n import Texts
from muutosturva.incidents.pure.views import TaskView
from muutosturva.playbooks.plan import AskedField, Asks


def asked_lines(texts: Texts, asks: Asks | None) -> Iterator[str]:
    """Yield what finishing a task asks for: the options, or the fields with their ids."""
    if asks is None:
        return
    for option, words in asks.options.items():
        yield f"{option}: {texts.pick(words)}"
    for field in asks.fields:
        line = f"{field.name}: {texts.pick(field.label)}"
        yield texts("incidents.asked.required", line=line) if field.required else line
        for option, words in field.options.items():
            yield f"  {option}: {texts.pick(words)}"


def answer_lines(texts: Texts, task: TaskView) -> Iterator[str]:
    """Yield what was answered when a task was done."""
    asks, answer = task.asks, task.answer
    if asks is None or answer is None:
        return
    if "decision" in answer:
        chosen = answer["decision"]
        yield texts("incidents.asked.chosen", option=texts.pick(asks.options.get(chosen, {"fi": chosen})))
        yield texts("incidents.asked.because", reason=answer["because"])
    for field in asks.fields:
        if field.name in answer.get("fields", {}):
            yield f"{texts.pick(field.label)}: {field_words(texts, field, answer['fields'][field.name])}"


def field_words(texts: Texts, field: AskedField, value: object) -> str:
    """Return the answer of a field in words."""
    if isinstance(value, bool):
        return texts("common.yes" if value else "common.no")
    if isinstance(value, int):
        return texts.number(value)
    if field.type == "date":
        return texts.day(dt.date.fromisoformat(str(value)))
    return texts.pick(field.options[str(value)]) if str(value) in field.options else str(value)
