"""The drawn recordings of made-up visits show what the visits hold, at the time at which it happened."""

from __future__ import annotations

import json
from typing import Any

from mien.demo.drawn_replay import BUTTON, BUTTON_PX, CHANGE, META, PICTURE
from mien.demo.fortnight import fortnight
from mien.demo.synthetic import Plan, visits

SEED = "1795951000"


def recorded() -> list[tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]]:
    """Every eighth visit of the fortnight, its one chunk, and what that holds."""
    bodies = [visit.body for visit in visits(fortnight(SEED), "mk_test", 0, 8)]
    return [(body, chunk, json.loads(chunk["data"])) for body in bodies for chunk in body["replay"]]


def test_a_recording_has_a_picture_of_each_screen_when_it_was_opened() -> None:
    for body, chunk, drawn in recorded():
        views = [event for event in body["events"] if event["type"] == "screen_view"]
        assert chunk["n"] == len(drawn) and chunk["at"] == drawn[0]["timestamp"] == views[0]["at"]
        assert [one["timestamp"] for one in drawn if one["type"] == PICTURE] == [view["at"] for view in views]
        sizes = {(one["data"]["width"], one["data"]["height"]) for one in drawn if one["type"] == META}
        assert sizes == {(views[0]["metadata"]["vw"], views[0]["metadata"]["vh"])}
        times = [one["timestamp"] for one in drawn]
        assert times == sorted(times)


def test_people_press_the_button_where_it_stands_and_what_failed_is_said() -> None:
    left, top, width, height = BUTTON_PX
    said = set()
    for body, _, drawn in recorded():
        clicks = [event for event in body["events"] if event["type"] == "click"]
        presses = [one for one in drawn if one["type"] == CHANGE and one["data"]["source"] == 2]
        assert [(one["timestamp"], one["data"]["id"]) for one in presses] == [(click["at"], BUTTON) for click in clicks]
        assert all(left < click["x"] < left + width and top < click["y"] < top + height for click in clicks)
        texts = [one["data"]["adds"][0]["node"]["textContent"] for one in drawn if one.get("data", {}).get("adds")]
        assert texts == [error["message"] for error in body["errors"]]
        said.update(texts)
    assert "Error: order refused (500)" in said


def test_a_plan_has_recordings_only_when_asked() -> None:
    assert all("replay" not in visit.body for visit in visits(Plan(20, 0.0, 86_400.0), "mk_test"))
