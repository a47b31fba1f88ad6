"""Width bands: layouts of one band look alike, so positions on a page are compared only inside of one. Shared, pure."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

BAND_STARTS_PX = (480, 768, 1200)  # signals.md D: below 480, 480 to 767, 768 to 1199, 1200 and above
MAX_PX = 33_554_432  # 2^25 CSS pixels, the largest page that browsers lay out; anything beyond is a mistake


@lru_cache(maxsize=4096)
def band_of(width_px: int | None) -> int | None:
    """0 to 3 from narrow to wide; None where the width is not known."""
    return None if width_px is None else bisect_right(BAND_STARTS_PX, width_px)


def pixels(value: float | None, least: int = 0) -> int | None:
    """A length as whole pixels; None where it is missing, below `least` or a mistake."""
    return int(value) if value is not None and least <= value <= MAX_PX else None
