"""The truth tests: what a listener of the test's own saw, and what the database says about the same visit."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.support.truth_checks import check_calls, check_clicks, check_errors, check_nothing_lost
from tests.support.truth_visits import VISITS, of_type, stored, visiting

SECONDS = 7.0  # a short visit; bench/sdk_truth.py has the whole minutes
MAX_REQUESTS = 10


@pytest.mark.parametrize("name", VISITS)
def test_the_database_says_what_happened(chromium: Browser, truth: str, dsn: str, name: str) -> None:
    with visiting(chromium, truth, SECONDS) as visit:
        VISITS[name](visit)
    rows = stored(dsn, visit.session_id)
    check_clicks(visit, rows)
    check_calls(visit, rows)
    screens = [row["screen"] for row in of_type(rows, "screen_view") if row["screen"] != "/visited/frame"]
    assert screens == visit.screens
    check_errors(visit, rows)
    check_nothing_lost(dsn, visit.session_id)
    assert visit.sent.preflights == 0 and visit.sent.requests <= MAX_REQUESTS


def test_the_same_on_a_phone(chromium: Browser, truth: str, dsn: str) -> None:
    with visiting(chromium, truth, 4.0, touch=True) as visit:
        VISITS["frustrated"](visit)
    rows = stored(dsn, visit.session_id)
    check_clicks(visit, rows)
    assert {row["metadata"]["pointer"] for row in of_type(rows, "click")} == {"touch"}
