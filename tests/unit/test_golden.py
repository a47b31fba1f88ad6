"""All analyzers on sessions that real browsers made: every change of what is found is a change somebody wanted."""

from __future__ import annotations

import json

from tests.support.golden import GOLDEN, found


def test_the_recorded_visits_give_what_they_gave_before() -> None:
    wanted = json.loads(GOLDEN.read_text())
    assert len(wanted) >= 24
    now = found()
    changed = [name for name in wanted.keys() | now.keys() if wanted.get(name) != now.get(name)]
    assert not changed, f"changed: {sorted(changed)}. If that was meant, run ./run golden and review the difference."
