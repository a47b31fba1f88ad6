"""Query parameters -> SignFilter: what the pages Screens, Signals, Moments and Score open lists by."""

from __future__ import annotations

from typing import Annotated

from litestar.params import Parameter

from mien.api.filters import MAX_TEXT, check_key, check_text
from mien.store.sign_filter import SignFilter


def provide_sign_filter(
    signal_type: Annotated[
        str | None, Parameter(max_length=64, description="Sessions with a signal of this type, as stored.")
    ] = None,
    signal_element: Annotated[
        str | None,
        Parameter(max_length=MAX_TEXT, description="... with one (of that type) at this element; empty: not known."),
    ] = None,
    signal_screen: Annotated[
        str | None, Parameter(max_length=MAX_TEXT, description="... on this screen (cleaned); empty: not known.")
    ] = None,
    lost_on: Annotated[
        str | None,
        Parameter(
            max_length=MAX_TEXT,
            description="That lost points on this screen (cleaned); with `cause` through it, with `place` there.",
        ),
    ] = None,
    moment: Annotated[
        str | None, Parameter(max_length=64, description="With a moment of this kind, such as frustrated.")
    ] = None,
    former: Annotated[
        str | None, Parameter(max_length=200, description="Whose score was another under this former version.")
    ] = None,
) -> SignFilter:
    """What was seen in the sessions of a list."""
    return SignFilter(
        type=check_text("signal_type", signal_type),
        element=check_key("signal_element", signal_element),
        screen=check_key("signal_screen", signal_screen),
        lost_on=check_text("lost_on", lost_on),
        moment=check_text("moment", moment),
        former=check_text("former", former),
    )
