"""The truth tests: what a listener of the test's own saw, and what the database says about the same visit."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Browser

from tests.support.running import RunningMien
from tests.support.truth_site import truth_site
from tests.support.truth_visits import VISITS, Facts, Visit, name_of, of_type, stored, visiting

SECONDS = 7.0  # a short visit; bench/sdk_truth.py has the whole minutes
MAX_REQUESTS = 10


@pytest.fixture(scope="module")
def site(mien: RunningMien) -> Iterator[str]:
    with truth_site(mien.base_url, mien.cli("key", "create")) as address:
        yield address


@pytest.fixture(scope="module")
def dsn(mien: RunningMien) -> str:
    return mien.cli("db", "url")


def check_clicks(visit: Visit, rows: dict[str, list[Facts]]) -> None:
    """Each once, in order, the element right, within 1 px and 60 ms; answered and unanswered told apart."""
    clicks = of_type(rows, "click")
    truth = sorted(visit.clicks, key=lambda one: one["at"])
    assert [name_of(row) for row in clicks] == [one["id"] for one in truth]
    for row, one in zip(clicks, truth, strict=True):
        assert abs(row["x"] - one["x"]) <= 1 and abs(row["y"] - one["y"]) <= 1, one
        assert abs(row["occurred_at"].timestamp() * 1000 - one["at"]) <= 60, one
    answered = [row["metadata"]["response"] is not None for row in clicks]
    told = "".join(f"\n{name_of(row)} {row['metadata']['response']} {row['metadata']['response_ms']}" for row in clicks)
    assert answered == [not one["dead"] for one in truth], told


def check_calls(visit: Visit, rows: dict[str, list[Facts]]) -> None:
    """Each once, with its status, and its time within 30 ms."""
    calls = rows["latency_metrics"]
    truth = sorted(visit.calls, key=lambda one: one["at"])
    assert sorted((row["api"].split("/api/")[1], str(row["status"])) for row in calls) == sorted(
        (one["path"].split("/api/")[1].split("?")[0], str(one["status"])) for one in truth
    )
    for one in truth:
        path = one["path"].split("/api/")[1].split("?")[0]
        assert any(
            row["api"].endswith(path)
            and abs(row["latency_ms"] - one["ms"]) <= 30
            and abs(row["occurred_at"].timestamp() * 1000 - one["at"]) <= 30
            for row in calls
        ), (one, [(row["api"], row["latency_ms"]) for row in calls])


def loss_of(dsn: str, session_id: str) -> int:
    """Batches that the tabs of the session numbered and the server never saw."""
    with psycopg.connect(dsn) as connection:
        row = connection.execute(
            "SELECT sum(last_seq - first_seq + 1 - batch_count) FROM session_tabs WHERE session_id = %s", [session_id]
        ).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("name", VISITS)
def test_the_database_says_what_happened(chromium: Browser, site: str, dsn: str, name: str) -> None:
    with visiting(chromium, site, SECONDS) as visit:
        VISITS[name](visit)
    rows = stored(dsn, visit.session_id)
    check_clicks(visit, rows)
    check_calls(visit, rows)
    screens = [row["screen"] for row in of_type(rows, "screen_view") if row["screen"] != "/visited/frame"]
    assert screens == visit.screens
    assert len(rows["error_logs"]) == len(visit.errors)
    assert loss_of(dsn, visit.session_id) == 0
    assert visit.sent.preflights == 0 and visit.sent.requests <= MAX_REQUESTS


def test_the_same_on_a_phone(chromium: Browser, site: str, dsn: str) -> None:
    with visiting(chromium, site, 4.0, touch=True) as visit:
        VISITS["frustrated"](visit)
    rows = stored(dsn, visit.session_id)
    check_clicks(visit, rows)
    assert {row["metadata"]["pointer"] for row in of_type(rows, "click")} == {"touch"}
