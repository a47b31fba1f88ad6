"""When searching is struggling, and when a result was opened."""

from __future__ import annotations

import pytest

from mien.analyzers.analyzer import Signal
from mien.analyzers.baselines import NO_BASELINES, Baselines
from mien.analyzers.search_struggle import find_search_struggles
from mien.analyzers.threshold_table import with_overrides
from tests.support.timelines import START, timeline


def found(text: str, baselines: Baselines = NO_BASELINES) -> list[Signal]:
    return list(find_search_struggles(timeline(text), baselines).signals)


def asked(at: float, length: int) -> str:
    return f"""
        {at}  input   /search  #q            -  form=#search-form  field=q  length={length}  duration_ms=900
        {at + 0.1:.3f}  submit  /search  #search-form  -  form=#search-form
    """


THREE = asked(10, 12) + asked(30, 4) + asked(50, 9)


def test_three_queries_worded_anew_without_a_result_opened_are_a_struggle() -> None:
    [signal] = found(THREE)
    assert (signal.type, signal.confidence, signal.screen, signal.element_id) == (
        "search_struggle",
        0.7,
        "/search",
        "#q",
    )
    assert (signal.started_at, signal.ended_at) == (START + 10, START + 50)
    assert signal.evidence == {"queries": 3, "span_ms": 40000, "reworded": "yes"}


def test_two_queries_are_none() -> None:
    assert found("") == []
    assert found(asked(10, 12) + asked(30, 4)) == []


def test_the_same_length_again_is_not_known_to_be_worded_anew() -> None:
    [signal] = found(asked(10, 4) + asked(30, 4) + asked(50, 4))
    assert (signal.confidence, signal.evidence["reworded"]) == (0.35, "unknown")


def test_a_long_run_is_one_signal() -> None:
    assert [signal.evidence["queries"] for signal in found(THREE + asked(70, 4) + asked(90, 6))] == [5]


@pytest.mark.parametrize(("third", "count"), [(190, 1), (190.001, 0)])
def test_the_queries_must_lie_within_three_minutes(third: float, count: int) -> None:
    assert len(found(asked(10, 12) + asked(100, 4) + asked(third, 9))) == count


def test_a_pause_of_more_than_three_minutes_begins_a_new_search() -> None:
    assert found(asked(10, 12) + asked(30, 4) + asked(211, 9) + asked(230, 4)) == []


OPENED = "{at}  click  /search  {element}\n{seen}  screen_view  {screen}"


@pytest.mark.parametrize("at", [20.0, 40.0, 60.0])
def test_an_opened_result_ends_a_run_also_after_its_last_query(at: float) -> None:
    assert found(THREE + OPENED.format(at=at, seen=at + 1, element="#result-3", screen="/item/3")) == []


@pytest.mark.parametrize("element", ["#nav-pots", "#logo", "#search-go", "#q", "#filter-price", "header > a"])
def test_a_click_on_the_search_itself_or_on_the_menu_opens_no_result(element: str) -> None:
    assert len(found(THREE + OPENED.format(at=60, seen=61, element=element, screen="/range"))) == 1


@pytest.mark.parametrize(
    "click",
    [
        "60.0  click  /search  #card-3  -  response=navigation",
        "60.0  click  /search  #card-3  -  link=new_tab",
        "60.0  click  /search  -        -  response=navigation",
    ],
)
def test_leaving_the_site_or_opening_a_tab_opens_a_result_too(click: str) -> None:
    assert found(f"{THREE}{click}") == []


@pytest.mark.parametrize(
    "rows",
    [
        "60.0  click  /search  #card-3  -  response=mutation",
        "60.0  click  /search  #card-3  -  response=navigation  fixed=true",
        "60.0  click  /search  #card-3  -  response=navigation  tag=select",
        "60.0  click  /search  #page-2  -  response=navigation\n60.5  screen_view  /search",
        "60.0  click  /other   #card-3  -  response=navigation",
        "60.0  click  /search  #card-3\n63.1  screen_view  /item/3\n70.0  screen_view  /search",
        "230.2  click  /search  #card-3  -  response=navigation",
    ],
)
def test_other_clicks_open_none(rows: str) -> None:
    assert len(found(f"{THREE}{rows}")) == 1


def test_without_clicks_a_screen_that_is_kept_was_a_result() -> None:
    assert found(THREE + "60.0  screen_view  /item/3\n70.001  screen_view  /search") == []
    assert len(found(THREE + "60.0  screen_view  /item/3\n70.0  screen_view  /search")) == 1
    assert found(THREE + "60.0  screen_view  /item/3") == []


def test_a_search_in_the_head_of_a_page_has_its_results_elsewhere() -> None:
    head = THREE.replace("/search ", "/home ")
    assert len(found(head)) == 1
    opened = (
        "51.0  screen_view  /results\n60.0  click  /results  #card-3  -  response=mutation\n61.0  screen_view  /item/3"
    )
    assert found(f"{head}{opened}") == []
    assert len(found(head + "60.0  screen_view  /home\n90.0  screen_view  /search")) == 1


def test_a_result_may_say_in_its_name_that_it_is_one_of_the_search() -> None:
    assert found(THREE + OPENED.format(at=60, seen=61, element="#search-results > li > a", screen="/item/3")) == []


def test_rows_without_metadata_are_less_sure() -> None:
    [signal] = found("1.0  submit  /search  #f\n20.0  submit  /search  #f\n40.0  submit  /search  #f")
    assert (signal.confidence, signal.evidence["reworded"]) == (0.35, "unknown")
    [signal] = found("\n".join(f"{at}  screen_view  /search" for at in (1, 20, 40, 60)))
    assert signal.confidence == 0.35
    [signal] = found("\n".join(f"{at}  screen_view  /search?q={at}" for at in (1, 20, 40)))
    assert signal.confidence == 0.7


def test_suggestions_asked_while_typing_do_not_count() -> None:
    calls = "\n".join(f"{at}  call  GET /api/search  30ms  200" for at in range(11, 60))
    assert found(asked(10, 12) + calls) == []


def test_thresholds_of_the_project_hold() -> None:
    own = Baselines(with_overrides({"search_struggle.min_queries": 2, "search_struggle.within_ms": 15_000}))
    assert found(asked(10, 12) + asked(30, 4), own) == []
    assert len(found(asked(10, 12) + asked(25, 4), own)) == 1
