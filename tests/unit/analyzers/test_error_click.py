"""Which failures belong to a click, and how sure they are."""

from __future__ import annotations

import pytest

from mien.analyzers.analyzer import Signal
from mien.analyzers.baselines import NO_BASELINES, Baselines
from mien.analyzers.error_click import find_error_clicks
from mien.analyzers.threshold_table import with_overrides
from tests.support.timelines import START, shifted, timeline

CLICK = "5.0  click  /cart  #pay  10,20  tag=button"


def found(text: str, baselines: Baselines = NO_BASELINES) -> list[Signal]:
    rows = sorted((row for row in text.splitlines() if row.strip()), key=lambda row: float(row.split()[0]))
    return list(find_error_clicks(timeline("\n".join(rows)), baselines).signals)


def confidences(*rows: str, **values: float) -> list[float]:
    thresholds = with_overrides({f"error_click.{name}": value for name, value in values.items()})
    return [signal.confidence for signal in found("\n".join([CLICK, *rows]), Baselines(thresholds))]


def test_an_error_after_a_click_belongs_to_it() -> None:
    [signal] = found(CLICK + "\n5.3  error  /cart  TypeError: x is undefined")
    assert (signal.type, signal.confidence, signal.event_id) == ("error_click", 0.9, 1)
    assert (signal.started_at, signal.ended_at) == (START + 5, START + 5.3)
    assert (signal.screen, signal.element_id, signal.x, signal.y, signal.api) == ("/cart", "#pay", 10, 20, None)
    assert signal.evidence == {"kind": "error", "message": "TypeError: x is undefined", "after_ms": 300}


def test_a_request_that_a_click_started_and_that_fails_belongs_to_it() -> None:
    [signal] = found(CLICK + "\n5.2  call  POST /api/pay  700ms  503")
    assert (signal.confidence, signal.api, signal.ended_at) == (0.95, "POST /api/pay", START + 5.9)
    assert signal.evidence == {
        "kind": "request", "api": "POST /api/pay", "status": 503, "latency_ms": 700, "after_ms": 900,
    }  # fmt: skip


@pytest.mark.parametrize(("at", "expected"), [(4.999, []), (5.0, [0.9]), (6.0, [0.9]), (6.001, [])])
def test_an_error_is_the_clicks_own_for_a_second(at: float, expected: list[float]) -> None:
    assert confidences(f"{at}  error  /cart  TypeError: x is undefined") == expected


@pytest.mark.parametrize(("at", "expected"), [(4.999, []), (5.0, [0.95]), (5.5, [0.95]), (5.501, [])])
def test_a_request_is_the_clicks_own_when_it_starts_within_half_a_second(at: float, expected: list[float]) -> None:
    assert confidences(f"{at}  call  POST /api/pay  100ms  500") == expected


@pytest.mark.parametrize(("latency_ms", "expected"), [(9500, [0.95]), (9501, [])])
def test_a_request_must_fail_within_ten_seconds_of_the_click(latency_ms: int, expected: list[float]) -> None:
    assert confidences(f"5.5  call  POST /api/pay  {latency_ms}ms  500") == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [("0", [0.95]), ("500", [0.95]), ("599", [0.95]), ("unfinished", []), ("200", []), ("401", []), ("404", [])],
)
def test_network_failures_and_errors_of_the_server_count(status: str, expected: list[float]) -> None:
    assert confidences(f"5.1  call  POST /api/pay  100ms  {status}") == expected


def test_a_request_in_a_hidden_page_is_nobodys() -> None:
    assert confidences("5.1  visibility  /cart  -  -  state=hidden", "5.2  call  GET /poll  100ms  500") == []


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Uncaught (in promise) Error: no", [0.9]),
        ("-", [0.9]),
        ("console.error: no", [0.5]),
        ("Script error.", [0.2]),
        ("TypeError: x  at chrome-extension://abc/x.js", [0.2]),
        ("console.error: no  at moz-extension://abc/x.js", [0.2]),
        ("Failed to load img /logo.png", []),
        ("Uncaught (in promise) AbortError: The user aborted a request.", []),
    ],
)
def test_an_error_is_as_sure_as_its_kind(message: str, expected: list[float]) -> None:
    assert confidences(f"5.3  error  /cart  {message}") == expected


def test_an_error_in_another_view_is_not_the_clicks() -> None:
    assert confidences("5.3  error  /home  TypeError: x") == []
    assert confidences("5.2  screen_view  /cart", "5.3  error  /cart  TypeError: x") == []
    assert confidences("5.0  screen_view  /cart", "5.3  error  /cart  TypeError: x") == [0.9]


@pytest.mark.parametrize(
    "rows", [(f"{CLICK}", "5.3  error  -  Oops"), ("5.0  click  -  #pay", "5.3  error  /cart  Oops")]
)
def test_a_screen_that_is_not_known_is_no_other(rows: tuple[str, ...]) -> None:
    assert [signal.confidence for signal in found("\n".join(rows))] == [0.9]


def test_a_request_may_outlive_the_view() -> None:
    assert confidences("5.2  screen_view  /done", "5.3  call  POST /api/pay  900ms  500") == [0.95]


