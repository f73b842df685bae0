"""``document`` and ``briefing``: what is handed out."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from muutosturva.cli import stable, words
from muutosturva.cli.framework import Group, argument, option
from muutosturva.cli.incident_pages import columns
from muutosturva.cli.state import State
from muutosturva.cli.triggering import with_options

FORMATS: Final = ("docx", "pdf", "html", "md")
LANGUAGES: Final = ("fi", "sv", "en")

_HAND_OUT = (
    option("--for", "audience", text="audience", value="audience", default="group"),
    option("--format", "formats", text="formats", choices=FORMATS, commas=True, default="docx,pdf"),
    option("--languages", choices=LANGUAGES, commas=True, default="fi"),
    option("--out", needed=True, text="out_folder", value="folder", default="."),
)


@click.group("document", cls=Group)
def document() -> None:
    """Write documents."""


@document.command("list")
@argument("incident_id", text="incident")
@click.pass_obj
def list_command(state: State, *, incident_id: str) -> None:
    """List the documents the plan asks for."""
    from muutosturva.coordination.exports import writes
    from muutosturva.incidents.reading import queries
    from muutosturva.incidents.told.wording import audience

    texts = state.texts
    with state.store() as store, store.reading() as session:
        found = queries.documents(session, incident_id)
    rows = [
        (
            view.incident,
            view.key,
            words.day(texts, view.due),
            texts.word(view.state),
            texts(f"cli.document.by_{'program' if writes(view.document, view.audience) else 'group'}"),
            f"{texts.pick(view.title)} · {audience(texts, view.audience)}",
        )
        for view in found
    ]
    names = ("incident", "~document_key", "~due", "~state", "~written", "_title")
    state.out.show(
        [
            stable.planned_document(view, texts) | {"written": writes(view.document, view.audience)}
            for view in found
        ],
        state.out.table(columns(state, *names), rows),
    )


@document.command("export")
@argument("incident_id", text="incident")
@option("--document", "kind", text="document_kind", value="document", default="situation")
@option("--role", text="checklist_role", value="role", default="")
@with_options(_HAND_OUT)
@click.pass_obj
def export_command(
    state: State,
    *,
    incident_id: str,
    kind: str,
    role: str,
    audience: str,
    formats: tuple[str, ...],
    languages: tuple[str, ...],
    out: str,
) -> None:
    """Write a document for an audience."""
    _export(
        state,
        incident_id=incident_id,
        kind=kind,
        role=role,
        audience=audience,
        formats=formats,
        languages=languages,
        out=out,
    )


@click.group("briefing", cls=Group)
def briefing() -> None:
    """Write the situation picture."""


@briefing.command("export")
@argument("incident_id", text="incident")
@with_options(_HAND_OUT)
@click.pass_obj
def briefing_command(
    state: State,
    *,
    incident_id: str,
    audience: str,
    formats: tuple[str, ...],
    languages: tuple[str, ...],
    out: str,
) -> None:
    """Write the situation picture for an audience."""
    _export(
        state,
        incident_id=incident_id,
        kind="situation",
        role="",
        audience=audience,
        formats=formats,
        languages=languages,
        out=out,
    )


def _export(
    state: State,
    *,
    incident_id: str,
    kind: str,
    role: str,
    audience: str,
    formats: tuple[str, ...],
    languages: tuple[str, ...],
    out: str,
) -> None:
    from muutosturva.coordination.exports import export_document

    with state.store() as store:
        paths = export_document(
            store,
            incident_id,
            document=kind,
            role=role,
            audience=audience,
            formats=formats,
            languages=languages,
            out=Path(out),
            actor=state.actor(store),
            now=state.now(),
        )
    state.out.show({"files": [str(path) for path in paths]}, [str(path) for path in paths])
    state.out.say(state.texts("cli.document.written", n=len(paths)))
