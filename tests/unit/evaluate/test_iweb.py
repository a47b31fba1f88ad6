"""How a rated task of the map study becomes a session."""

from __future__ import annotations

from evaluation.iweb import Press, batch_of, read_presses, read_task, response_ms


def test_a_drag_is_one_press_at_its_down_and_a_zoom_press_one_at_its_up() -> None:
    text = "-9:Down:1000:10:20:0,up:1400:60-80:0,up:2000:5-6:0,up:2200:-4-6:0,"
    assert read_presses(text) == [Press(1000, 60, 80), Press(2000, 5, 6), Press(2200, -4, 6)]


def test_a_press_is_answered_by_what_a_load_does_within_three_seconds() -> None:
    assert response_ms(Press(1000, 0, 0), [(1200, 5000)]) == 200
    assert response_ms(Press(1000, 0, 0), [(500, 700)]) == 200
    assert response_ms(Press(1000, 0, 0), [(4001, 100)]) is None


def test_a_task_in_which_nothing_finished_is_one_unfinished_wait() -> None:
    row = {"iLTs": "1555082986828", "ACR": "1", "mouse_clicks": "up:1555082990000:5-6:0,", "subject": "1"}
    batch = batch_of(read_task(0, row), "mk_x")
    assert [(call["status"], call["latency_ms"]) for call in batch["latency"]] == [(None, 3172)]
    assert [event["type"] for event in batch["events"]] == ["screen_view", "click"]
