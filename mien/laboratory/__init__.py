"""The detector laboratory: what other baselines would have found in a project's history, before they are saved.

`comparison.py` counts (pure), `trial.py` reads and runs, `apart.py` does it in a process of its own for the API.
"""

from mien.laboratory.apart import try_apart
from mien.laboratory.trial import MAX_SESSIONS, Trial, try_out, try_values

__all__ = ["MAX_SESSIONS", "Trial", "try_apart", "try_out", "try_values"]
