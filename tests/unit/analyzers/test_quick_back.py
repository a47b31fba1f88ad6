"""When going back at once is a sign, and when it is only comparing."""

from __future__ import annotations

from mien.analyzers.analyzer import Signal
from mien.analyzers.baselines import NO_BASELINES, Baselines, ScreenBaseline
from mien.analyzers.quick_back import find_quick_backs
from tests.support.timelines import timeline


def backs(text: str, baselines: Baselines = NO_BASELINES) -> list[Signal]:
    return list(find_quick_backs(timeline(text), baselines).signals)


def visit(home: str = "/start", page: str = "/news", stay: float = 3.0, extra: str = "", load: str = "full") -> str:
    return f"""
        0.0   screen_view  {home}  -  -  load=full
        20.0  screen_view  {page}  -  -  load={load}
        {extra}
        {20 + stay:.1f}  screen_view  {home}  -  -  load=back_forward
        60.0  click  {home}  #x  1,1  answered=10
    """


def test_a_screen_that_is_left_after_three_seconds_is_a_quick_back() -> None:
    [signal] = backs(visit())
    assert (signal.screen, signal.confidence, signal.evidence["active_ms"]) == ("/news", 0.7, 3000)
    assert signal.evidence["back_to"] == "/start"


def test_who_stays_longer_has_read() -> None:
    assert len(backs(visit(stay=5.0))) == 1
    assert backs(visit(stay=5.1)) == []


def test_who_does_something_there_has_not_gone_back_at_once() -> None:
    assert backs(visit(extra="21.0  click  /news  #y  1,1  answered=10")) == []
    assert backs(visit(extra="21.0  input  /news  #y")) == []


def test_from_a_list_it_is_mostly_comparing() -> None:
    [signal] = backs(visit(home="/products"))
    assert signal.confidence == 0.4


def test_signing_in_and_redirects_are_none() -> None:
    assert backs(visit(page="/login")) == []
    assert backs(visit(page="/oauth/callback")) == []
    assert backs(visit(stay=0.3)) == []


def test_a_page_that_failed_is_a_signal_of_its_own() -> None:
    assert backs(visit(extra="20.5  error  /news  TypeError: x")) == []
    assert backs(visit(extra="20.2  call  GET /api/news  300ms  500")) == []


def test_passing_it_on_the_way_back_is_none() -> None:
    assert backs(visit(load="back_forward")) == []


def test_the_screens_own_percentile_counts_once_it_is_known() -> None:
    usual = Baselines(screens={"/news": ScreenBaseline(views=500, dwell_p10_ms=8_000)})
    assert len(backs(visit(stay=7.0), usual)) == 1
    few = Baselines(screens={"/news": ScreenBaseline(views=100, dwell_p10_ms=8_000)})
    assert backs(visit(stay=7.0), few) == []


def test_without_metadata_it_is_less_sure() -> None:
    [signal] = backs("0.0  screen_view  /start\n20.0  screen_view  /news\n23.0  screen_view  /start")
    assert 0 < signal.confidence < 0.7
