"""When scrolling to and fro is more than usual."""

from __future__ import annotations

from mien.analyzers.analyzer import Signal
from mien.analyzers.baselines import NO_BASELINES, Baselines, ScreenBaseline
from mien.analyzers.excessive_scroll import find_excessive_scrolls
from tests.support.timelines import timeline


def scrolls(text: str, baselines: Baselines = NO_BASELINES) -> list[Signal]:
    return list(find_excessive_scrolls(timeline("0.0  screen_view  /faq  -  -  load=full\n" + text), baselines).signals)


def burst(reversals: int = 6, travel: int = 12_000, page_h: int = 4000, at: float = 10.0) -> str:
    words = f"max_y=2000  min_y=0  vh=700  page_h={page_h}  reversals={reversals}  travel={travel}"
    return f"{at}  scroll  /faq  -  -  {words}"


def test_six_times_the_span_with_six_turns_is_excessive() -> None:
    [signal] = scrolls(burst())
    assert (signal.evidence["ratio"], signal.evidence["reversals"]) == (6.0, 6)
    assert signal.confidence == 0.6  # half way from 4 (0.4) to 8 (0.8)


def test_confidence_stops_at_its_most() -> None:
    assert scrolls(burst(travel=40_000))[0].confidence == 0.8


def test_three_turns_or_a_short_way_are_reading() -> None:
    assert scrolls(burst(reversals=3)) == []
    assert scrolls(burst(travel=7_900)) == []


def test_short_pages_are_not_judged() -> None:
    assert scrolls("10.0  scroll  /faq  -  -  max_y=600  min_y=0  vh=700  page_h=1300  reversals=6  travel=4000") == []


def test_bursts_of_one_view_add_up() -> None:
    assert len(scrolls(burst(reversals=2, travel=5000) + "\n" + burst(reversals=2, travel=5000, at=14.0))) == 1


def test_a_feed_that_grows_is_scrolled_by_design() -> None:
    assert scrolls(burst(page_h=4000) + "\n" + burst(page_h=9000, at=20.0)) == []


def test_the_screens_own_percentiles_count_once_they_are_known() -> None:
    busy = Baselines(screens={"/faq": ScreenBaseline(views=900, scroll_ratio_p95=7.0, scroll_ratio_p99=9.0)})
    assert scrolls(burst(), busy) == []
    calm = Baselines(screens={"/faq": ScreenBaseline(views=900, scroll_ratio_p95=2.0, scroll_ratio_p99=4.0)})
    assert scrolls(burst(), calm)[0].confidence == 0.8
