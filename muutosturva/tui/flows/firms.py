"""Commands about firms beside each other: out of a situation, opened twice, hanging on this one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from muutosturva.incidents.acts.links import Link
from muutosturva.incidents.pure.views import IncidentSummary, LinkView
from muutosturva.incidents.typed.counts import people_count, people_or_unknown
from muutosturva.models.states import LinkKind
from muutosturva.tui import words
from muutosturva.tui.dialogs.form import (
    Answers,
    FormDialog,
    Line,
    LinesDialog,
    OneOf,
    Question,
    SomeOf,
)
from muutosturva.tui.flows.job import Job

NO_INCIDENT = ""


class _Parting(NamedTuple):
    children: tuple[str, ...]
    reason: str


class _Named(NamedTuple):
    name: str
    reason: str


async def ungroup(job: Job) -> str:
    """Take firms out of the situation."""
    options = [(firm.readable_id, words.firm(job.texts, firm)) for firm in job.page.firms]
    questions: list[Question] = [SomeOf("children", options), Line("reason", needed=True)]
    given = await job.ask(
        FormDialog("ungroup", questions, lambda found: _Parting(found.several("children"), found["reason"]))
    )
    if given is None or not given.children:
        return ""
    await job.do(job.backend.firms.ungroup, job.view, given.children, given.reason)
    return job.texts("tui.done.ungrouped", n=len(given.children))


async def merge(job: Job) -> str:
    """Merge this incident, opened twice, into the other one; what comes along is shown first."""
    others = await job.do(job.backend.firms.others, job.incident)
    options = [(line.readable_id, f"{line.readable_id} {line.employer}") for line in others]
    questions: list[Question] = [OneOf("into", options), Line("reason", needed=True)]
    given = await job.ask(
        FormDialog(
            "merge", questions, lambda found: _Named(found["into"], found["reason"]), incident=job.incident
        )
    )
    if given is None:
        return ""
    found = await job.do(job.backend.firms.preview_merge, job.incident, given.name)
    texts = job.texts
    lines = [
        texts("tui.merge.ends", incident=found.duplicate, into=found.into),
        texts("tui.merge.carried", n=len(found.carried)),
        texts("tui.merge.moved", n=len(found.moved)),
        texts("tui.merge.links", n=len(found.links)),
    ]
    if not await job.ask(LinesDialog("difference", lines)):
        return ""
    done = await job.do(job.backend.firms.merge, job.view, given.name, given.reason)
    return texts("tui.done.merged", incident=done.duplicate, into=done.into)


async def link_firm(job: Job) -> str:
    """Link a supplier, an agency or another firm that hangs on this one."""
    others = await job.do(job.backend.firms.others, job.incident)
    questions: list[Question] = [Line("name", needed=True), *_link_questions(job, others, None)]
    given = await job.ask(FormDialog("link", questions, lambda got: _link(got["name"], got)))
    if given is None:
        return ""
    await job.do(job.backend.firms.link, job.incident, given)
    return job.texts("tui.done.linked", firm=given.name)


class _Changing(NamedTuple):
    link: Link
    reason: str


async def change_link(job: Job) -> str:
    """Change what is known of a linked firm; everything stands as it is until it is typed over."""
    links = job.view.links
    name = job.name or (links[0].name if len(links) == 1 else "")
    if not name:
        options = [(link.name, f"{link.name}, {job.texts.word(link.kind)}") for link in links]
        asked = FormDialog("change_which", [OneOf("name", options)], lambda got: got["name"])
        name = await job.ask(asked) or ""
    present = next((link for link in links if link.name == name), None)
    if present is None:
        return ""
    others = await job.do(job.backend.firms.others, job.incident)
    given = await job.ask(
        FormDialog(
            "change_link",
            [*_link_questions(job, others, present), Line("reason", needed=True)],
            lambda got: _Changing(_link(name, got), got["reason"]),
            firm=name,
        )
    )
    if given is None:
        return ""
    await job.do(job.backend.firms.change_link, job.incident, given.link, given.reason, present.version)
    return job.texts("tui.done.link_changed", firm=name)


def _link_questions(job: Job, others: Sequence[IncidentSummary], present: LinkView | None) -> list[Question]:
    """Return what is asked of a linked firm, with what is known of it already."""
    own = [(line.readable_id, f"{line.readable_id} {line.employer}") for line in others]
    people = present.headcount if present else None
    return [
        OneOf(
            "kind",
            [(kind.value, job.texts.word(kind)) for kind in LinkKind],
            present.kind.value if present else None,
        ),
        OneOf(
            "other",
            [(NO_INCIDENT, job.texts("tui.dialog.link.no_incident")), *own],
            present.other if present else None,
        ),
        Line("people", value="" if people is None else str(people)),
        Line("included", value=str(present.included) if present and present.included else ""),
        Line("source", value=present.source if present else ""),
    ]


def _link(name: str, answers: Answers) -> Link:
    people = people_or_unknown(answers["people"] or "?")
    included = people_count(answers["included"] or "0")
    return Link(
        name,
        LinkKind(answers["kind"]),
        other=answers["other"],
        headcount=people,
        included=included,
        source=answers["source"],
    )


async def unlink_firm(job: Job) -> str:
    """Take a linked firm away."""
    questions: list[Question] = [
        OneOf("name", [(link.name, link.name) for link in job.view.links]),
        Line("reason", needed=True),
    ]
    given = await job.ask(
        FormDialog("unlink", questions, lambda found: _Named(found["name"], found["reason"]))
    )
    if given is None:
        return ""
    await job.do(job.backend.firms.unlink, job.incident, given.name, given.reason)
    return job.texts("tui.done.unlinked", firm=given.name)