def test_one_error_takes_the_newest_click() -> None:
    [signal] = found(CLICK + "\n5.4  click  /cart  #buy  90,20\n5.6  error  /cart  Oops")
    assert signal.element_id == "#buy"


def test_each_error_takes_a_click_of_its_own_as_long_as_there_are_some() -> None:
    clicks = CLICK + "\n5.4  click  /cart  #buy  90,20"
    assert [signal.element_id for signal in found(clicks + "\n5.6  error  /cart  A\n5.7  error  /cart  B")] == [
        "#buy",
        "#pay",
    ]
    assert len(found(clicks + "\n5.6  error  /cart  A\n5.7  error  /cart  B\n5.8  error  /cart  C")) == 2


def test_a_failed_request_and_the_error_that_it_causes_are_one_error_click() -> None:
    [signal] = found(CLICK + "\n5.1  call  POST /api/pay  200ms  500\n5.31  error  /cart  Uncaught (in promise) Error")
    assert signal.evidence["kind"] == "request"


def test_what_fails_later_takes_nothing_from_what_failed_before() -> None:
    rows = CLICK + "\n5.1  call  POST /api/pay  2000ms  500\n5.3  error  /cart  Oops"
    assert [signal.evidence["kind"] for signal in found(rows)] == ["error"]


@pytest.mark.parametrize("message", ["Script error.", "console.error: no"])
def test_a_foreign_or_logged_error_does_not_hide_an_uncaught_one(message: str) -> None:
    first = f"5.1  error  /cart  {message}"
    uncaught = "5.3  error  /cart  TypeError: x"
    assert sorted(confidences(first, uncaught)) == sorted([*confidences(first), 0.9])
    assert confidences(first.replace("5.1", "5.5"), uncaught) == [0.9]
    assert confidences(first, first.replace("5.1", "5.4")) == confidences(first)


@pytest.mark.parametrize("words", ["detail=0", "trusted=false", "button=2"])
def test_only_a_persons_clicks_with_the_primary_button_count(words: str) -> None:
    assert found(f"5.0  click  /cart  #pay  10,20  {words}\n5.3  error  /cart  Oops") == []


def test_rows_without_metadata_element_and_place_are_judged_too() -> None:
    [signal] = found("5.0  click\n5.3  error  -  Oops")
    assert (signal.element_id, signal.x, signal.screen, signal.confidence) == (None, None, None, 0.9)


def test_a_call_without_a_duration_is_over_when_it_starts() -> None:
    [signal] = found(CLICK + "\n5.2  call  POST /api/pay  -  500")
    assert signal.ended_at == START + 5.2


def test_an_empty_session_and_one_without_failures_have_no_error_click() -> None:
    assert found("") == []
    assert found(CLICK) == []
    assert found("5.3  error  /cart  Oops") == []


@pytest.mark.parametrize(
    ("row", "values", "expected"),
    [
        ("6.5  error  /cart  Oops", {"error_ms": 1500}, [0.9]),
        ("5.3  error  /cart  Oops", {"js_confidence": 0.7}, [0.7]),
        ("5.3  error  /cart  Oops", {"js_confidence": 0}, []),
        ("5.3  error  /cart  console.error: no", {"handled_confidence": 0.1}, [0.1]),
        ("5.3  error  /cart  Script error.", {"third_party_confidence": 0.1}, [0.1]),
        ("5.8  call  POST /api/pay  100ms  500", {"request_start_ms": 800}, [0.95]),
        ("5.1  call  POST /api/pay  1000ms  500", {"request_end_ms": 1099}, []),
        ("5.1  call  POST /api/pay  1000ms  500", {"network_confidence": 0.5}, [0.5]),
        ("5.1  call  POST /api/pay  1000ms  500", {"network_confidence": 0}, []),
    ],
)
def test_a_project_may_set_its_own_numbers(row: str, values: dict[str, float], expected: list[float]) -> None:
    assert confidences(row, **values) == expected


def test_thousands_of_clicks_and_errors_of_one_instant_are_matched_one_to_one() -> None:
    rows = [f"1.0  click  /cart  #pay  {index},20" for index in range(5000)]
    rows += [f"1.0  error  /cart  Oops {index}" for index in range(6000)]
    signals = found("\n".join(rows))
    assert len({signal.x for signal in signals}) == len(signals) == 5000


def test_an_error_at_the_very_end_of_a_failed_call_is_judged_alike_at_any_time_of_the_day() -> None:
    text = """
        0.0    click  /  #pay  10,10
        0.12   click  /  #pay  10,10
        0.24   click  /  #pay  10,10
        0.24   click  /  #pay  10,10
        0.741  click  /  #pay  10,10
        0.741  call   POST /api/pay  300ms  500
        1.041  error  /  TypeError: x
    """
    session = timeline(text)
    by_shift = [
        [(one.confidence, one.evidence) for one in find_error_clicks(shifted(session, seconds), NO_BASELINES).signals]
        for seconds in (0.0, 0.123457, 0.5, 12_345.678901)
    ]
    assert all(signals == by_shift[0] for signals in by_shift)
    assert len(by_shift[0]) == 1
