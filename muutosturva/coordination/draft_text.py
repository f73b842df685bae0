"""The text of a new variant of a playbook: what it lies over, and examples that teach by being used.

A line that begins with ``##`` is a word to the reader. One that begins with a single ``#`` is a
line of the language: without its ``#`` it is in force, and the file stays sound.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.playbooks.loading.resolved import Resolved

OWN_STEP: Final = "own-step"
"""Id of the task the examples add."""
OWN_QUESTION: Final = "own_question"
"""Id of the question the examples add."""
TASKS: Final = "tasks"
"""The line all examples about tasks stand under."""
ABOUT_TASKS: Final = frozenset({"due", "add", "remove"})
"""The examples about tasks."""

Example = Mapping[str, Sequence[str]]
"""Lines of the language by the name of what they teach, in the order of the file."""


@dataclass(frozen=True, slots=True)
class Case:
    """A worked case of the new playbook.

    Attributes:
        name: what it is called.
        given: inputs and dates, by name, written as YAML.
        expect: what must follow, by key, written as YAML.
    """

    name: str
    given: Mapping[str, Mapping[str, str]]
    expect: Mapping[str, str]

    def lines(self) -> Iterator[str]:
        """Yield the lines of the case, as an entry of ``tests``."""
        yield f"  - name: {quoted(self.name)}"
        yield "    given:"
        for part, values in self.given.items():
            yield f"      {part}: {{{', '.join(f'{name}: {value}' for name, value in values.items())}}}"
        if self.expect:
            yield "    expect:"
        for key, value in self.expect.items():
            yield f"      {key}: {value}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A new playbook before it is written.

    Attributes:
        identity: its id.
        base: what it lies over.
        today: the day it is made.
        examples: what it teaches by.
        cases: its worked case, and one for the task that is added; either may be missing.
    """

    identity: str
    base: Resolved
    today: dt.date
    examples: Example
    cases: tuple[Case | None, Case | None] = (None, None)

    @property
    def version(self) -> str:
        """Return the version it begins with: the first of the year."""
        return f"{self.today.year}.1"

    def text(self, texts: Texts, active: Collection[str] = ()) -> str:
        """Return the file.

        Args:
            texts: words of the reader.
            active: names of the examples that are in force.
        """
        lines = [*_said(texts, "top", base=self.base.playbook.id, playbook=self.identity)]
        lines += ["", *self._head(texts)]
        for name, example in self.examples.items():
            lines += ["", *_said(texts, name)]
            used = name in active or (name == TASKS and not ABOUT_TASKS.isdisjoint(active))
            lines += [line if used else f"#{line}" for line in example]
        own, added = self.cases
        if own is not None:
            lines += ["", *_said(texts, "tests", playbook=self.identity), "tests:", *own.lines()]
        if own is not None and added is not None:
            lines += ["", *_said(texts, "tests_add")]
            lines += [line if "tests_add" in active else f"#{line}" for line in added.lines()]
        return "\n".join(lines) + "\n"

    def _head(self, texts: Texts) -> Iterator[str]:
        base = self.base.playbook
        yield "schema: muutosturva/playbook/1"
        yield f"id: {self.identity}"
        yield f"extends: {base.id}"
        yield f'version: "{self.version}"'
        yield from _by_language("title", self._each("title", texts), "")
        yield from _by_language("description", self._each("description", texts), "")
        if base.suggest is not None:
            yield ""
            yield from _said(texts, "suggest")
            yield f"suggest: {quoted(base.suggest)}"

    def _each(self, key: str, texts: Texts) -> dict[str, str]:
        titles = self.base.playbook.title
        return {
            tag: words(f"coordination.draft.words.{key}", title=words.pick(titles))
            for tag, words in words_of(self.base, texts)
        }


def words_of(base: Resolved, texts: Texts) -> Sequence[tuple[str, Texts]]:
    """Return the languages a variant's texts must stand in, with their words."""
    found = [(language, Texts(language)) for language in LANGUAGES if language in base.playbook.title]
    return found or [(texts.language, texts)]


def quoted(text: str) -> str:
    """Return a text as YAML holds it, whatever is in it."""
    return json.dumps(text, ensure_ascii=False)


def new_step(base: Resolved, texts: Texts) -> list[str]:
    """Return the lines that add a task: in the first phase, for the role that answers for the playbook."""
    playbook = base.playbook
    role = leading_role(base)
    anchor = next((name for name, found in playbook.anchors.items() if found.required), None)
    due = anchor or next(iter(playbook.anchors), None)
    titles = {tag: words("coordination.draft.words.step") for tag, words in words_of(base, texts)}
    return [
        "  add:",
        f"    {OWN_STEP}:",
        *_by_language("title", titles, "      "),
        f"      phase: {next(iter(playbook.phases))}",
        *([f"      due: {due} + 2 wd"] if due else []),
        f"      raci: {{r: [{role}], a: {role}}}",
    ]


def other_due(step: str, due: str, role: str) -> list[str]:
    """Return the lines that give a task another due date and another role to answer for it."""
    return ["  replace:", f"    {step}:", f"      due: {due}", f"      raci: {{a: {role}}}"]


def removal(base: Resolved, step: str, texts: Texts) -> list[str]:
    """Return the lines that take a task out, with the reason."""
    reasons = {tag: words("coordination.draft.words.reason") for tag, words in words_of(base, texts)}
    return ["  remove:", f"    {step}:", *_by_language("reason", reasons, "      ")]


def reading(base: Resolved, today: dt.date) -> list[str]:
    """Return the line that says who reads the playbook through, and when that was last done."""
    return [f"review: {{role: {leading_role(base)}, every: 12 m, last: {today.isoformat()}}}"]


def question(base: Resolved, texts: Texts) -> list[str]:
    """Return the lines that ask one thing more."""
    labels = {tag: words("coordination.draft.words.question") for tag, words in words_of(base, texts)}
    return [
        "inputs:",
        "  add:",
        f"    {OWN_QUESTION}:",
        "      type: bool",
        *_by_language("label", labels, "      "),
    ]


def leading_role(base: Resolved) -> str:
    """Return the role that answers for a playbook: the one that reviews it, else the first."""
    review = base.playbook.review
    return review.role if review is not None else next(iter(base.playbook.roles))


def _by_language(key: str, words: Mapping[str, str], indent: str) -> Iterator[str]:
    yield f"{indent}{key}:"
    for tag, text in words.items():
        yield f"{indent}  {tag}: {quoted(text)}"


def _said(texts: Texts, name: str, **params: object) -> Iterable[str]:
    told = texts(f"coordination.draft.{name}", **params)
    return [f"## {line}".rstrip() for line in told.strip().splitlines()]
