"""The text of a message about a task that is late, ready to be copied into a mail; nothing sends it."""

from __future__ import annotations

from dataclasses import dataclass

from muutosturva.i18n import Texts
from muutosturva.incidents.reading.escalations import Escalation


@dataclass(frozen=True, slots=True)
class Draft:
    """A message: whom it is to, its subject and its text."""

    to: str
    subject: str
    text: str


def draft_of(texts: Texts, escalation: Escalation, sender: str) -> Draft:
    """Return the draft in one language; the firm of a secret incident is not named in it.

    Args:
        texts: the language.
        escalation: what it is about.
        sender: who signs it.
    """
    task, kind = escalation.task, escalation.kind
    firm = "" if escalation.secret else f", {task.employer}"
    title = texts.pick(task.title)
    lines = [
        texts("incidents.escalation.greeting", person=escalation.to.person or "–"),
        "",
        texts(
            f"incidents.escalation.{kind.value}",
            title=f"{task.code} {title}".strip(),
            incident=f"{task.incident}{firm}",
            since=escalation.since,
            n=escalation.days,
        ),
        texts(
            "incidents.escalation.doer",
            person=task.person or "–",
            role=texts.pick(task.role_title) or task.role,
        ),
    ]
    if task.statutory is not None:
        lines.append(texts("incidents.escalation.law", day=task.statutory.date))
    if escalation.secret:
        lines.append(texts("incidents.escalation.secret"))
    lines += ["", texts(f"incidents.escalation.asked_{kind.value}"), ""]
    lines.append(texts("incidents.escalation.closing", person=sender))
    to = f"{escalation.to.person} <{escalation.address}>" if escalation.address else escalation.to.person
    subject = texts(
        f"incidents.escalation.subject_{kind.value}", task=task.code or task.key, incident=task.incident
    )
    return Draft(to, subject, "\n".join(lines))
