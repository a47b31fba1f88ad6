"""The command line: one file per noun. `./run mien --help` or `mien --help`.

What a script would read comes alone on stdout; everything said to people goes to stderr.
"""

from __future__ import annotations

import signal
import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from mien import __version__
from mien.errors import MienError

COMMANDS = ("up", "serve", "worker", "analyze", "status")
"""Each a function in the file of its name."""
GROUPS = ("demo", "project", "signals", "key", "account", "token", "db", "rollup", "bench")
"""Each an `app` in the file of its name."""


class Nouns(TyperGroup):
    """Imports the file of a command when it is asked for: all of them with all they need take a second."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands: dict[str, Any] = dict.fromkeys((*COMMANDS, *GROUPS))  # names alone, until asked

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command as Typer makes it; None if there is none of this name."""
        if cmd_name in self.commands and self.commands[cmd_name] is None:
            self.commands[cmd_name] = _made(cmd_name)
        return self.commands.get(cmd_name)


def _made(name: str) -> Any:
    module = import_module(f"mien.cli.{name}")
    whole = typer.Typer(add_completion=False, rich_markup_mode=None)
    if name in GROUPS:
        whole.add_typer(module.app)
    else:
        whole.command(name)(getattr(module, name))
    return typer.main.get_group(whole).commands[name]


app = typer.Typer(
    name="mien",
    cls=Nouns,
    help="Self-hosted digital experience analytics on one PostgreSQL. Start with: mien up (or mien demo).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(__version__)
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(False, "--version", help="Print the version.", callback=_print_version, is_eager=True),
) -> None:
    """Self-hosted digital experience analytics on one PostgreSQL. Start with: mien up (or mien demo)."""


def main() -> None:
    """Entry point: errors that Mien foresaw are one sentence on stderr and exit code 1."""
    # Being terminated while something starts must stop what was started, like Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app(prog_name="mien")
    except MienError as error:
        print(f"mien: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
