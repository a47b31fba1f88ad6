"""`mien signals` as an operator uses it: real processes on a data folder of their own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import httpx
import psycopg
import pytest

from mien.cli.signals import to_since, to_values
from mien.errors import SetupError
from tests.support.batches import batch, click, now_ms
from tests.support.running import RunningMien, environment, running_mien


@pytest.fixture(scope="module")
def mien() -> Iterator[RunningMien]:
    with running_mien() as running:
        yield running


def failing(mien: RunningMien, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "mien", "signals", *arguments],
        env=environment(mien.data), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1 and done.stdout == "" and "Traceback" not in done.stderr, done.stderr
    return done.stderr


def rage_count(mien: RunningMien) -> int:
    with psycopg.connect(mien.cli("db", "url")) as connection:
        row = connection.execute("SELECT count(*) FROM signals WHERE type = 'rage_click'").fetchone()
        assert row is not None
        return int(row[0])


def becomes(mien: RunningMien, count: int) -> bool:
    ends = time.monotonic() + 40
    while time.monotonic() < ends:
        if rage_count(mien) == count:
            return True
        time.sleep(0.3)
    return False


def test_trying_setting_muting_and_taking_back(mien: RunningMien) -> None:
    key, session_id, start = mien.cli("key", "create"), str(uuid4()), now_ms() - 5000
    known = {"response_ms": None, "interactive": "native", "tag": "button"}
    burst = [click(start + 200 * n, element_id="#pay", metadata={"seq": n, **known}) for n in range(4)]
    view = {"type": "screen_view", "at": start - 500, "screen": "/cart", "metadata": {"load": "full"}}
    body = batch(key, session_id, events=[view, *burst])
    assert httpx.post(f"{mien.base_url}/v1/batch", json=body).json()["dropped"] == {}
    assert becomes(mien, 1)

    tried = mien.cli("signals", "try", "--set", "rage_click.min_clicks=5", "--since", "1d")
    assert re.search(r"rage_click\W+1\W+0\W+0\W+1\W+1", tried), tried
    assert f"/p/default/sessions/{session_id}?t=" in tried and "All 1 sessions" in tried
    as_json = json.loads(
        mien.cli("signals", "try", "--set", "rage_click.min_clicks=5", "--since", "1d", "--limit", "7", "--json")
    )
    assert as_json["is_complete"] and as_json["score_after"] > as_json["score_before"]
    assert rage_count(mien) == 1, "nothing was saved"

    version = mien.cli("signals", "set", "rage_click.min_clicks=5", "dead_click.wait_ms=2500", "--reason", "maps")
    assert re.fullmatch(r"[0-9a-f]{12}", version)
    assert becomes(mien, 0), "the worker of `mien up` follows by itself"
    changed = mien.cli("signals", "list", "--changed")
    assert re.search(r"\*\W+rage_click\.min_clicks\W+5\W+3\W+2 to 20", changed), changed
    assert "PostHog" in changed and "click_chains" not in changed
    assert "score.latency_good_ms" in mien.cli("signals", "list")

    mien.cli("signals", "set", "--reset", "rage_click.min_clicks", "--reset", "dead_click.wait_ms")
    assert becomes(mien, 1)
    mien.cli("signals", "mute", "rage_click", "#pay")
    assert becomes(mien, 0)
    assert "muted: rage_click at #pay on every screen" in mien.cli("signals", "list", "--changed")
    mien.cli("signals", "unmute", "rage_click", "#pay")
    assert becomes(mien, 1)
    mien.cli("signals", "ignore", "/cart/")
    assert becomes(mien, 0)
    assert "ignored screen: /cart" in mien.cli("signals", "list", "--changed")
    mien.cli("signals", "ignore", "/cart", "--stop")
    assert becomes(mien, 1)


def test_learning_prints_what_is_usual(mien: RunningMien) -> None:
    with psycopg.connect(mien.cli("db", "url")) as connection:
        connection.execute(
            "WITH s AS (INSERT INTO sessions (started_at, ended_at)"
            " SELECT now() - interval '3 hours', now() - interval '3 hours' + interval '9 s'"
            " FROM generate_series(1, 200) RETURNING session_id, started_at)"
            " INSERT INTO events (session_id, event_type, screen, occurred_at)"
            " SELECT session_id, 'screen_view', screen, started_at + place * interval '4 s'"
            " FROM s, (VALUES (0, '/usual'), (1, '/end')) AS v (place, screen)"
        )
    assert re.search(r"/usual\W+200\W+4000", mien.cli("signals", "learn"))


def test_mistakes_get_one_friendly_line(mien: RunningMien) -> None:
    assert "between 2 and 20" in failing(mien, "set", "rage_click.min_clicks=99")
    assert "NAME=VALUE" in failing(mien, "set", "rage_click.min_clicks")
    assert "no threshold 'moon'" in failing(mien, "set", "--reset", "moon")
    assert "what to set" in failing(mien, "set")
    assert "no threshold" in failing(mien, "try", "--set", "moon=1")
    assert "what to try" in failing(mien, "try")
    assert "14d" in failing(mien, "try", "--set", "rage_click.min_clicks=4", "--since", "yesterday")
    assert "no signal 'moon'" in failing(mien, "mute", "moon", "#pay")
    assert "no project 'nope'" in failing(mien, "list", "--project", "nope")


def test_lengths_and_dates_are_understood() -> None:
    now = datetime(2026, 11, 20, 12, 0)
    assert to_since("14d", now) == now - timedelta(days=14) and to_since("2w", now) == to_since("14d", now)
    assert to_since("90m", now) == now - timedelta(minutes=90) and to_since("6h", now) == now - timedelta(hours=6)
    assert to_since("2026-11-01", now) == datetime(2026, 11, 1)
    assert to_since("2026-11-01T02:00:00+02:00", now) == datetime(2026, 11, 1)
    for wrong in ("", "d", "14", "14y", "-3d", "2026-13-01"):
        with pytest.raises(SetupError, match="--since"):
            to_since(wrong, now)


def test_values_are_understood() -> None:
    assert to_values(["a.b=4", "c.d=0.5", "e.f=-1e3"]) == {"a.b": 4, "c.d": 0.5, "e.f": -1000}
    for wrong in ("a.b", "=4", "a.b=", "a.b=x"):
        with pytest.raises(SetupError, match="NAME=VALUE"):
            to_values([wrong])
