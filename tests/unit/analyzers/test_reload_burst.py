"""When loading again and again is a sign."""

from __future__ import annotations

from mien.analyzers.analyzer import Signal
from mien.analyzers.baselines import NO_BASELINES
from mien.analyzers.reload_burst import find_reload_bursts
from tests.support.timelines import timeline


def bursts(text: str) -> list[Signal]:
    return list(find_reload_bursts(timeline(text), NO_BASELINES).signals)


def loads(count: int, gap: float = 10.0, words: str = "load=full  url=https://shop.example/slow") -> str:
    return "\n".join(f"{n * gap:.1f}  screen_view  /slow  -  -  {words}".rstrip() for n in range(count))


def test_three_loads_within_a_minute_are_a_burst() -> None:
    [signal] = bursts(loads(3))
    assert (signal.screen, signal.confidence, signal.evidence["loads"]) == ("/slow", 0.8, 3)


def test_two_are_none_and_nine_are_one() -> None:
    assert bursts(loads(2)) == []
    assert [signal.evidence["loads"] for signal in bursts(loads(9))] == [9]


def test_slowly_reloading_is_none() -> None:
    assert bursts(loads(3, gap=31.0)) == []


def test_loads_told_twice_are_one() -> None:
    assert bursts(loads(4, gap=0.2)) == []


def test_another_screen_between_makes_it_a_way() -> None:
    assert (
        bursts(loads(2) + "\n15.0  screen_view  /other  -  -  load=full\n20.0  screen_view  /slow  -  -  load=full")
        == []
    )


def test_links_that_lead_to_the_page_itself_are_no_reloads() -> None:
    clicked = "\n9.0  click  /slow  #again  1,1  answered=500\n19.0  click  /slow  #again  1,1  answered=500"
    rows = sorted((loads(3) + clicked).splitlines(), key=lambda row: float(row.split()[0]))
    assert bursts("\n".join(rows)) == []


def test_a_dead_link_before_it_does_not_excuse_it() -> None:
    rows = sorted(
        (loads(3) + "\n9.0  click  /slow  #again  1,1  unanswered").splitlines(), key=lambda row: float(row.split()[0])
    )
    assert len(bursts("\n".join(rows))) == 1


def test_changes_inside_of_the_page_are_no_loads() -> None:
    assert bursts(loads(4, words="load=spa")) == []


def test_without_metadata_it_is_less_sure() -> None:
    [signal] = bursts(loads(3, words=""))
    assert 0 < signal.confidence < 0.8
