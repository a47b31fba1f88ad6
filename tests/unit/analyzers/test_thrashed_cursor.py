"""When a pointer is thrown to and fro, and when it is only used."""

from __future__ import annotations

import math

from mien.analyzers.analyzer import Signal
from mien.analyzers.baselines import NO_BASELINES
from mien.analyzers.thrashed_cursor import find_thrashed_cursors
from tests.support.timelines import timeline

SHAKEN = "10.0  pointer  /help  -  -  cells=[[10,10,500],[14,12,400],[11,13,300]]  turns=14  path_px=2400"


def thrashed(text: str) -> list[Signal]:
    return list(find_thrashed_cursors(timeline("0.0  screen_view  /help\n" + text), NO_BASELINES).signals)


def test_many_fast_turns_in_a_small_space_are_thrashing() -> None:
    [signal] = thrashed(SHAKEN)
    box = 5 * 16
    assert signal.confidence == round(0.4 + 0.3 + 0.3 / (1 + (box / 200) ** 2), 4)
    assert (signal.screen, signal.evidence["turns"], signal.evidence["speed_px_s"]) == ("/help", 14, 1200)


def test_seven_turns_are_too_few() -> None:
    assert thrashed(SHAKEN.replace("turns=14", "turns=7")) == []


def test_a_short_way_is_no_thrashing() -> None:
    assert thrashed(SHAKEN.replace("path_px=2400", "path_px=299")) == []


def test_slow_turns_over_the_whole_page_are_no_thrashing() -> None:
    slow = SHAKEN.replace("path_px=2400", "path_px=700").replace("[14,12,400]", "[80,60,400]")
    assert thrashed(slow) == []


def test_over_a_map_moving_fast_is_the_use_of_it() -> None:
    assert thrashed(SHAKEN + "\n12.0  click  /help  #map  5,5  surface=map  answered=10") == []
    assert thrashed(SHAKEN + "\n12.0  click  /help  #buy  5,5  tag=button  answered=10") != []


def test_while_the_page_loads_it_is_a_wait() -> None:
    assert thrashed("0.2  call  GET /api/help  9900ms  200\n" + SHAKEN.replace("10.0", "9.0")) == []


def test_positions_without_metadata_are_measured_with_less_confidence() -> None:
    rows = [f"{20 + n * 0.05:.2f}  pointer  /help  -  {100 + 80 * (n % 2)},100" for n in range(40)]
    [signal] = thrashed("\n".join(rows))
    assert signal.evidence["told_by"] == "positions"
    assert signal.confidence < 0.75


def test_junk_in_the_metadata_is_no_thrashing() -> None:
    for junk in ("cells=x", "cells=[[1,2]]", "cells=[]", 'cells=[["a",1,2]]'):
        assert thrashed(f"10.0  pointer  /help  -  -  {junk}  turns=14  path_px=2400") == []
    assert not math.isnan(thrashed(SHAKEN)[0].confidence)
