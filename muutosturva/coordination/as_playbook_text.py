"""The text of a draft playbook: its data as YAML, with comments that tell and teach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from muutosturva.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language, Texts
from muutosturva.incidents.pure.drafting import Draft, Entry, Remark
from muutosturva.incidents.pure.laying import overlay, whole
from muutosturva.playbooks.language.schema import SCHEMA, SECTIONS
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.loading.writing import Path, yaml_text


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top of a draft.

    Attributes:
        id: its id.
        version: its version.
        base: id of the incident's playbook.
        base_version: the version that was pinned.
        whole: True where the draft holds the whole playbook, because it is not at hand as it was pinned.
        on: the day it is drafted.
    """

    id: str
    version: str
    base: str
    base_version: str
    whole: bool
    on: dt.date


def draft_text(draft: Draft, pinned: Resolved, head: Head, language: Language) -> str:
    """Return the YAML of a draft, with comments in a language.

    Args:
        draft: what differed.
        pinned: the incident's playbook.
        head: what stands at the top.
        language: of the comments.
    """
    texts = Texts(language)
    data = _data(draft, pinned, head)
    comments: dict[Path, list[str]] = {(): list(_top(texts, draft, head))}
    for entry in draft.entries:
        change = entry.change
        path: Path = (change.section, change.id) if head.whole else (change.section, change.act, change.id)
        while _missing(data, path):
            path = path[:-1]
        comments.setdefault(path, []).extend(_told(texts, entry, named=path[-1] != change.id))
    if not head.whole:
        for section, acts in overlay(draft.changes).items():
            for act in acts:
                comments.setdefault((section, act), []).insert(
                    0, texts(f"coordination.as_playbook.act.{act}")
                )
    return yaml_text(data, comments)


def _missing(data: dict[str, Any], path: Path) -> bool:
    """Tell whether nothing stands at a path: a step that a whole text does not hold any more."""
    found: Any = data
    for key in path:
        if not isinstance(found, dict) or key not in found:
            return True
        found = found[key]
    return False


def _data(draft: Draft, pinned: Resolved, head: Head) -> dict[str, Any]:
    spoken: list[Language] = [tag for tag in LANGUAGES if tag in draft.languages] or [DEFAULT_LANGUAGE]
    named = {tag: Texts(tag) for tag in spoken}
    own = pinned.playbook.title
    title = {
        tag: words("coordination.as_playbook.title", title=words.pick(own)) for tag, words in named.items()
    }
    told = {
        tag: words("coordination.as_playbook.description", title=words.pick(own))
        for tag, words in named.items()
    }
    data: dict[str, Any] = {"schema": SCHEMA, "id": head.id, "version": head.version}
    if head.whole:
        body = whole(pinned, draft.changes)
        data |= {"kind": body["kind"], "title": title, "description": told}
        return data | {key: value for key, value in body.items() if key not in data}
    sections = overlay(draft.changes)
    for section in sections.values():
        for removal in section.get("remove", {}).values():
            removal.setdefault(
                "reason", {tag: words("coordination.as_playbook.no_reason") for tag, words in named.items()}
            )
    data |= {"extends": head.base, "title": title, "description": told}
    return data | {section: sections[section] for section in SECTIONS if section in sections}


def _top(texts: Texts, draft: Draft, head: Head) -> Iterator[str]:
    """Yield what stands above everything: what this is, what to do with it, what it does not change."""
    yield texts("coordination.as_playbook.top", playbook=head.base, version=head.base_version, on=head.on)
    if head.whole:
        yield texts("coordination.as_playbook.whole", playbook=head.base)
    else:
        yield texts("coordination.as_playbook.overlay", playbook=head.base)
    yield texts("coordination.as_playbook.units")
    yield ""
    yield texts("coordination.as_playbook.next")
    yield from (f"{number}. {line}" for number, line in enumerate(_todo(texts, draft, head), 1))
    if draft.remarks:
        yield ""
        yield texts("coordination.as_playbook.remarks")
        yield from (f"- {_sentence(texts, remark)}" for remark in draft.remarks)


def _todo(texts: Texts, draft: Draft, head: Head) -> Iterator[str]:
    marked = any(
        remark.code in {"check", "check_gaps"} for entry in draft.entries for remark in entry.remarks
    )
    if marked:
        yield texts("coordination.as_playbook.todo_check", mark=texts("coordination.as_playbook.mark"))
    if set(draft.languages) < set(LANGUAGES):
        yield texts("coordination.as_playbook.todo_languages")
    yield texts("coordination.as_playbook.todo_tests")
    yield texts("coordination.as_playbook.todo_lint", playbook=head.id)


def _told(texts: Texts, entry: Entry, *, named: bool) -> Iterable[str]:
    """Yield what is told of a change; ``named`` where it stands above another key than its own."""
    for remark in entry.remarks:
        sentence = _sentence(texts, remark)
        yield f"{entry.change.id}: {sentence}" if named else sentence


def _sentence(texts: Texts, remark: Remark) -> str:
    params = {"mark": texts("coordination.as_playbook.mark")} | dict(remark.params)
    return texts(f"coordination.as_playbook.remark.{remark.code}", **params)
