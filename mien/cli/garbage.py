"""Python's collector of garbage, in the processes that make rows by the hundred thousand."""

from __future__ import annotations

import gc

YOUNG, MIDDLE, OLD = 20_000, 20, 50
"""How many more objects than went away make a look at the young ones due, and how many looks the next older ones."""


def look_seldom() -> None:
    """Take what lives as long as the process out of it, and let it look more seldom.

    Batches and analyses are acyclic: reference counts free them, and a full look under load costs more than it finds.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
