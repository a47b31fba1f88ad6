"""Integer points add up, and occurrences are found for incidents, waits and what has no signal."""

from __future__ import annotations

from uuid import UUID

from mien.api.session_score import integer_points
from mien.store.session_rows import Issue, SignalFacts, matching, read_issues, share_points

SESSION = UUID(int=1)


def signal(kind: str, at: float, incident: int | None = None, api: str | None = None) -> SignalFacts:
    return SignalFacts(SESSION, kind, 0.9, at, at + 1, "/cart", "#a", api, incident, {}, None)


def test_integer_points_sum_to_what_is_missing_to_100() -> None:
    issues = [Issue("crash", 33.6), Issue("rage_click", 10.3), Issue("minor", 5.1)]
    assert integer_points(issues, 49) == [34, 10, 5]
    assert integer_points([], 0) == []


def test_the_stored_integers_are_kept_when_they_add_up() -> None:
    issues = [Issue("crash", 33.5, points_shown=33), Issue("rage_click", 10.5, points_shown=11)]
    assert integer_points(issues, 44) == [33, 11]
    assert integer_points(issues, 45) == [34, 11]


def test_an_incident_is_marked_by_a_signal_of_its_own_kind() -> None:
    signals = [signal("slow_api", 1, 7, "GET /x"), signal("rage_click", 2, 7), signal("rage_click", 3, 8)]
    rage = Issue("rage_click_unconfirmed", 20, incident_ids=[7, 8])
    assert matching(rage, signals) == [1, 2]
    assert share_points([rage], signals) == [0, 10, 10]


def test_waits_are_marked_by_the_signals_of_their_api() -> None:
    signals = [signal("slow_api", 1, None, "GET /x"), signal("slow_api", 2, None, "GET /y")]
    wait = Issue("slow_api", 6, page="/cart", api="GET /y")
    assert matching(wait, signals) == [1] and share_points([wait], signals) == [0, 6]


def test_what_is_no_issue_is_left_out() -> None:
    assert read_issues(None) == read_issues("x") == read_issues({"a": 1}) == []
    found = read_issues([{"type": "crash", "points": 3}, {"points": 3}, 7, {"type": "nav_loop", "points": 9, "new": 1}])
    assert [issue.type for issue in found] == ["nav_loop", "crash"]
