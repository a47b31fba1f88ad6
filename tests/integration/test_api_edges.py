"""Hostile parameters, errors as JSON, headers, health, static files: what holds for every answer."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from litestar import get

from mien.api.headers import CONTENT_SECURITY_POLICY
from mien.config import Settings
from mien.store.database import Database
from mien.store.projects import configure_project, create_key, find_project
from tests.support.api_site import NOON, PERIOD, Lost, api_client, site_of

PAGES = ["overview", "sessions", "freshness", "live-check", f"sessions/{uuid4()}", f"sessions/{uuid4()}/replay"]
REFUSED = [
    "since=yesterday", "since=2026-01-01",
    "since=", "since=0001-01-01T00:00:00Z", "since=9999-12-31T23:59:59Z", "since=1e400", "since=-5",
    "until=0001-01-01T00:00:00%2B14:00", "until=9999-12-31T23:59:59-14:00", "until=1960-01-01",
    "since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z", "since=2026-01-01T00:00:00Z&until=2026-01-01T00:00:00Z",
]  # fmt: skip
REFUSED_SEGMENT = [
    "unknown=1", "Screen=a", "screen=a&screen=b",
    "device=fridge", "device=", "screen=%00", "bots=perhaps", "screen=" + "x" * 501,
]  # fmt: skip
REFUSED_LIST = [
    "sort=price", "order=up", "limit=0", "limit=101", "limit=-1", "limit=99999999999999999999", "limit=x", "limit=1.5",
    "min_score=-1", "max_score=101", "min_score=1e3", "min_score=99999999999999999999999", "cause=weather",
    "signal=" + "x" * 65, "q=a%00b", "user=%00", "place=/cart", "place_kind=screen", "place_kind=moon&place=x",
    "cursor=%00", "cursor=" + "x" * 401, "place=%00&place_kind=screen",
    "error_screen=/cart&error_group=", "error_screen=&error_group=+", "element_screen=", "element_screen=+&element=a",
]  # fmt: skip
REFUSED_REPLAY = ["after=-1", "after=99999999999999999999", "after=x", "limit=0", "limit=1000", "tab=%00"]
HARMLESS = [
    "screen=';DROP TABLE users;--", "screen=%F0%9F%98%80", "screen=%FF%FE", "since=1970-01-01T00:00:00Z",
    "until=2200-01-01T00:00:00Z", "since=1970-01-01T00:00:00Z&until=2200-01-01T00:00:00Z",
    "bots=1", "having=screen:/a&having=screen:/b",
    "screen=%ED%A0%80", "since=2026-01-01T00:00:00&until=2026-01-01T00:00:00.000001",
]  # fmt: skip
HARMLESS_LIST = ["q=%25%5C_", "q=%5C", "q=" + "x" * 500, "user='", "min_score=90&max_score=10", "signal=?|", "cursor="]


async def test_no_parameter_makes_a_500(database: Database) -> None:
    async with site_of(database) as site:
        session_id = await site.session(NOON, [Lost("rage_click", 0.3, "/cart", "#a")])
        wrong = [("overview", query, 400) for query in REFUSED + REFUSED_SEGMENT]
        wrong += [("sessions", query, 400) for query in REFUSED + REFUSED_SEGMENT + REFUSED_LIST]
        wrong += [("freshness", query, 400) for query in REFUSED]
        wrong += [(f"sessions/{session_id}/replay", query, 400) for query in REFUSED_REPLAY]
        wrong += [("overview", query, 200) for query in HARMLESS]
        wrong += [("overview", f"compare=1&{query}", 200) for query in HARMLESS[-1:]]
        wrong += [("sessions", query, 200) for query in HARMLESS + HARMLESS_LIST]
        for page, query, status in wrong:
            answer = await site.client.get(f"/api/projects/default/{page}?{query}")
            assert answer.status_code == status, (
                f"{page}?{query[:80]} answered {answer.status_code}: {answer.text[:200]}"
            )
            if status == 400:
                assert answer.json()["error"] == "invalid_request"
                assert query.split("=")[0] in answer.json()["message"], f"{query} -> {answer.text}"


@pytest.mark.parametrize("slug", ["nothing", "Default", "%00", "a%22b", "x" * 300, "p_default", "..", "mien"])
async def test_a_project_that_is_not_there_is_not_found(database: Database, slug: str) -> None:
    async with site_of(database) as site:
        for page in PAGES:
            answer = await site.client.get(f"/api/projects/{slug}/{page}")
            assert answer.status_code == 404 and answer.json()["error"] == "not_found"


async def test_a_parameter_that_a_call_does_not_take_is_refused_with_a_hint(database: Database) -> None:
    async with site_of(database) as site:
        for path, said in (
            ("latency?max_score=90", "max_score: this call does not take it."),
            ("overview?relase=2", "relase: this call does not take it. Did you mean release?"),
            ("overview?screen=/a&screen=/b", "screen: give it once."),
            ("sessions/" + str(uuid4()) + "?since=2026-01-01", "since: this call takes no parameters."),
        ):
            answer = await site.client.get(f"/api/projects/default/{path}")
            assert answer.status_code == 400, path
            assert answer.json()["error"] == "invalid_request"
            assert answer.json()["message"].startswith(said), answer.json()
        assert (await site.client.get("/api/me?a=1")).json()["message"] == "a: this call takes no parameters."


async def test_errors_are_json_with_a_sentence(database: Database) -> None:
    async with site_of(database) as site:
        for method, path, status in (
            ("GET", "/api/nothing", 404), ("GET", "/api", 404), ("POST", "/api/me", 405), ("DELETE", "/api/login", 405),
            ("GET", "/v1/nothing", 404), ("GET", "/assets/nothing.js", 404), ("GET", "/schema/nothing", 404),
            ("GET", "/schema/a/b", 404), ("POST", "/", 405),
        ):  # fmt: skip
            answer = await site.client.request(method, path)
            assert answer.status_code == status, f"{method} {path} answered {answer.status_code}"
            assert set(answer.json()) == {"error", "message"} and answer.json()["message"].endswith(".")
            assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


async def test_a_mistake_of_ours_is_logged_and_told_without_details(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("mien.api.freshness.read_arrivals", fail)
    async with site_of(database) as site:
        answer = await site.client.get("/api/projects/default/freshness")
        assert answer.status_code == 500 and answer.json()["error"] == "unforeseen"
        assert "secret" not in answer.text and "secret detail" in caplog.text and "Traceback" in caplog.text


async def test_a_database_that_is_gone_is_a_503_with_a_time_to_come_back(database: Database) -> None:
    async with site_of(database) as site:
        await database.close()
        answer = await site.client.get("/api/projects/default/freshness")
        assert answer.status_code == 503 and answer.json()["error"] == "busy"
        assert int(answer.headers["retry-after"]) >= 1
        health = await site.client.get("/healthz")
        assert health.status_code == 503 and health.json()["status"] == "failing"


async def test_health_is_ok_only_with_a_living_worker_and_a_migrated_database(database: Database) -> None:
    alive = True
    async with api_client(database, worker_alive=lambda: alive) as client:
        ok = await client.get("/healthz")
        assert ok.status_code == 200 and ok.json()["status"] == "ok" and ok.json()["worker"] is True
        alive = False
        assert (await client.get("/healthz")).status_code == 503
    async with database.writing("p_default") as queries:
        await queries.connection.execute("DELETE FROM alembic_version")
    async with api_client(database) as client:
        behind = await client.get("/healthz")
        assert behind.status_code == 503 and "p_default" in behind.json()["message"]


async def test_large_answers_are_packed_and_never_kept(database: Database) -> None:
    async with site_of(database) as site:
        answer = await site.client.get("/api/projects/default/overview", headers={"accept-encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip" and answer.headers["cache-control"] == "no-store"
        assert (
            answer.headers["x-content-type-options"] == "nosniff" and answer.headers["referrer-policy"] == "no-referrer"
        )


async def test_handlers_passed_in_keep_their_own_headers(database: Database) -> None:
    @get("/shop/page", media_type="text/html", sync_to_thread=False)
    def shop() -> str:
        return "<script>1</script>"

    async with api_client(database, extra_handlers=[shop]) as client:
        answer = await client.get("/shop/page")
        assert answer.status_code == 200 and "content-security-policy" not in answer.headers


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder as the build makes it."""
    for name, text in {
        "sdk/mien.js": "mien()", "sdk/mien-replay.js": "replay()", "sdk/.built": "stamp",
        "dashboard/index.html": "<!doctype html><title>Mien</title>", "dashboard/favicon.svg": "<svg/>",
        "dashboard/assets/index-abc.js": "app()", "dashboard/.built": "stamp", "secret.txt": "secret",
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


async def test_the_script_is_for_every_site(database: Database, built: Path) -> None:
    async with api_client(database, static=built) as client:
        for name in ("mien.js", "mien-replay.js"):
            answer = await client.get(f"/{name}", headers={"origin": "https://shop.example"})
            assert answer.status_code == 200 and answer.headers["content-type"] == "text/javascript; charset=utf-8"
            assert answer.headers["access-control-allow-origin"] == "*"
            assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
            assert answer.headers["cache-control"] == "public, max-age=300"
            assert "content-security-policy" not in answer.headers
            again = await client.get(f"/{name}", headers={"if-none-match": answer.headers["etag"]})
            assert again.status_code == 304 and again.content == b""


async def test_a_file_is_read_and_packed_once_until_it_changes(
    database: Database, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = 0

    def count(data: bytes, *_: object, **__: object) -> bytes:
        nonlocal packed
        packed += 1
        return gzip.compress(data)

    script = built / "sdk" / "mien.js"
    script.write_text("mien(1);" * 1000)
    monkeypatch.setattr("mien.api.assets.gzip", SimpleNamespace(compress=count))
    async with api_client(database, static=built) as client:
        answers = [await client.get("/mien.js", headers={"accept-encoding": "gzip, br"}) for _ in range(5)]
        assert packed == 1 and {answer.text for answer in answers} == {"mien(1);" * 1000}
        zipped = answers[0].headers
        assert zipped["content-encoding"] == "gzip" and int(zipped["content-length"]) < 200
        assert zipped["vary"] == "Accept-Encoding" and zipped["access-control-allow-origin"] == "*"
        for refused in ("identity", "gzip;q=0", "br"):
            plain = await client.get("/mien.js", headers={"accept-encoding": refused})
            assert "content-encoding" not in plain.headers and plain.headers["content-length"] == "8000"
            assert plain.headers["etag"] != zipped["etag"], "one for each form"
        both = {"accept-encoding": "gzip", "if-none-match": f'"x", W/{zipped["etag"]}'}
        assert (await client.get("/mien.js", headers=both)).status_code == 304
        script.write_text("mien(2);" * 1000)
        again = await client.get("/mien.js", headers=both)
        assert again.status_code == 200 and again.text == "mien(2);" * 1000 and packed == 2


async def test_files_answer_head(database: Database, built: Path) -> None:
    async with api_client(database, static=built) as client:
        for path in ("/mien.js", "/mien-replay.js", "/assets/index-abc.js", "/", "/p/default"):
            whole, head = await client.get(path), await client.head(path)
            assert head.status_code == 200 and head.content == b"", path
            for name in ("content-length", "content-type", "etag", "cache-control"):
                assert head.headers[name] == whole.headers[name], f"{path}: {name}"


async def test_every_script_of_the_sdk_is_served(database: Database, built: Path) -> None:
    (built / "sdk" / "mien-more.js").write_text("more()")
    async with api_client(database, static=built) as client:
        assert (await client.get("/mien-more.js")).headers["access-control-allow-origin"] == "*"


async def test_every_other_address_is_the_dashboard(database: Database, built: Path) -> None:
    async with api_client(database, static=built) as client:
        for path in ("/", "/p/default/sessions", "/p/default/sessions/1?t=3", "/apiary", "/index.html"):
            answer = await client.get(path)
            assert answer.status_code == 200 and answer.text.startswith("<!doctype html>"), path
            assert answer.headers["content-type"] == "text/html; charset=utf-8"
            assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
            assert answer.headers["cache-control"] == "no-cache"
        asset = await client.get("/assets/index-abc.js")
        assert asset.text == "app()" and "immutable" in asset.headers["cache-control"]
        assert (await client.get("/favicon.svg")).headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize(
    "path", ["/assets/../../secret.txt", "/assets/%2e%2e/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt",
             "/../secret.txt", "/%2e%2e/secret.txt", "/.built", "/assets/.built", "/assets/%00", "/%00", "/assets/"],
)  # fmt: skip
async def test_files_beside_the_dashboard_are_out_of_reach(database: Database, built: Path, path: str) -> None:
    async with api_client(database, static=built) as client:
        answer = await client.get(path)
        assert answer.status_code in (200, 404), f"{path} answered {answer.status_code}"
        assert "secret" not in answer.text and "stamp" not in answer.text


async def test_without_a_build_the_address_says_what_to_do(database: Database, tmp_path: Path) -> None:
    async with api_client(database, static=tmp_path) as client:
        answer = await client.get("/")
        assert "not built" in answer.text and answer.headers["content-type"].startswith("text/plain")
        missing = await client.get("/mien.js")
        assert missing.status_code == 404 and missing.json()["error"] == "not_found"
        assert missing.headers["access-control-allow-origin"] == "*" and missing.headers["cache-control"] == "no-store"


async def test_the_live_check_hands_out_the_script_tag_and_sees_the_first_session(database: Database) -> None:
    async with site_of(database) as site:
        empty = await site.get("/live-check")
        assert empty == {"first_event_at": None, "sessions": 0, "write_key": None, "script": None, "refused": []}
        project = await find_project(database, "default")
        await create_key(database, project, is_backfill=True)
        key = await create_key(database, project)
        await site.session(NOON)
        check = await site.get("/live-check")
        assert (
            check["write_key"] == key and check["sessions"] == 1 and check["first_event_at"] == "2026-11-20T12:00:00Z"
        )
        assert check["script"] == f'<script async src="http://mien.test/mien.js" data-key="{key}"></script>'


async def test_the_live_check_names_refused_origins_until_they_are_allowed(database: Database) -> None:
    today = datetime.now(UTC).date()
    async with site_of(database) as site:
        for day, reason, batches in (
            (today, "origin_refused https://shop.test:8443", 3), (today, "origin_refused other", 9),
            (today, "bad_time", 4),
            (today - timedelta(days=1), "origin_refused https://shop.test:8443", 2),
            (today - timedelta(days=1), "origin_refused null", 50),
            (today - timedelta(days=2), "origin_refused https://old.test", 7),
        ):  # fmt: skip
            await site.run("INSERT INTO dropped_items VALUES ($1, $2, $3)", day, reason, batches)
        assert (await site.get("/live-check"))["refused"] == [], "any origin may send"
        await configure_project(database, "default", None, ["https://other.test"])
        refused = (await site.get("/live-check"))["refused"]
        assert [(one["origin"], one["batches"]) for one in refused] == [("https://shop.test:8443", 5), ("null", 50)]
        assert refused[0]["last_day"] == today.isoformat()
        await configure_project(database, "default", None, ["https://other.test", "https://shop.test:8443"])
        assert [one["origin"] for one in (await site.get("/live-check"))["refused"]] == ["null"]


async def test_the_first_session_is_the_first_with_a_start(database: Database) -> None:
    async with site_of(database) as site:
        await site.run(
            "INSERT INTO sessions (started_at) VALUES ('-infinity'), ('infinity'), (NULL), ('4000-01-01 BC')"
        )
        check = await site.get("/live-check")
        assert check["first_event_at"] is None and check["sessions"] == 4
        await site.session(NOON)
        assert (await site.get("/live-check"))["first_event_at"] == "2026-11-20T12:00:00Z"


async def test_the_live_check_counts_no_further_than_it_must(database: Database) -> None:
    async with site_of(database) as site:
        await site.run("INSERT INTO sessions (started_at) SELECT $1 FROM generate_series(1, 1200)", NOON)
        assert (await site.get("/live-check"))["sessions"] == 1000


async def test_the_openapi_document_is_served_and_names_the_pages(database: Database) -> None:
    async with api_client(database, Settings()) as client:
        document = (await client.get("/schema/openapi.json")).json()
        assert document["info"]["title"] == "Mien"
        assert {"/api/login", "/api/projects/{slug}/overview", "/healthz"} <= set(document["paths"])
        overview = document["paths"]["/api/projects/{slug}/overview"]["get"]
        assert set(overview["responses"]) == {"200", "400", "401", "403", "404", "503"}


async def test_far_and_long_periods_are_answered_in_few_buckets(database: Database) -> None:
    async with site_of(database) as site:
        await site.session(NOON)
        for length in (timedelta(minutes=1), timedelta(days=1), timedelta(days=30), timedelta(days=3650)):
            until = NOON + timedelta(seconds=1)
            page = await site.get("/overview", since=f"{(until - length).isoformat()}Z", until=f"{until.isoformat()}Z")
            assert 1 <= len(page["trend"]) <= 61 and sum(point["sessions"] for point in page["trend"]) == 1


async def test_rows_of_any_time_and_any_number_leave_the_pages_standing(database: Database) -> None:
    """They may be inserted with plain SQL: one of them must not take a page away for its whole period."""
    async with site_of(database) as site:
        ids = [await site.session(NOON + timedelta(minutes=number)) for number in range(3)]
        event = "INSERT INTO events (session_id, event_type, screen, metadata, occurred_at) VALUES "
        await site.run("UPDATE sessions SET ended_at = '4714-11-24 00:00:00 BC' WHERE session_id = $1", ids[0])
        for name, at in (
            ("begun", "4714-11-24 00:00:00 BC"), ("begun", "2026-11-20 12:01:10"), ("done", "2026-11-20 12:01:20"),
            ("done", "294276-12-31 23:59:59"), ("late", "294276-12-31 23:59:59"),
        ):  # fmt: skip
            await site.run(f"{event} ($1, $2, '/cart', NULL, '{at}')", ids[1], name)
        for value in ("1e-400", "-1e400", "1e400", "2500"):
            tiny = f'{{"name": "LCP", "value": {value}}}'
            await site.run(f"{event} ($1, 'web_vital', '/', $2::text::jsonb, $3)", ids[2], tiny, NOON)
        for page, query in (
            ("journeys/flow", ""), ("journeys/flow", "direction=backwards"), ("sessions", "before=rage"),
            ("journeys/funnel", "steps=event:begun%3E%3Eevent:done&within_s=86400"),
            ("journeys/funnel", "steps=event:begun%3E%3Eevent:done"),
            ("journeys/funnel", "steps=event:late%3E%3E/cart"),
            ("journeys/funnel", "steps=event:late%3E%3E/cart&within_s=86400"), ("latency/vitals", ""),
            ("sessions", "vital=LCP"), ("sessions", "funnel=event:begun%3E%3Eevent:done&reached=2"),
        ):  # fmt: skip
            period = "since=2026-11-14T00:00:00Z&until=2026-11-21T00:00:00Z"
            answer = await site.client.get(f"/api/projects/default/{page}?{period}&{query}")
            assert answer.status_code == 200, f"{page}?{query} answered {answer.text[:200]}"
        assert (await site.get("/sessions", funnel="event:begun>>event:done", reached=2, **PERIOD))["total"] == 1


async def test_a_forged_cursor_is_refused(database: Database) -> None:
    async with site_of(database) as site:
        for page, position in (
            ("errors", ["sessions", "desc", -1.0, "\0"]), ("latency", ["points", "desc", 1.0, "a\0b"]),
        ):  # fmt: skip
            cursor = b64encode(json.dumps(position).encode(), b"-_").rstrip(b"=").decode()
            answer = await site.client.get(f"/api/projects/default/{page}?cursor={cursor}")
            assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request"), answer.text
