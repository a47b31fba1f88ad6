"""The recorded visits that Mien ships: whole, small, of many kinds, and free of everything that was typed."""

from __future__ import annotations

import base64
import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from mien.demo.fresh_visit import duration_s
from mien.demo.visit_file import SentBatch, VisitFile, read_visit, unpacked_replay, visit_paths, write_visit
from mien.demo.visitors import TYPED_SECRETS, VISITORS, planned_visits
from mien.errors import SetupError

PATHS = visit_paths()
MAX_TOTAL_BYTES = 2_500_000
META, FULL_SNAPSHOT = 4, 2  # rrweb's event types


@pytest.fixture(scope="module")
def visits() -> dict[str, VisitFile]:
    return {path.name.removesuffix(".json.gz"): read_visit(path) for path in PATHS}


def items(visit: VisitFile, kind: str) -> Iterator[dict[str, Any]]:
    for batch in visit.batches:
        yield from batch.body.get(kind, [])


def replay_events(visit: VisitFile) -> list[dict[str, Any]]:
    return [event for chunk in items(visit, "replay") for event in msgspec.json.decode(unpacked_replay(chunk))]


def test_all_planned_visits_are_there_and_no_others(visits: dict[str, VisitFile]) -> None:
    assert set(visits) == {plan.name for plan in planned_visits()}
    assert len(visits) >= 24
    assert {visit.kind for visit in visits.values()} == set(VISITORS)
    assert len(VISITORS) >= 8


def test_recordings_stay_small() -> None:
    assert 0 < sum(path.stat().st_size for path in PATHS) < MAX_TOTAL_BYTES


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name.split(".")[0])
def test_a_visit_is_whole(path: Path) -> None:
    visit = read_visit(path)
    types = [event["type"] for event in replay_events(visit)]
    assert META in types and FULL_SNAPSHOT in types
    assert {"screen_view", "click"} <= {event["type"] for event in items(visit, "events")}
    assert len({batch.body["batch_id"] for batch in visit.batches}) == len(visit.batches)
    assert len({batch.body["session"]["session_id"] for batch in visit.batches}) == 1
    assert sorted(batch.body["seq"] for batch in visit.batches) == list(range(len(visit.batches)))
    assert 10 < duration_s(visit) < 90
    for kind in ("events", "latency", "errors", "replay"):
        assert all(-1000 < item["at"] - visit.started_at < 90_000 for item in items(visit, kind))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name.split(".")[0])
def test_nothing_typed_is_in_a_recording(path: Path) -> None:
    visit = read_visit(path)
    seen = {
        secret
        for text in strings([[items_but_replay(visit)], replay_events(visit)])
        for secret in TYPED_SECRETS
        if secret in text or secret.replace(" ", "") in text
    }
    assert seen == set()


def test_recordings_do_not_name_the_machine_that_made_them(visits: dict[str, VisitFile]) -> None:
    for visit in visits.values():
        assert b"127.0.0.1" not in msgspec.json.encode(visit) + msgspec.json.encode(replay_events(visit))


def test_devices_are_varied_and_some_people_sign_in(visits: dict[str, VisitFile]) -> None:
    users = [visit.batches[-1].body["session"]["user"] for visit in visits.values()]
    assert {"Windows", "Macintosh", "iPad", "iPhone", "Android"} <= {
        word for visit in visits.values() for word in re.findall(r"\w+", visit.user_agent)
    }
    assert len({visit.batches[-1].body["session"]["screen_resolution"] for visit in visits.values()}) >= 5
    assert len({user["locale"] for user in users}) >= 4
    assert 0 < sum("external_user_id" in user for user in users) < len(users)


def items_but_replay(visit: VisitFile) -> list[dict[str, Any]]:
    return [{key: value for key, value in batch.body.items() if key != "replay"} for batch in visit.batches]


def strings(value: Any) -> Iterator[str]:
    """All texts of a JSON value, names included. Numbers are left out: a time may hold any four digits."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (str(key) for key in value)
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def calls(visits: dict[str, VisitFile], kind: str, api: str) -> list[int | None]:
    return [
        call["status"]
        for visit in visits.values()
        if visit.kind == kind
        for call in items(visit, "latency")
        if call["api"].startswith(api)
    ]


def test_every_flaw_left_its_mark(visits: dict[str, VisitFile]) -> None:
    assert calls(visits, "unlucky-payer", "POST /shop/api/payments") == [502, 502, 201] * 3
    assert calls(visits, "refused-payer", "POST /shop/api/payments") == [500, 500, 500] * 3
    assert 422 in calls(visits, "address-fighter", "POST /shop/api/addresses")
    assert calls(visits, "stock-asker", "GET /shop/api/stock") == [None, None] * 3
    assert None in calls(visits, "impatient-searcher", "GET /shop/api/search")
    for visit in visits.values():
        messages = [error["message"] for error in items(visit, "errors")]
        assert any("TypeError" in message for message in messages) == (
            visit.kind in ("size-chooser", "refused-payer")
        ), messages
        dead = [event for event in items(visit, "events") if event.get("element_id") == "#apply-voucher"]
        assert (len(dead) >= 9) == (visit.kind == "voucher-hunter")
        silent = [event for event in dead if event["metadata"]["response_ms"] is None]
        assert len(silent) >= len(dead) - 2  # leaving the voucher's field can count as an answer to the first press
        ordered = any(event["type"] == "order_completed" for event in items(visit, "events"))
        assert ordered == (visit.kind in ("quick-buyer", "unlucky-payer"))


def test_a_file_has_the_same_bytes_every_time_and_reads_back(tmp_path: Path) -> None:
    visit = VisitFile("reader", "Reads", 1, "agent", {"accept-language": "de"}, [SentBatch(5, {"seq": 0})])
    first, second = tmp_path / "a.json.gz", tmp_path / "b.json.gz"
    assert write_visit(first, visit) == write_visit(second, visit) == first.stat().st_size
    assert first.read_bytes() == second.read_bytes()
    assert read_visit(first) == visit


@pytest.mark.parametrize(
    "content", [b"", b"not gzip", gzip.compress(b"{", mtime=0), gzip.compress(b'{"kind": 1}', mtime=0)]
)
def test_a_file_that_is_no_visit_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.json.gz"
    path.write_bytes(content)
    with pytest.raises(SetupError, match=r"broken\.json\.gz is not a recorded visit"):
        read_visit(path)


def test_damaged_replay_is_named() -> None:
    with pytest.raises(SetupError, match="Damaged replay"):
        unpacked_replay({"enc": "gzip", "data": base64.b64encode(b"no gzip").decode()})
