"""The command line: one file per noun. `./run mien --help` or `mien --help`.

What a script would read comes alone on stdout; everything said to people goes to stderr.
"""

from __future__ import annotations

import signal
import sys

import typer

from mien import __version__
from mien.cli import account, analyze, bench, db, demo, key, project, rollup, serve, signals, status, token, up, worker
from mien.errors import MienError

app = typer.Typer(
    name="mien",
    help="Self-hosted digital experience analytics on one PostgreSQL. Start with: mien up (or mien demo).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

for command in (up.up, serve.serve, worker.worker, analyze.analyze, status.status):
    app.command()(command)
for group in (demo.app, project.app, signals.app, key.app, account.app, token.app, db.app, rollup.app, bench.app):
    app.add_typer(group)


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
