"""Click with our own words: every help text comes from the catalogues when it is shown.

Click takes its words when a command is declared and translates its own through gettext; here a
command, an option or an argument only carries a catalogue key, and the words are looked up in the
language of the run. The common options (``--store``, ``--lang`` …) are part of every command, so
that they may be written before it or after it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

import click

from muutosturva.cli.state import State, language_named
from muutosturva.errors import InputError, UsageError, nearest
from muutosturva.i18n import Texts
from muutosturva.incidents.typed.moments import parse_moment

PROGRAM: Final = "muutosturva"
WIDTH: Final = 80
"""Widest line of a help page, in characters."""
MOST_DIGITS: Final = 9
"""Longest whole number taken: any that long fits into every store."""
ROOT: Final = "main"
"""Name of the root in catalogue keys."""

Function = TypeVar("Function", bound=Callable[..., Any])


def state_of(context: click.Context) -> State:
    """Return the state of the run a context belongs to."""
    found = context.find_object(State)
    assert found is not None
    return found


def texts_of(context: click.Context) -> Texts:
    """Return the words of the run a context belongs to."""
    return state_of(context).texts


def catalogue_name(context: click.Context) -> str:
    """Return a command's name in catalogue keys: ``incident_open``, or ``main`` for the root."""
    return "_".join(context.command_path.split()[1:]).replace("-", "_") or ROOT


_PLACES: Final = frozenset({"file", "folder", "file_or_folder", "place"})
_PLACE_WORDS: Final = frozenset(
    {"law_file", "roster_file", "backup_file", "sheet_file", "evidence_source", "playbook_paths", "playbook"}
)
"""Metavars of options and words of arguments that name a place: a file's name may be bytes of any kind."""


def require_text(value: Any, name: str) -> Any:
    """Return what was typed for an option or an argument.

    Bytes that are no UTF-8 reach us as lone surrogates: no store, file or screen could hold them.

    Raises:
        InputError: it holds such bytes.
    """
    for part in value if isinstance(value, (tuple, list)) else (value,):
        if isinstance(part, str) and any("\ud800" <= sign <= "\udfff" for sign in part):
            told = part.encode("utf-8", "replace").decode()
            raise InputError("cli.not_text", option=name, value=told)
    return value


class Option(click.Option):
    """An option whose help is ``cli.option.<text>`` and whose value is called ``cli.metavar.<value>``.

    Attributes:
        text: name of its help in the catalogue.
        value: name of its metavar in the catalogue; unused where there are choices.
        choices: permitted words.
    """

    def __init__(
        self,
        *names: Any,
        text: str = "",
        value: str = "text",
        choices: Sequence[str] = (),
        **attributes: Any,
    ) -> None:
        super().__init__(*names, **attributes)
        self.text = text or self.name or ""
        self.value = value
        self.choices = tuple(choices)

    def type_cast_value(self, ctx: click.Context, value: Any) -> Any:
        """Return the value; a text must be text.

        Raises:
            InputError: it is not UTF-8.
        """
        typed = super().type_cast_value(ctx, value)
        return typed if self.value in _PLACES else require_text(typed, self.opts[0])

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the permitted words, or the word for the value."""
        return "|".join(self.choices) if self.choices else texts_of(ctx)(f"cli.metavar.{self.value}")

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Return the option's line of the help page."""
        texts = texts_of(ctx)
        names = ", ".join(self.opts)
        left = names if self.is_flag else f"{names} {self.make_metavar(ctx)}"
        notes = [texts("cli.help.required")] if self.required else []
        notes += [texts("cli.help.repeats")] if self.multiple else []
        if isinstance(self.default, str) and self.default:
            notes.append(texts("cli.help.default", value=self.default))
        words = texts(f"cli.option.{self.text}")
        return left, f"{words} [{'; '.join(notes)}]" if notes else words


