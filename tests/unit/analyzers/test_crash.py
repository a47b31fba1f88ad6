"""What a crash is, and which error explains it."""

from __future__ import annotations

import pytest

from mien.analyzers.analyzer import Signal
from mien.analyzers.baselines import NO_BASELINES, Baselines
from mien.analyzers.crash import find_crashes
from mien.analyzers.threshold_table import with_overrides
from tests.support.timelines import START, timeline

CRASH = "20.0  crash  /cart"


def crashes(text: str, baselines: Baselines = NO_BASELINES) -> list[Signal]:
    return list(find_crashes(timeline(text), baselines).signals)


def test_a_crash_is_certain_and_explained_by_the_last_error() -> None:
    [signal] = crashes("14.0  error  /cart  First\n15.0  error  /cart  TypeError: x\n" + CRASH)
    assert (signal.type, signal.confidence, signal.screen) == ("crash", 1.0, "/cart")
    assert (signal.started_at, signal.ended_at, signal.event_id) == (START + 20, START + 20, 1)
    assert signal.evidence == {"message": "TypeError: x"}


@pytest.mark.parametrize(
    ("error", "message"),
    [
        ("10.0  error  /cart  Oops", "Oops"),
        ("9.999  error  /cart  Oops", None),
        ("20.0  error  /cart  Oops", "Oops"),
        ("15.0  error  -  Oops", "Oops"),
        ("15.0  error  /home  Oops", None),
        ("15.0  error  /cart", None),
    ],
)
def test_the_error_is_at_most_ten_seconds_old_and_of_the_same_screen(error: str, message: str | None) -> None:
    [signal] = crashes(f"{error}\n{CRASH}")
    assert signal.evidence == {"message": message}


def test_an_error_after_the_crash_does_not_explain_it() -> None:
    assert crashes(CRASH + "\n20.1  error  /cart  Oops")[0].evidence == {"message": None}


def test_a_crash_without_a_screen_is_on_the_screen_that_was_last_seen() -> None:
    assert crashes("1.0  screen_view  /cart\n20.0  crash")[0].screen == "/cart"
    assert crashes("20.0  crash")[0].screen is None


def test_a_session_without_such_an_event_has_not_crashed() -> None:
    assert crashes("") == []
    assert crashes("1.0  screen_view  /cart\n1.1  error  /cart  Oops") == []


def test_a_project_may_set_how_old_the_error_may_be() -> None:
    baselines = Baselines(with_overrides({"crash.error_ms": 4000}))
    assert crashes("15.0  error  /cart  Oops\n" + CRASH, baselines)[0].evidence == {"message": None}
