"""What the house asks of a playbook beyond making sense: roles, words, law, nobody's data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from muutosturva.errors import Problem, nearest
from muutosturva.playbooks.checks.parts import participants, texts, written
from muutosturva.playbooks.loading.items import items
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.loading.source import plain, problem_at
from muutosturva.playbooks.planning.repeat import SINGULAR
from muutosturva.rules.identity_codes import PATTERN

PRIVATE: Final = (
    ("identity_code", PATTERN),
    ("email_address", re.compile(r"[\w.+-]+@[\w.-]+\.[^\W\d]\w*")),
    (
        "phone_number",
        re.compile(r"(?<![\w/.§-])(\+358|00358|0[1-9]\d?)[ -]?\d{2,4}[ -]?\d{2,4}[ -]?\d{0,4}(?![\w/§])"),
    ),
)
"""Codes of private data, with what they look like."""
OWN_AUDIENCE: Final = "group"
"""The group that works by the playbook: it needs no message about what it writes itself."""
KNOWN_AUDIENCES: Final = frozenset(
    {
        "group",
        "management",
        "neighbours",
        "partners",
        "providers",
        "public",
        "staff",
        "state_office",
        "unions",
    }
)
"""Audiences that have words in every language; a playbook may have its own, which is shown by its id."""
_SUSPECT: Final = re.compile(r"@|\d\d")
"""What every private datum has in it: looked for first, since most texts have neither."""
_PLACEHOLDER: Final = re.compile(r"\{(\w*)\}")


def accountable(resolved: Resolved) -> Iterator[Problem]:
    """Every task has exactly one who answers for it, and somebody who does it."""
    for name, task in resolved.playbook.tasks.items():
        place = resolved.key_place(("tasks", name, "raci"))
        if task.raci.a is None:
            yield problem_at(place, "no_accountable", step=name)
        if not task.raci.r:
            yield problem_at(place, "no_responsible", step=name)


def approvers(resolved: Resolved) -> Iterator[Problem]:
    """Every message has somebody who approves it, and a language."""
    for name, message in resolved.playbook.messages.items():
        place = resolved.key_place(("messages", name))
        if not message.approvers:
            yield problem_at(place, "no_approver", message=name)
        if not message.languages:
            yield problem_at(place, "no_language", message=name)


def languages(resolved: Resolved) -> Iterator[Problem]:
    """Every text stands in each language in which the playbook bears a title."""
    wanted = tuple(resolved.playbook.title)
    for path, words in texts(resolved.playbook):
        missing = [tag for tag in wanted if words and tag not in words]
        if missing:
            place = resolved.key_place(path)
            yield problem_at(place, "missing_language", languages=", ".join(missing))


def law(resolved: Resolved) -> Iterator[Problem]:
    """A task whose date the law sets names its act."""
    for name, task in resolved.playbook.tasks.items():
        if task.statutory is not None and not task.law:
            yield problem_at(resolved.key_place(("tasks", name, "statutory")), "no_law", step=name)


def private_data(resolved: Resolved) -> Iterator[Problem]:
    """A playbook holds roles, never persons: no identity codes, numbers or addresses."""
    for place, text in written(resolved.root):
        if not _SUSPECT.search(text):
            continue
        code = next((code for code, pattern in PRIVATE if pattern.search(text)), None)
        if code is not None:
            yield problem_at(place, code)


def placeholders(resolved: Resolved) -> Iterator[Problem]:
    """A title names only items it is repeated over."""
    for path, item in items(resolved.playbook):
        known = {SINGULAR[collection] for collection in item.for_each}
        for tag, text in item.title.items():
            for match in _PLACEHOLDER.finditer(text):
                if match[1] not in known:
                    place = resolved.place((*path, "title", tag))
                    yield problem_at(
                        place, "unknown_placeholder", name=match[1], known=", ".join(sorted(known))
                    )


def placeholders_in_every_language(resolved: Resolved) -> Iterator[Problem]:
    """A place filled in one language is filled in all: else two titles of a plan read the same."""
    for path, item in items(resolved.playbook):
        filled = {SINGULAR[collection] for collection in item.for_each}
        places = {tag: filled & set(_PLACEHOLDER.findall(text)) for tag, text in item.title.items()}
        every = set[str]().union(*places.values())
        for tag, found in places.items():
            for name in sorted(every - found):
                place = resolved.place((*path, "title", tag))
                yield problem_at(place, "placeholder_missing", name=name, language=tag)


def unused_roles(resolved: Resolved) -> Iterator[Problem]:
    """Every role has something to do; a base may declare roles for what is laid over it."""
    playbook = resolved.playbook
    if playbook.abstract:
        return
    used = {role for _, role in participants(playbook)}
    for name in playbook.roles:
        if name not in used:
            yield problem_at(resolved.key_place(("roles", name)), "unused_role", role=name)


def audiences(resolved: Resolved) -> Iterator[Problem]:
    """Whoever a document is made for hears of it in some message; the group itself makes it."""
    playbook = resolved.playbook
    told = {OWN_AUDIENCE, *(message.audience for message in playbook.messages.values())}
    for name, document in playbook.documents.items():
        if document.audience not in told:
            place = resolved.place(("documents", name, "audience"))
            near = nearest(document.audience, sorted(told - {OWN_AUDIENCE}))
            yield problem_at(place, "audience_without_message", audience=document.audience, nearest=near)


def known_audiences(resolved: Resolved) -> Iterator[Problem]:
    """An audience the house has no words for is an own one, or a slip of the pen: the reader is asked."""
    playbook = resolved.playbook
    for section, lines in (("messages", playbook.messages), ("documents", playbook.documents)):
        for name, line in lines.items():
            if line.audience not in KNOWN_AUDIENCES:
                place = resolved.place((section, name, "audience"))
                near = nearest(line.audience, sorted(KNOWN_AUDIENCES))
                yield problem_at(place, "unknown_audience", audience=line.audience, nearest=near)


def tested(resolved: Resolved) -> Iterator[Problem]:
    """A playbook that can be triggered has worked cases it is held to."""
    playbook = resolved.playbook
    if not playbook.abstract and not playbook.tests:
        yield problem_at(resolved.key_place(("id",)), "no_tests", id=playbook.id)


def removed_statutory(resolved: Resolved) -> Iterator[Problem]:
    """A step that rests on the law is not taken out unnoticed, whatever the reason.

    One that another step of the law carries on under a new name (``renamed_from``) is not taken out.
    """
    carried = {
        task.renamed_from
        for task in resolved.playbook.tasks.values()
        if task.statutory is not None or task.law
    }
    for entry in resolved.removed:
        if entry.section == "tasks" and entry.law and entry.id not in carried:
            yield problem_at(
                entry.place, "statutory_removed", step=entry.id, law=entry.law, reason=entry.reason
            )


def unset_statutory(resolved: Resolved) -> Iterator[Problem]:
    """A step is not cut loose from the law unnoticed: its rule or its acts are not set to nothing."""
    for name, task in resolved.playbook.tasks.items():
        node = resolved.root.nearest(("tasks", name))
        gone = node.gone or {}
        # An act taken out under a rule that stays is told by ``law``.
        keys = ["statutory"] if task.statutory is not None else ["statutory", "law"]
        word = next((gone[key] for key in keys if key in gone and node.child(key) is None), None)
        if word is None or word.below is None or not word.below.content:
            continue
        acts = node.child("law") or (gone["law"].below if "law" in gone else None)
        told = plain(acts) if acts is not None else None
        yield problem_at(
            word.key, "statutory_unset", step=name, law=tuple(told) if isinstance(told, list) else ()
        )


def validity(resolved: Resolved) -> Iterator[Problem]:
    """A playbook's last day is not before its first."""
    valid = resolved.playbook.valid
    if valid is not None and valid.until is not None and valid.until < valid.from_:
        yield problem_at(resolved.place(("valid", "until")), "valid_backwards", until=valid.until)
