"""When somebody goes in circles, and when that is the way of the site."""

from __future__ import annotations

from mien.analyzers.analyzer import Signal
from mien.analyzers.baselines import NO_BASELINES
from mien.analyzers.nav_loop import find_nav_loops
from tests.support.timelines import timeline


def way(*screens: str, gap: float = 20.0, extra: str = "", url: bool = True) -> list[Signal]:
    rows = []
    for number, screen in enumerate(screens):
        told = f"  -  -  load=full  url=https://shop.example{screen}" if url else ""
        rows.append(f"{number * gap:.1f}  screen_view  {screen}{told}")
    rows += [line for line in extra.splitlines() if line.strip()]
    rows.sort(key=lambda row: float(row.split()[0]))
    return list(find_nav_loops(timeline("\n".join(rows)), NO_BASELINES).signals)


def test_two_full_rounds_are_a_loop() -> None:
    [signal] = way("/help", "/terms", "/help", "/terms")
    assert (signal.screen, signal.confidence, signal.evidence["rounds"]) == ("/help", 0.6, 2)
    assert signal.evidence["screens"] == ["/help", "/terms"]


def test_a_round_and_a_half_is_none() -> None:
    assert way("/help", "/terms", "/help") == []


def test_a_loop_is_one_signal_however_often_it_repeats() -> None:
    [signal] = way(*["/help", "/terms"] * 4)
    assert (signal.evidence["rounds"], signal.confidence) == (4, 0.8)
    assert way(*["/help", "/terms"] * 10)[0].confidence == 0.9


def test_cycles_of_three_and_four_count_of_five_do_not() -> None:
    assert len(way(*["/a1", "/b1", "/c1"] * 2)) == 1
    assert len(way(*["/ax", "/bx", "/cx", "/dx"] * 2)) == 1
    assert way(*["/ax", "/bx", "/cx", "/dx", "/ex"] * 2) == []


def test_rounds_too_slow_for_ten_minutes_are_none() -> None:
    assert way("/help", "/terms", "/help", "/terms", gap=201) == []


def test_a_hub_is_come_back_to_by_design() -> None:
    assert way("/desk", "/one", "/desk", "/two", "/desk", "/three", "/desk", "/three") == []


def test_a_form_that_was_accepted_ends_it() -> None:
    done = "30.0  submit  /terms  #f  -  form=f  success=true"
    assert way("/help", "/terms", "/help", "/terms", extra=done) == []


def test_entering_something_in_every_round_is_work() -> None:
    typed = "5.0  input  /help  #a  -  field=a  length=3\n45.0  input  /help  #a  -  field=a  length=4"
    assert way("/help", "/terms", "/help", "/terms", extra=typed) == []


def test_without_addresses_it_is_less_sure() -> None:
    [signal] = way("/help", "/terms", "/help", "/terms", url=False)
    assert 0 < signal.confidence < 0.6
