"""The root of the command tree, and ``muutosturva`` alone: the terminal UI."""

from __future__ import annotations

from functools import cache

import click

from muutosturva import __version__
from muutosturva.cli.framework import Group, Option, state_of
from muutosturva.cli.state import State


@cache
def commands() -> click.Group:
    """Return the command tree, in the order in which an incident is worked."""
    from muutosturva.cli import (
        calendar,
        contact,
        document,
        incident,
        law,
        office,
        playbook,
        roster,
        setup,
        store,
        task,
        task_add,
        task_areas,
        task_escalated,
        task_import,
        task_order,
    )

    tree = Group("muutosturva", callback=_start, invoke_without_command=True)
    tree.params = [*_own_options(), *tree.params]
    for command in (
        setup.init,
        setup.demo,
        playbook.playbook,
        incident.incident,
        task.task,
        document.document,
        document.briefing,
        calendar.calendar,
        law.law,
        office.office,
        roster.roster,
        contact.contact,
        store.store,
    ):
        tree.add_command(command)
    for of_playbook in _of_playbook():
        playbook.playbook.add_command(of_playbook)
    for of_incident in _of_incident():
        incident.incident.add_command(of_incident)
    for command in (
        task_add.add_command,
        task_import.import_command,
        task_areas.area_command,
        task_areas.areas_command,
        task_escalated.escalated_command,
        task_order.label_command,
        task_order.labels_command,
        task_order.move_command,
    ):
        task.task.add_command(command)
    for of_roster in _of_roster():
        roster.roster.add_command(of_roster)
    return tree


def _of_playbook() -> tuple[click.Command, ...]:
    """Return the commands of ``playbook`` that stand in modules of their own."""
    from muutosturva.cli import playbook_diff, playbook_explain, playbook_new

    return (playbook_new.new_command, playbook_explain.explain_command, playbook_diff.diff_command)


def _of_roster() -> tuple[click.Command, ...]:
    """Return the commands of ``roster`` that stand in modules of their own, by topic."""
    from muutosturva.cli import roster_away, roster_gaps, roster_load

    return (
        roster_away.away_command,
        roster_away.absences_command,
        roster_gaps.gaps_command,
        roster_load.load_command,
    )


def _of_incident() -> tuple[click.Command, ...]:
    """Return the commands of ``incident`` that stand in modules of their own, by topic."""
    from muutosturva.cli import (
        incident_draft,
        incident_evidence,
        incident_export,
        incident_extend,
        incident_life,
        incident_log,
        incident_numbers,
        incident_raci,
        incident_rebase,
        incident_records,
        incident_region,
        incident_roles,
        incident_secrecy,
        incident_undo,
    )

    return (
        incident_export.export_command,
        incident_log.note_command,
        incident_log.log_command,
        incident_numbers.amend_command,
        incident_numbers.accept_command,
        incident_numbers.decline_command,
        incident_numbers.numbers_command,
        incident_numbers.wave_command,
        incident_extend.extend_command,
        incident_numbers.level_command,
        incident_records.decide_command,
        incident_records.minutes_command,
        incident_records.update_command,
        incident_records.review_command,
        incident_records.records_command,
        incident_records.correct_command,
        incident_roles.roles_command,
        incident_raci.raci_command,
        incident_draft.as_playbook_command,
        incident_rebase.rebase_command,
        incident_region.ungroup_command,
        incident_region.merge_command,
        incident_region.link_command,
        incident_region.unlink_command,
        incident_evidence.attach_command,
        incident_evidence.evidence_command,
        incident_evidence.detach_command,
        incident_life.resume_command,
        incident_life.close_command,
        incident_life.reopen_command,
        incident_life.skip_review_command,
        incident_undo.undo_command,
        incident_undo.redo_command,
        *incident_secrecy.COMMANDS,
    )


def _own_options() -> list[click.Parameter]:
    return [
        Option(["--plain"], value="maybe_incident", is_flag=False, flag_value="", default=None),
        Option(["--version"], is_flag=True, is_eager=True, callback=_show_version),
    ]


def _show_version(ctx: click.Context, _param: click.Parameter, value: object) -> None:
    if value and not ctx.resilient_parsing:
        state_of(ctx).out.show({"version": __version__}, [f"muutosturva {__version__}"])
        ctx.exit()


@click.pass_context
def _start(ctx: click.Context, /, plain: str | None, **_shown: object) -> int | None:
    if ctx.invoked_subcommand is not None:
        return None
    state: State = ctx.obj
    if plain is not None:
        return _print_plain(state, plain)
    return state.screens.open(
        state.settings.store,
        language=state.texts.language,
        actor=state.settings.name,
        clock=state.now,
    )


def _print_plain(state: State, incident: str) -> int:
    with state.store() as store:
        state.out.raw(state.screens.plain(store, incident, state.texts, state.now()))
    return 0
