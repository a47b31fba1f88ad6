"""Where lost batches are placed: between the neighbours of the numbers that are missing."""

from __future__ import annotations

import json

from mien.store.lost_spans import Span, chunk_holes, last_second, placed, spans_of
from mien.store.replay import ChunkFacts


def chunk(index: int, at: float | None, tab: str = "a") -> ChunkFacts:
    return ChunkFacts(id=100 + index, tab=tab, chunk_index=index, at=at, event_count=2)


def test_a_missing_index_is_a_hole_of_its_own_tab() -> None:
    holes = chunk_holes([chunk(3, 30.0), chunk(0, 0.0), chunk(1, 10.0), chunk(2, 21.0, "b"), chunk(9, 90.0, "b")])
    assert [(hole.before.tab, hole.before.chunk_index, hole.until_at) for hole in holes] == [
        ("a", 1, 30.0), ("b", 2, 90.0),
    ]  # fmt: skip
    assert chunk_holes([chunk(0, 0.0), chunk(1, None), chunk(2, 9.0)])[0].until_at == 9.0


def test_a_hole_begins_where_the_chunk_before_ends() -> None:
    holes = chunk_holes([chunk(1, 10.0), chunk(3, 30.0)])
    assert spans_of(holes, {101: 14.5}) == [Span(14.5, 30.0)]
    assert spans_of(holes, {}) == [Span(10.0, 30.0)]
    assert spans_of(holes, {101: 31.0}) == [], "tabs' clocks: nothing lies between them"


def test_the_last_second_is_read_from_the_chunk_and_a_broken_one_has_none() -> None:
    events = [{"type": 4, "timestamp": 7000.0}, {"type": 3, "timestamp": 9500}, {"type": 3, "timestamp": 8000}]
    assert last_second(json.dumps(events)) == 9.5
    assert last_second("[]") is None
    assert last_second('{"enc": "zstd", "data": "AAAA"}') is None
    assert last_second(None) is None


def test_what_both_say_is_taken_and_what_touches_is_joined() -> None:
    assert placed([Span(0.0, 50.0)], [Span(10.0, 15.0), Span(40.0, 60.0)]) == [Span(10.0, 15.0), Span(40.0, 50.0)]
    assert placed([Span(0.0, 5.0), Span(5.0, 9.0)], [Span(20.0, 22.0)]) == [Span(0.0, 9.0), Span(20.0, 22.0)]
    assert placed([], []) == []
