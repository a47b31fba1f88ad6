"""Sessions by their signs: a signal at a place, points lost on a screen, a likely moment, another score before. Pure.

One part of a Segment (filters.py); the rule in SQL is sql/fragments/sign_filter.sql.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class SignFilter(msgspec.Struct, frozen=True, kw_only=True):
    """None: not narrowed. Screens are cleaned names, as journeys and heatmaps hold them.

    `type`, `element`, `screen`: with a signal of this type (as in `signals`) at this element, on this screen; "" where
    nobody recorded it.
    `lost_on`: that lost points on this screen. `moment`: with a moment of this kind, such as `frustrated`.
    `former`: whose score was another under this former version (`former_scores.version_key`).
    """

    type: str | None = None
    element: str | None = None
    screen: str | None = None
    lost_on: str | None = None
    moment: str | None = None
    former: str | None = None

    def arguments(self, types: Sequence[str] | None, place_kind: str | None, place: str | None) -> dict[str, object]:
        """The parameters of the fragment. The others are the segment's: points of `lost_on` are lost through these
        kinds of issues, at this API or element."""
        has_signal = self.type is not None or self.element is not None or self.screen is not None
        return {
            "has_sign": True if has_signal else None,
            "sign_type": self.type,
            "sign_element": self.element,
            "sign_screen": self.screen,
            "lost_on": self.lost_on,
            "lost_types": None if types is None else list(types),
            "lost_api": place if place_kind == "api" else None,
            "lost_element": place if place_kind == "element" else None,
            "moment": self.moment,
            "former": self.former,
        }


ANY_SIGN = SignFilter()
