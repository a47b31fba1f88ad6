"""The readers of the evaluation: recordings, visits, and the tests of shares that the shop is asked with."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evaluation.frequency import frequency_table
from evaluation.recordings import Recording, batch_of, events_of, read_recordings, replay_of
from evaluation.shop import batch_of as batch_of_visit
from evaluation.shop import read_visits
from evaluation.shop_report import find, more_often, significant

PAGE = {
    "type": 0,
    "id": 1,
    "childNodes": [
        {
            "type": 2,
            "id": 2,
            "tagName": "body",
            "attributes": {},
            "childNodes": [
                {
                    "type": 2,
                    "id": 3,
                    "tagName": "button",
                    "attributes": {"id": "pay"},
                    "childNodes": [{"type": 3, "id": 4, "textContent": "Pay"}],
                },
                {"type": 2, "id": 5, "tagName": "p", "attributes": {}, "childNodes": []},
            ],
        }
    ],
}


def happens(at: int, source: int, **data: Any) -> dict[str, Any]:
    return {"type": 3, "timestamp": at, "data": {"source": source, **data}}


def recording(*events: dict[str, Any]) -> Recording:
    start = [
        {"type": 4, "timestamp": 1000, "data": {"href": "https://shop.example/cart?x=1", "width": 800, "height": 600}},
        {"type": 2, "timestamp": 1001, "data": {"node": PAGE}},
    ]
    return Recording("one", [*start, *events])


def click(at: int, node: int = 4) -> dict[str, Any]:
    return happens(at, 2, type=2, id=node, x=10, y=20)


def clicks(*events: dict[str, Any]) -> list[dict[str, Any]]:
    return [event for event in events_of(recording(*events)) if event["type"] == "click"]


def test_a_click_is_on_the_button_around_its_text_and_in_the_scrolled_document() -> None:
    (found,) = clicks(happens(1100, 3, id=1, x=0, y=500), click(1200))
    assert (found["element_id"], found["screen"], found["x"], found["y"]) == ("#pay", "/cart", 10, 520)
    assert found["metadata"]["interactive"] == "native"


@pytest.mark.parametrize(
    ("events", "answer"),
    [
        ((happens(1240, 0, adds=[]),), ("mutation", 40)),
        ((happens(4200, 3, id=1, x=0, y=9),), ("scroll", 3000)),
        ((happens(4201, 0, adds=[]),), (None, None)),
        ((happens(1150, 0, adds=[]), happens(1300, 1, positions=[])), (None, None)),
    ],
)
def test_what_follows_within_three_seconds_is_the_answer(
    events: tuple[dict[str, Any], ...], answer: tuple[str | None, int | None]
) -> None:
    ordered = sorted([*events, click(1200)], key=lambda one: int(one["timestamp"]))
    (found,) = clicks(*ordered)
    assert (found["metadata"]["response"], found["metadata"]["response_ms"]) == answer


def test_a_text_alone_is_not_interactive() -> None:
    (found,) = clicks(click(1200, node=5))
    assert found["metadata"]["interactive"] == "none"


def test_of_a_field_its_length_is_kept_and_never_its_text() -> None:
    page = json.loads(json.dumps(PAGE).replace('"button"', '"input"'))
    one = Recording("two", [{"type": 2, "timestamp": 1, "data": {"node": page}}, happens(5, 5, id=3, text="secret")])
    (event,) = events_of(one)
    assert event["metadata"]["length"] == 6 and "secret" not in json.dumps(event)


def test_a_long_recording_is_several_chunks_that_together_are_the_recording() -> None:
    one = recording(*(happens(2000 + number, 0, adds=[], texts=["x" * 50_000]) for number in range(20)))
    chunks = replay_of(one)
    assert len(chunks) > 2 and max(len(chunk["data"]) for chunk in chunks) < 2**20
    assert [event for chunk in chunks for event in json.loads(chunk["data"])] == one.events
    assert batch_of(one, "mk_x")["session"]["session_id"] == one.session_id


def test_recordings_are_found_however_they_are_wrapped_and_parts_are_left_out(tmp_path: Path) -> None:
    events = recording(click(1200)).events
    (tmp_path / "plain.json").write_text(json.dumps(events))
    (tmp_path / "deep.json.gz").write_bytes(gzip.compress(json.dumps({"a": {"b": [{"c": events}]}}).encode()))
    (tmp_path / "part.json").write_text(json.dumps({"node": PAGE}))
    (tmp_path / "page-only.json").write_text(json.dumps(events[:2]))
    assert [one.name for one in read_recordings(tmp_path)] == ["deep", "plain"]


def test_a_visit_is_its_screens_and_what_failed_is_an_error_on_the_screen_before(tmp_path: Path) -> None:
    rows = ["user_id,session_id,event,timestamp,platform", "u,s,payment_error,2024-05-20 10:00:05,mobile"]
    rows.append("u,s,payment_details,2024-05-20 10:00:00,mobile")
    (tmp_path / "ecom.csv.gz").write_bytes(gzip.compress("\n".join(rows).encode()))
    (visit,) = read_visits(tmp_path)
    batch = batch_of_visit(visit, "mk_x")
    assert [event["screen"] for event in batch["events"]] == ["/payment_details", "/payment_error"]
    assert [(error["screen"], error["message"]) for error in batch["errors"]] == [("/payment_details", "payment_error")]


def test_the_chance_is_that_of_a_lady_tasting_tea() -> None:
    assert more_often(4, 4, 0, 4) == pytest.approx(1 / 70)  # Fisher 1935
    assert more_often(3, 4, 1, 4) == pytest.approx(17 / 70)
    assert more_often(0, 4, 0, 4) == 1


def test_of_many_questions_only_those_that_stand_out_are_found() -> None:
    # Benjamini and Hochberg 1995, 3.2: fifteen p-values, the four smallest are found at 5 %.
    chances = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    chances += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    assert significant(chances) == [True] * 4 + [False] * 11
    assert significant([]) == []


def test_an_error_of_one_week_and_platform_is_found_there_alone() -> None:
    visits = [
        {"day": date(2024, 1, 1 + day), "platform": platform, "paying": False, "bought": False}
        for day in range(28)
        for platform in ("desktop", "phone")
        for _ in range(5)
    ]
    errors = [
        {"day": row["day"], "platform": "phone", "message": "bug"}
        for row in visits
        if row["platform"] == "phone" and date(2024, 1, 8) <= row["day"] < date(2024, 1, 15)  # type: ignore[operator]
    ]
    assert {(one.says, one.platform, tuple(one.weeks)) for one in find(visits, errors)} == {
        ("error bug", platform, (date(2024, 1, 8),)) for platform in ("all platforms", "phone")
    }
    assert find(visits, []) == []


def test_frequencies_are_shares_of_sessions() -> None:
    table = frequency_table({"tasks": [Counter(rage_click=3), Counter()], "visits": [Counter()]})
    assert "| `rage_click` | 50.0 % | 0.0 % |" in table and "tasks (2)" in table