class Argument(click.Argument):
    """An argument called ``cli.metavar.<text>`` and explained by ``cli.argument.<text>``."""

    def __init__(self, *names: Any, text: str = "", **attributes: Any) -> None:
        super().__init__(*names, **attributes)
        self.text = text or self.name or ""

    def type_cast_value(self, ctx: click.Context, value: Any) -> Any:
        """Return the value; a text must be text.

        Raises:
            InputError: it is not UTF-8.
        """
        typed = super().type_cast_value(ctx, value)
        return typed if self.text in _PLACE_WORDS else require_text(typed, self.make_metavar(ctx))

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the argument's word, in brackets where it may be left out."""
        word = texts_of(ctx)(f"cli.metavar.{self.text}")
        word = word if self.required else f"[{word}]"
        return f"{word}..." if self.nargs != 1 else word

    def record(self, ctx: click.Context) -> tuple[str, str]:
        """Return the argument's line of the help page."""
        return self.make_metavar(ctx), texts_of(ctx)(f"cli.argument.{self.text}")


def option(
    *names: str,
    choices: Sequence[str] = (),
    convert: Callable[[str], Any] | None = None,
    commas: bool = False,
    needed: bool = False,
    **attributes: Any,
) -> Callable[[Function], Function]:
    """Declare an option; ``text`` and ``value`` name its words.

    Args:
        names: as click takes them.
        choices: permitted words, in any letter case.
        convert: makes the value of the text, and raises ``UsageError`` when it cannot.
        commas: True when several words may be given with commas between them; one is needed, unless
            none is the default.
        needed: True when the text may not be empty, as of a file.
        attributes: as click takes them.
    """

    def callback(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        if value is None:
            return None
        if (needed or commas) and value != param.default and not value.strip(" ,"):
            raise UsageError("cli.option_needs_value", option=param.opts[0], command=ctx.command_path)
        if commas:
            parts = [part.strip() for part in value.split(",") if part.strip()]
            return tuple(_chosen(part, choices, param) if choices else part for part in parts)
        if choices:
            return _chosen(value, choices, param)
        return convert(value) if convert is not None else value

    attributes.setdefault("callback", callback)
    return click.option(*names, cls=Option, choices=choices, **attributes)


def argument(
    name: str, *, choices: Sequence[str] = (), convert: Callable[[str], Any] | None = None, **attributes: Any
) -> Callable[[Function], Function]:
    """Declare an argument; ``text`` names its words, ``choices`` and ``convert`` as for ``option``."""

    def callback(_ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        if value is None or isinstance(value, tuple):
            return value
        if choices:
            return _chosen(value, choices, param)
        return convert(value) if convert is not None else value

    return click.argument(name, cls=Argument, callback=callback, **attributes)


def count(option_name: str) -> Callable[[str], int]:
    """Return a converter to a whole number of at least 1, for ``convert``."""

    def convert(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS and int(text) > 0):
            raise UsageError("cli.not_a_number", option=option_name, value=text)
        return int(text)

    return convert


def flag(*names: str, **attributes: Any) -> Callable[[Function], Function]:
    """Declare an option without a value."""
    return click.option(*names, cls=Option, is_flag=True, **attributes)


def _chosen(value: str, choices: Sequence[str], param: click.Parameter) -> str:
    for choice in choices:
        if choice.casefold() == value.strip().casefold():
            return choice
    name = param.opts[0] if isinstance(param, Option) else (param.name or "")
    raise UsageError("cli.bad_choice", option=name, value=value, known=", ".join(choices))


class _Localised(click.Command):
    """What commands and groups share: the common options, and help in the user's language."""

    def __init__(self, *names: Any, **attributes: Any) -> None:
        super().__init__(*names, **{**attributes, "add_help_option": False})
        self.params = [*self.params, *common_options()]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the page: usage, what it does, an example, arguments, options, commands."""
        texts, name = texts_of(ctx), catalogue_name(ctx)
        self.format_usage(ctx, formatter)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(texts(f"cli.command.{name}.help"))
        self._write_example(texts, name, formatter)
        self._write_parameters(ctx, texts, formatter)

    def _write_example(self, texts: Texts, name: str, formatter: click.HelpFormatter) -> None:
        with formatter.section(texts("cli.help.example")):
            for line in texts(f"cli.command.{name}.example").strip().splitlines():
                formatter.write(f"{' ' * formatter.current_indent}{line}\n")

    def _write_parameters(self, ctx: click.Context, texts: Texts, formatter: click.HelpFormatter) -> None:
        arguments = [param.record(ctx) for param in self.params if isinstance(param, Argument)]
        options = [param for param in self.params if isinstance(param, Option)]
        own = [param.get_help_record(ctx) for param in options if param.expose_value]
        common = [param.get_help_record(ctx) for param in options if not param.expose_value]
        for title, rows in (("arguments", arguments), ("options", own), ("common", common)):
            if rows:
                with formatter.section(texts(f"cli.help.{title}")):
                    formatter.write_dl(rows, col_max=26)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that shows how the command is put together."""
        texts = texts_of(ctx)
        pieces = [texts("cli.help.options_word")]
        pieces += [param.make_metavar(ctx) for param in self.params if isinstance(param, Argument)]
        if isinstance(self, click.Group):
            pieces.append(texts("cli.help.command_word"))
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=f"{texts('cli.help.usage')} ")

    def get_help(self, ctx: click.Context) -> str:
        """Return the help page."""
        formatter = click.HelpFormatter(width=WIDTH)
        self.format_help(ctx, formatter)
        return formatter.getvalue().rstrip("\n")

    def summary(self, texts: Texts, name: str) -> str:
        """Return the first sentence of the help, for the list of commands."""
        first, dot, _ = texts(f"cli.command.{name}.help").partition(". ")
        return f"{first}{dot}".strip()


class Command(_Localised):
    """A command with our words."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; what is left over is told in our words.

        Raises:
            UsageError: more arguments than the command takes.
        """
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest:
            raise UsageError("cli.extra_arguments", extra=" ".join(rest), command=ctx.command_path)
        return rest


class Group(_Localised, click.Group):
    """A group of commands with our words, in the order they were declared."""

    command_class = Command
    group_class = type

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of their work, not of the alphabet."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant.

        Raises:
            UsageError: there is no such command; the nearest names are told.
        """
        name = args[0]
        if self.get_command(ctx, name) is None:
            known = self.list_commands(ctx)
            raise UsageError(
                "cli.no_such_command",
                group=ctx.command_path,
                command=name,
                nearest=nearest(name, known),
                known=", ".join(known),
            )
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the page, and the list of the group's commands."""
        super().format_help(ctx, formatter)
        texts, name = texts_of(ctx), catalogue_name(ctx)
        prefix = "" if name == ROOT else f"{name}_"
        rows = [
            (title, command.summary(texts, f"{prefix}{title}".replace("-", "_")))
            for title, command in self.commands.items()
            if isinstance(command, _Localised)
        ]
        with formatter.section(texts("cli.help.commands")):
            formatter.write_dl(rows)


def common_options() -> list[click.Parameter]:
    """Return the options every command takes; each sets something of the run's state."""
    return [
        _common("--store", value="place", set_state=_set_store),
        _common("--lang", choices=("fi", "sv", "en"), set_state=_set_language),
        _common("--as", "actor", text="as", value="person", set_state=_set_actor),
        _common("--now", value="moment", set_state=_set_now),
        _common("--json", "as_json", text="json", set_state=_set_json, is_flag=True),
        _common("--quiet", set_state=_set_quiet, is_flag=True),
        _common("-h", "--help", text="help", set_state=None, is_flag=True),
    ]


def _common(
    *names: str, set_state: Callable[[State, Any], None] | None, text: str = "", **attributes: Any
) -> click.Parameter:
    def callback(ctx: click.Context, _param: click.Parameter, value: Any) -> None:
        if value is None or value is False or ctx.resilient_parsing:
            return
        if set_state is None:
            state_of(ctx).out.raw(ctx.get_help())
            ctx.exit()
        set_state(state_of(ctx), value)

    return Option(names, text=text, expose_value=False, is_eager=True, callback=callback, **attributes)


def _set_store(state: State, value: str) -> None:
    state.given = replace(state.given, store=value)


def _set_language(state: State, value: str) -> None:
    state.speak(language_named(value))


def _set_actor(state: State, value: str) -> None:
    state.given = replace(state.given, name=value)


def _set_now(state: State, value: str) -> None:
    state.now_given = parse_moment(value)


def _set_json(state: State, _value: bool) -> None:
    state.out.as_json = True


def _set_quiet(state: State, _value: bool) -> None:
    state.out.quiet = True
