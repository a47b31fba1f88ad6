"""What batches of one session become together: one flush gives the same row as two."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mien.collector.flush import merge_sessions
from mien.collector.session_row import SessionFacts, SessionRow

SESSION = uuid.UUID(int=7)
START = datetime(2026, 11, 25)
maybe = st.none() | st.sampled_from(["a", "b"])
users = st.none() | st.sampled_from([uuid.UUID(int=1), uuid.UUID(int=2)])
facts = st.builds(SessionFacts, maybe, maybe, maybe, maybe, maybe, maybe, maybe, maybe, st.booleans(), st.booleans())
times = st.integers(0, 100).map(lambda seconds: START + timedelta(seconds=seconds))
rows = st.builds(
    SessionRow, st.just(SESSION), users, maybe, maybe, maybe, maybe, maybe, times, times.map(lambda at: at), facts
)


class _Batch:
    """As much of an Encoded as merging looks at."""

    def __init__(self, session: SessionRow) -> None:
        self.session = session


def merged(parts: list[SessionRow]) -> SessionRow:
    return merge_sessions([_Batch(part) for part in parts])[0]  # type: ignore[misc]


@given(st.lists(rows, min_size=2, max_size=5), st.data())
def test_merging_in_groups_gives_the_same_row(parts: list[SessionRow], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(parts) - 1))
    assert merged([merged(parts[:cut]), merged(parts[cut:])]) == merged(parts)


def test_what_the_first_batch_lacked_the_second_fills() -> None:
    empty = SessionFacts(None, None, None, None, None, "de", None, None, False, False)
    later = SessionFacts("Chrome", "141", "Windows", "desktop", "DE", "fr", None, None, False, True)
    first = SessionRow(SESSION, None, None, None, None, None, "1.0", START, START, empty)
    second = SessionRow(SESSION, uuid.UUID(int=1), "d", "203.0.113.0", "UA", "1x1", "1.1", START, START, later)
    row = merged([first, second])
    assert (row.ip_address, row.user_agent, row.screen_resolution, row.app_version) == (
        "203.0.113.0",
        "UA",
        "1x1",
        "1.1",
    )
    assert (row.facts.locale, row.facts.browser, row.facts.is_staff) == ("fr", "Chrome", True)
