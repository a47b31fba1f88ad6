"""The words on one element, for conditions that hold its selector only: an address does not say what people read."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import get
from litestar.params import Parameter

from mien.api.errors import ERRORS
from mien.api.filters import check_text
from mien.store.database import Database
from mien.store.element_labels import read_label_of
from mien.store.projects import Project


class ElementLabel(msgspec.Struct, frozen=True):
    """`label`: null where nobody clicked the element of late, or nothing stands on it."""

    label: str | None


@get(
    "/projects/{slug:str}/element-label",
    operation_id="element_label",
    responses=ERRORS,
    summary="The words on an element",
)
async def element_label(
    project: Project,
    database: Database,
    of_element: Annotated[
        str, Parameter(min_length=1, max_length=500, description="Its selector, as filters take it.")
    ],
    of_screen: Annotated[
        str | None, Parameter(max_length=500, description="The cleaned screen; without it any.")
    ] = None,
) -> ElementLabel:
    """The usual ones: a name for people, no figure hangs on it."""
    element = check_text("of_element", of_element)
    async with database.reading(project.schema) as queries:
        label = await read_label_of(queries, element, check_text("of_screen", of_screen)) if element else None
    return ElementLabel(label)


HANDLERS = (element_label,)
