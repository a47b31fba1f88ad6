"""`mien signals`: thresholds, trials on history, muted elements, what is usual on screens."""

from __future__ import annotations

import getpass
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from mien import laboratory, tuning
from mien.cli.context import DEFAULT_PROJECT, DataOption, ProjectOption, say, settings_of, with_database
from mien.errors import Busy, SetupError
from mien.screen_baselines import Learned, Learner
from mien.store.baselines import NO_CHANGES, Changes, StoredMute, read_newest
from mien.store.database import Database
from mien.store.projects import Project, find_project

app = typer.Typer(name="signals", help="Signals: thresholds, trials on history, muted elements.", no_args_is_help=True)

SINCE = re.compile(r"(\d{1,4})([mhdw])")
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
WIDE = 200
"""Columns of a table that no terminal shows: a pipe has no width, and names must not be cut."""

ReasonOption = Annotated[str, typer.Option("--reason", help="Why, for those who look later.")]
ResetOption = Annotated[list[str] | None, typer.Option("--reset", help="Back to its default; repeatable.")]
ScreenOption = Annotated[str | None, typer.Option("--screen", help="Only on this screen; default: on every one.")]


def who() -> str:
    """The system account, as `made_by` of a version."""
    try:
        return f"{getpass.getuser()} (command line)"
    except (OSError, KeyError):  # an account without a name, as in some containers
        return "command line"


def to_values(texts: list[str]) -> dict[str, float]:
    """NAME=VALUE texts as numbers. Raises SetupError."""
    values: dict[str, float] = {}
    for text in texts:
        name, equals, number = text.partition("=")
        try:
            value = float(number)
        except ValueError:
            equals = ""
        if not equals or not name:
            raise SetupError(f"{text!r} should be NAME=VALUE, such as rage_click.min_clicks=4.")
        values[name.strip()] = value
    return values


def to_since(text: str, now: datetime) -> datetime:
    """`14d`, `6h`, `2w`, or a date; naive UTC. Raises SetupError."""
    if found := SINCE.fullmatch(text.strip()):
        return now - int(found[1]) * UNITS[found[2]]
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SetupError(f"--since {text!r} should be a length such as 14d, or a date such as 2026-11-01.") from None
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


@app.command("list")
def list_(
    only_changed: Annotated[bool, typer.Option("--changed", help="Only what the project changed.")] = False,
    project: ProjectOption = DEFAULT_PROJECT,
    data: DataOption = None,
) -> None:
    """Every threshold and weight: name, value, default, limits, source; * marks what the project changed."""

    async def work(database: Database) -> Changes:
        found = await find_project(database, project)
        async with database.reading(found.schema) as queries:
            return await read_newest(queries) or NO_CHANGES

    held = with_database(settings_of(data), work)
    table = Table("", "name", "value", "default", "limits", "says", "source")
    for row in tuning.thresholds_of(held.overrides):
        is_changed = row.value != row.default
        if is_changed or not only_changed:
            limits = f"{row.lowest:g} to {row.highest:g}"
            table.add_row(
                "*" if is_changed else "", row.name, f"{row.value:g}", f"{row.default:g}", limits, row.says, row.source
            )
    _console().print(table)
    for mute in held.muted:
        _console().print(f"muted: {mute.type} at {mute.element_id} on {mute.screen or 'every screen'}", markup=False)
    for screen in held.ignored_screens:
        _console().print(f"ignored screen: {screen}", markup=False)


@app.command("set")
def set_(
    values: Annotated[list[str] | None, typer.Argument(help="NAME=VALUE, such as rage_click.min_clicks=4.")] = None,
    reset: ResetOption = None,
    reason: ReasonOption = "",
    project: ProjectOption = DEFAULT_PROJECT,
    data: DataOption = None,
) -> None:
    """Set thresholds and weights: a new version; sessions are analysed again in the background."""
    wanted = to_values(values or [])
    if not wanted and not reset:
        raise SetupError("Say what to set, such as rage_click.min_clicks=4, or what to --reset.")

    async def work(database: Database, found: Project) -> tuning.Changed:
        return await tuning.set_thresholds(
            database, found.schema, who(), reason or "thresholds", wanted, frozenset(reset or [])
        )

    _change(data, project, work)


@app.command()
def mute(
    signal: Annotated[str, typer.Argument(help="Type of signal, such as rage_click.")],
    element: Annotated[str, typer.Argument(help="Element, as the session's page names it.")],
    screen: ScreenOption = None,
    reason: ReasonOption = "",
    project: ProjectOption = DEFAULT_PROJECT,
    data: DataOption = None,
) -> None:
    """Leave signals of one type at one element out, from now on and in history."""
    _mute(data, project, StoredMute(signal, element, screen), True, reason or "muted")


@app.command()
def unmute(
    signal: Annotated[str, typer.Argument(help="Type of signal, such as rage_click.")],
    element: Annotated[str, typer.Argument(help="Element, as it was muted.")],
    screen: ScreenOption = None,
    reason: ReasonOption = "",
    project: ProjectOption = DEFAULT_PROJECT,
    data: DataOption = None,
) -> None:
    """Take a mute back."""
    _mute(data, project, StoredMute(signal, element, screen), False, reason or "unmuted")


