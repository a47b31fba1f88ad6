"""Settings of a project: its name, who may send, and what its scripts are told. The same as `mien project set`."""

from __future__ import annotations

import re

import msgspec
from litestar import get, put

from mien.api.bodies import AnyRequest, checked_line, person_of
from mien.api.errors import ERRORS
from mien.errors import InvalidRequest, SetupError
from mien.store.accounts import note_change
from mien.store.database import Database
from mien.store.projects import Project, SdkConfig, configure_project

PATH = "/projects/{slug:str}/settings"
MAX_ORIGINS, MAX_ORIGIN = 200, 300
MAX_CAPTURES = 50
CAPTURE = re.compile(r"[a-z][a-z0-9_]{0,39}")


class ProjectSettings(msgspec.Struct, frozen=True):
    """`origins` empty: any may send. `captures` names only what was switched; all others run.

    `sampling`: share of sessions recorded. `feedback`: share of sessions that are asked how it went, null for none.
    """

    name: str
    origins: list[str]
    sampling: float
    replay: bool
    captures: dict[str, bool]
    feedback: float | None


class NewSettings(msgspec.Struct, frozen=True):
    """All of them, in place of the present ones."""

    name: str
    origins: list[str]
    sampling: float
    replay: bool
    captures: dict[str, bool]
    feedback: float | None


def settings_of(project: Project) -> ProjectSettings:
    """As stored."""
    config = project.sdk_config
    return ProjectSettings(
        name=project.name,
        origins=project.origins,
        sampling=config.sampling,
        replay=config.replay,
        captures=config.captures,
        feedback=config.feedback,
    )


def checked_config(data: NewSettings) -> SdkConfig:
    """Raises InvalidRequest for shares outside of 0 to 1, and for what is no name of a capture."""
    for name, share in (("sampling", data.sampling), ("feedback", data.feedback)):
        if share is not None and not 0 <= share <= 1:
            raise InvalidRequest(f"{name}: a share is between 0 and 1.")
    if len(data.captures) > MAX_CAPTURES or not all(map(CAPTURE.fullmatch, data.captures)):
        raise InvalidRequest("captures: names of captures, such as pointer, each true or false.")
    return SdkConfig(sampling=data.sampling, captures=data.captures, replay=data.replay, feedback=data.feedback or None)


@get(PATH, operation_id="project_settings", responses=ERRORS, summary="Name, origins, what scripts are told")
async def project_settings(project: Project) -> ProjectSettings:
    """As they are now."""
    return settings_of(project)


@put(PATH, operation_id="set_project_settings", responses=ERRORS, summary="Change them")
async def set_project_settings(
    project: Project, database: Database, request: AnyRequest, data: NewSettings
) -> ProjectSettings:
    """All at once; scripts follow within minutes, the collector within seconds."""
    actor, name = person_of(request), checked_line("name", data.name)
    if len(data.origins) > MAX_ORIGINS:
        raise InvalidRequest(f"origins: at most {MAX_ORIGINS}.")
    origins = list(dict.fromkeys(checked_line("origins", one, MAX_ORIGIN) for one in data.origins))
    try:
        changed = await configure_project(database, project.slug, name, origins, checked_config(data))
    except (SetupError, ValueError) as error:
        raise InvalidRequest(f"origins: {error}") from None
    await note_change(database, actor, "project.set", slug=project.slug)
    return settings_of(changed)


HANDLERS = (project_settings, set_project_settings)
