"""How the grouping of errors is judged: the readers, and precision and recall by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.errors import OLD_TRACES, SAME_TRACES, Told, batch_of, read_event, read_events, read_traces
from evaluation.errors_report import Grouped, Pairs, count_pairs, report_traces

FRAMES = [
    {"function": "show", "abs_path": "https://a.example/list.js", "lineno": 3, "colno": 4},
    {"function": "pay", "abs_path": "https://a.example/app.js", "lineno": 1, "colno": 2},
]


def event(frames: Any = FRAMES) -> dict[str, Any]:
    values = [{"type": "TypeError", "value": "no total", "stacktrace": {"frames": frames}}]
    return {"platform": "javascript", "exception": {"values": values}}


def grouped(label: str | None, group: str, message: str = "m") -> Grouped:
    return Grouped(Told(f"{label} {group}", label, True, message, None), group, message)


def test_an_event_becomes_what_a_browser_would_have_given_innermost_call_first() -> None:
    chrome = read_event("javascript-xbrowser-http-chrome", event())
    assert chrome is not None and (chrome.label, chrome.is_web) == ("javascript-xbrowser", True)
    assert chrome.message == "Uncaught TypeError: no total"
    assert (chrome.stack or "").splitlines() == [
        "TypeError: no total",
        "    at pay (https://a.example/app.js:1:2)",
        "    at show (https://a.example/list.js:3:4)",
    ]
    firefox = read_event("javascript-xbrowser-http-firefox", event())
    assert firefox is not None and firefox.message == "TypeError: no total"
    assert (firefox.stack or "").splitlines()[0] == "pay@https://a.example/app.js:1:2"


@pytest.mark.parametrize("frames", [None, []])
def test_an_event_without_frames_has_no_stack(frames: Any) -> None:
    found = read_event("group_7_event_8", event(frames))
    assert found is not None and (found.stack, found.label) == (None, "group_7")


def test_messages_come_in_several_shapes_and_an_empty_event_says_nothing() -> None:
    said = [{"message": "a"}, {"logentry": {"formatted": "b"}}, {"message": {"message": "c"}}]
    assert [one.message for one in map(lambda shape: read_event("x", shape), said) if one] == ["a", "b", "c"]
    assert read_event("x", {}) is None and read_event("x", {"exception": {"values": []}}) is None


def test_a_folder_is_read_by_file_name(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.json").write_text(json.dumps(event()))
    (tmp_path / "README.md").write_text("no event")
    assert [told.name for told in read_events(tmp_path)] == ["a", "b"]


def test_captured_errors_have_the_labels_that_were_read_off(tmp_path: Path) -> None:
    traces = {"IE_10": {"message": "x", "name": "TypeError", "stack": "s"}, "NEW": {"message": "y"}}
    (tmp_path / "tracekit-captured-errors.json").write_text(json.dumps(traces))
    first, second = read_traces(tmp_path)
    assert (first.message, first.label, second.label) == ("TypeError: x", "undef of null in foo, from bar", "NEW")
    named = [name for names in SAME_TRACES.values() for name in names.split()]
    assert len(named) == len(set(named)) and set(named) >= OLD_TRACES


def test_a_batch_holds_the_error_in_a_session_of_its_own() -> None:
    told = grouped("a", "1").told
    batch = batch_of(told, "mk")
    assert batch["errors"][0]["message"] == told.message and batch["session"]["session_id"] == told.session_id


def test_precision_and_recall_are_those_of_pairs() -> None:
    errors = [grouped("a", "1"), grouped("a", "1"), grouped("a", "2"), grouped("b", "2"), grouped(None, "3")]
    pairs = count_pairs(errors, lambda one: one.group)
    assert pairs == Pairs(same=3, joined=2, both=1)
    assert (pairs.precision, pairs.recall) == (1 / 2, 1 / 3)


def test_without_pairs_nothing_is_said() -> None:
    alone = [grouped(None, "1"), grouped(None, "2")]
    pairs = count_pairs(alone, lambda one: one.group)
    assert (pairs.precision, pairs.recall) == (None, None)
    assert report_traces([grouped(None, "1")]).endswith("| 1 | 0 | - | - | - | - |")