def _mute(data: DataOption, project: str, one: StoredMute, is_muted: bool, reason: str) -> None:
    async def work(database: Database, found: Project) -> tuning.Changed:
        return await tuning.set_muted(database, found.schema, who(), reason, one, is_muted)

    _change(data, project, work)


@app.command()
def ignore(
    screen: Annotated[str, typer.Argument(help="Screen, such as /game.")],
    stop: Annotated[bool, typer.Option("--stop", help="Look at it again.")] = False,
    reason: ReasonOption = "",
    project: ProjectOption = DEFAULT_PROJECT,
    data: DataOption = None,
) -> None:
    """No detector looks at a screen: a game, a drawing board, a queue that reloads by design."""

    async def work(database: Database, found: Project) -> tuning.Changed:
        return await tuning.set_ignored(database, found.schema, who(), reason or "ignored screen", screen, not stop)

    _change(data, project, work)


def _change(data: DataOption, project: str, work: Callable[[Database, Project], Awaitable[tuning.Changed]]) -> None:
    """Make a change, print the version that holds then, say what follows."""

    async def whole(database: Database) -> tuning.Changed:
        return await work(database, await find_project(database, project))

    changed = with_database(settings_of(data), whole)
    if changed.is_new:
        count = f"{changed.outdated} {'session stands' if changed.outdated == 1 else 'sessions stand'}"
        say(f"Changed. {count} under another version; the worker analyses them again, the newest first.")
    else:
        say("That is how it stood already.")
    print(changed.version)


@app.command()
def learn(project: ProjectOption = DEFAULT_PROJECT, data: DataOption = None) -> None:
    """Compute now what is usual on each screen, over the last 28 days; the worker does it once a week."""

    async def work(database: Database) -> Learned:
        found = await find_project(database, project)
        learner = await Learner.begin(database, found.schema, who())
        if learner is None:
            raise Busy("Somebody else is learning now.")
        with Console(stderr=True).status("Learning ...") as shown:
            while (learned := await learner.step()) is None:
                shown.update(f"Learning ... {learner.session_count} sessions")
        return learned

    learned = with_database(settings_of(data), work)
    table = Table("screen", "views", "active dwell p10, ms", "scroll ratio p95", "p99")
    for name, one in learned.screens.items():
        numbers = (one.dwell_p10_ms, one.scroll_ratio_p95, one.scroll_ratio_p99)
        table.add_row(name, str(one.views), *("" if number is None else f"{number:g}" for number in numbers))
    _console().print(table)
    came = "too little changed for a new version" if learned.baselines_id is None else "that is a new version"
    say(f"{learned.session_count} sessions, {learned.view_count} views, {len(learned.screens)} screens: {came}.")


@app.command("try")
def try_(
    values: Annotated[list[str] | None, typer.Option("--set", help="NAME=VALUE to try; repeatable.")] = None,
    reset: ResetOption = None,
    since: Annotated[str, typer.Option("--since", help="14d, 6h, or a date.")] = "14d",
    limit: Annotated[int, typer.Option("--limit", min=1, help="Sessions at most, the newest.")] = (
        laboratory.MAX_SESSIONS
    ),
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    project: ProjectOption = DEFAULT_PROJECT,
    data: DataOption = None,
) -> None:
    """What other thresholds would have found in history, beside what the present ones find. Saves nothing."""
    wanted = to_values(values or [])
    if not wanted and not reset:
        raise SetupError("Say what to try, such as --set rage_click.min_clicks=4.")
    now = datetime.now(UTC).replace(tzinfo=None)
    settings = settings_of(data)

    async def work(database: Database) -> tuple[Project, laboratory.Trial]:
        found = await find_project(database, project)
        with Console(stderr=True).status("Trying ...") as shown:
            trial = await laboratory.try_values(
                database, found.schema, wanted, reset or [], to_since(since, now), now + timedelta(minutes=1),
                max_sessions=limit, progress=lambda done, total: shown.update(f"Trying ... {done} of {total} sessions"),
            )  # fmt: skip
        return found, trial

    found, trial = with_database(settings, work)
    if as_json:
        print(msgspec.json.encode(trial).decode())
        return
    _show(_console(), trial, found, settings.public_url.rstrip("/") or f"http://{settings.host}:{settings.port}")


def _show(console: Console, trial: laboratory.Trial, project: Project, base_url: str) -> None:
    table = Table("signal", "before", "after", "gained", "lost", "sessions touched")
    for row in trial.types:
        counts = (row.before, row.after, row.gained, row.lost, row.sessions)
        table.add_row(row.type, *map(str, counts))
    console.print(table)
    if trial.score_before is not None and trial.score_after is not None:
        console.print(f"Mean score: {trial.score_before:.2f} before, {trial.score_after:.2f} after.")
    for row in trial.types:
        for what, examples in (("gained", row.examples_gained), ("lost", row.examples_lost)):
            for one in examples:
                place = " ".join(filter(None, (one.screen, one.element_id)))
                link = base_url + project.session_path(one.session_id, one.t)
                console.print(f"{what} {row.type} {place}: {link}", markup=False, soft_wrap=True)
    for name, count in trial.failed.items():
        console.print(f"The analyzer {name} failed in {count} sessions.")
    console.print(f"{trial.says} {trial.sessions_changed} would change.", markup=False, soft_wrap=True)


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=WIDE)
