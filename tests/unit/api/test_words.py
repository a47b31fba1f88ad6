"""Words: plain, likely, never a percentage; every kind has its sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mien.analyzers.baselines import NO_BASELINES
from mien.analyzers.run import run
from mien.api import words
from mien.store.causes import CAUSE_OF
from tests.support.timelines import timeline
from tests.unit.analyzers.test_analyzer import TROUBLED


def test_every_kind_that_has_a_cause_has_words() -> None:
    assert set(words.KINDS) == set(CAUSE_OF)


@pytest.mark.parametrize("kind", [*words.KINDS, "minor", "something_new"])
def test_every_sentence_copes_with_missing_places(kind: str) -> None:
    for place in ((None, None, None), ("“Pay”", "/pay", "POST /api/pay")):
        said = words.label(kind, *place)
        assert said and "None" not in said and said[0] == said[0].upper() and not said.endswith((" ", " on", " for"))


def test_the_dashboard_calls_every_kind_as_the_api_does() -> None:
    text = (Path(__file__).parents[3] / "web" / "dashboard" / "src" / "words.ts").read_text()
    found = re.findall(r'(\w+): \{ name: "([^"]+)", cause: "(\w+)" \}', text)
    assert {kind: (name, cause) for kind, name, cause in found} == {
        kind: (of.name, CAUSE_OF[kind]) for kind, of in words.KINDS.items()
    }


@pytest.mark.parametrize("kind", words.KINDS)
def test_a_sentence_holds_the_name_of_its_kind(kind: str) -> None:
    assert words.name_of(kind) in words.phrase(kind, "“Pay”", "/pay", "POST /api/pay")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("rage_click", "Rage clicks on “Pay”"),
        ("slow_api", "Slow API POST /api/pay"),
        ("unfinished_wait", "Unfinished wait for POST /api/pay"),
        ("quick_back", "Quick back from /pay"),
    ],
)
def test_a_label_names_the_place(kind: str, said: str) -> None:
    assert words.label(kind, "“Pay”", "/pay", "POST /api/pay") == said


@pytest.mark.parametrize(("count", "end"), [(1, ""), (2, ", twice"), (3, ", 3 times"), (0, "")])
def test_a_label_says_how_often(count: int, end: str) -> None:
    assert words.label("failed_request", None, "/pay", "POST /api/pay", count) == f"Failed request POST /api/pay{end}"


def test_an_element_is_named_by_its_words_else_by_its_selector() -> None:
    assert words.element_name("#voucher", " Apply\nvoucher ") == "“Apply voucher”"
    assert words.element_name("#voucher", "  ") == "#voucher"
    assert words.element_name(None, None) is None
    assert words.element_name(None, "x" * 100) == "“" + "x" * 39 + "…”"


def test_a_title_tells_the_issues_in_order_and_each_once() -> None:
    assert (
        words.title(["rage clicks on “Pay”", "failed request POST /pay"], [])
        == "Rage clicks on “Pay”, then failed request POST /pay"
    )
    assert words.title(["waiting", "waiting"], []) == "Waiting"
    assert words.title([], ["/", "/menu", "/cart"]) == "/ to /cart"
    assert words.title([], ["/"]) == "/" and words.title([], ["", ""]) == "No screen recorded"


@pytest.mark.parametrize(
    ("milliseconds", "said"),
    [
        (0, "0 ms"),
        (690, "690 ms"),
        (999.6, "1.0 s"),
        (4800, "4.8 s"),
        (9_970, "10 s"),
        (12_000, "12 s"),
        (59_400, "59 s"),
        (59_700, "1 min"),
        (72_000, "1 min 12 s"),
        (3_600_000, "1 h"),
        (7_500_000, "2 h 5 min"),
    ],
)
def test_durations_are_written_for_reading(milliseconds: float, said: str) -> None:
    assert words.duration(milliseconds) == said


def test_a_moment_is_likely_and_names_what_was_seen() -> None:
    said = words.moment("frustrated", "strong", ["6 fast clicks", "POST /pay failed (502)"])
    assert said == "Likely frustrated moment (strong evidence: 6 fast clicks, POST /pay failed (502))"
    assert words.moment("unknown", "weak", ["6 fast clicks"]) == "Not clear (seen: 6 fast clicks)"
    assert words.moment("neutral", None, []) == "Calm moment, nothing seen"
    assert "%" not in said


def test_details_name_answers_and_causes() -> None:
    rage = {"clicks": 6, "span_ms": 1900, "answered": "no", "failures": ["TypeError"]}
    assert words.detail("rage_click", rage) == "6 clicks in 1.9 s, the page did not answer, TypeError"
    assert words.detail("failed_request", {"latency_ms": 900, "status": 0}) == "network failure after 900 ms"
    assert words.detail("unfinished_wait", {"latency_ms": 2500, "status": None}) == "unfinished after 2.5 s"
    assert words.detail("web_vital_cls", {"name": "CLS", "value": 0.314}) == "CLS 0.31"
    assert words.detail("minor", {"slow_api": 3, "js_error_background": 1}) == (
        "short waits for calls, 3 times, background JavaScript error"
    )
    assert words.detail("minor", {"web_vital_lcp": 2, "web_vital_cls": 2}) == "web vitals, 4 times"
    assert words.detail("nav_loop", {}) == ""


@pytest.mark.parametrize(
    ("kind", "evidence", "said"),
    [
        ("dead_click", {"clicks": 1, "waited_ms": 3000, "answered": "no"}, "no answer in 3.0 s"),
        ("dead_click", {"clicks": 3, "waited_ms": 3000, "answered": "unknown"},
         "3 clicks, nothing else happened in 3.0 s"),
        ("slow_click", {"response_ms": 1700, "clicks": 1, "in_latency_term": False}, "answered after 1.7 s"),
        ("error_click", {"kind": "request", "api": "POST /pay", "status": 502, "latency_ms": 900, "after_ms": 950},
         "HTTP 502 after 900 ms"),
        ("error_click", {"kind": "error", "message": "TypeError: x", "after_ms": 40}, "TypeError: x"),
        ("crash", {"message": None}, ""),
        ("nav_loop", {"screens": ["/a", "/b"], "rounds": 3, "span_ms": 42_000}, "/a to /b, 3 rounds in 42 s"),
        ("quick_back", {"back_to": "/list", "active_ms": 1200}, "after 1.2 s, back to /list"),
        ("reload_burst", {"loads": 4, "span_ms": 25_000}, "4 loads in 25 s"),
        ("search_struggle", {"queries": 3, "span_ms": 40_000}, "3 searches in 40 s, no result opened"),
        ("form_abandon", {"fields": 3, "last_field": "city", "errors": 1, "corrections": 0, "failed_submits": 2},
         "3 fields, last city, 1 error shown, 2 failed submits"),
        ("validation_loop", {"failed_submits": 2, "invalid_fields": 1}, "refused twice, 1 invalid field"),
        ("input_correction", {"field": "city", "returns": 3, "refills": 0}, "city, came back 3 times"),
        ("excessive_scroll", {"reversals": 6, "ratio": 8.0}, "6 changes of direction, 8.0 times over the same part"),
        ("thrashed_cursor", {"turns": 14, "path_px": 2400}, "14 turns, 2,400 px"),
    ],
)  # fmt: skip
def test_the_detail_of_each_kind_tells_its_evidence(kind: str, evidence: dict[str, object], said: str) -> None:
    assert words.detail(kind, evidence) == said


@pytest.mark.parametrize("kind", sorted(words.KINDS))
@pytest.mark.parametrize("value", [None, "x", True, -1, [], 2.5])
def test_evidence_of_another_shape_breaks_no_detail(kind: str, value: object) -> None:
    names = ("clicks", "waited_ms", "span_ms", "screens", "rounds", "back_to", "active_ms", "loads", "queries",
             "fields", "last_field", "errors", "failed_submits", "field", "returns", "refills", "reversals", "ratio",
             "turns", "path_px", "response_ms", "invalid_fields", "message", "failures")  # fmt: skip
    assert "None" not in words.detail(kind, dict.fromkeys(names, value))


def test_the_detail_tells_what_each_detector_really_says() -> None:
    outcome = run(timeline(TROUBLED), NO_BASELINES)
    details = {signal.type: words.detail(signal.type, signal.evidence) for signal in outcome.signals}
    assert all(details.values()), f"nothing said of {[kind for kind, said in details.items() if not said]}"


def test_a_search_finds_kinds_by_their_words() -> None:
    assert set(words.kinds_matching("Rage")) == {"rage_click"}
    assert set(words.kinds_matching("waiting")) == {"slow_api", "unfinished_wait"}, "by other words as well"
    assert "failed_request" in words.kinds_matching("failed") and words.kinds_matching("xyz") == ()
    assert words.kinds_matching("on") == (), "too short to mean a kind"
