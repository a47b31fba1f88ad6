"""Moments by the API: counted as the tables count them, paged without gaps, never by person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mien.store.database import Database
from tests.support.api_site import NOON, PERIOD, Site, site_of
from tests.support.behind import ids_behind, rows_of

EMOTIONS = ("frustrated", "neutral", "confused", "unknown", "frustrated")


async def fill(site: Site, sessions: int = 7) -> None:
    """Sessions with moments, several of them at one instant; a bot with one."""
    for number in range(sessions):
        at = NOON + timedelta(minutes=number // 2)
        session_id = await site.session(at, device="phone" if number % 2 else "desktop", is_bot=number == 6)
        for step, emotion in enumerate(EMOTIONS[: 2 + number % 4]):
            moment = at + timedelta(seconds=40 if step > 1 else 5)
            await site.run(
                "INSERT INTO emotion_predictions (session_id, emotion, confidence, occurred_at)"
                " VALUES ($1, $2, 0.6, $3)",
                session_id, emotion, moment,
            )  # fmt: skip
            await site.run(
                "INSERT INTO emotion_evidence (session_id, step, occurred_at, emotion, strength, stage, calibrated,"
                " abstained, label_set, probabilities, evidence, model_version)"
                " VALUES ($1, $2, $3, $4, $5, 0, false, false, '[]', '{}', $6, '1')",
                session_id, step, moment, emotion, ("weak", "moderate", "strong")[step % 3],
                [{"family": "clicks", "what": ["4 fast clicks", "no answer"]}],
            )  # fmt: skip


async def test_counts_and_lists_are_those_of_the_table(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        found = await site.get("/moments", **PERIOD)
        mine = await ids_behind(site, {})
        table = [
            row for row in await rows_of(site, "SELECT * FROM emotion_predictions") if str(row["session_id"]) in mine
        ]
        assert {row["emotion"] for row in found["counts"]} == set(EMOTIONS)
        for row in found["counts"]:
            those = [one for one in table if one["emotion"] == row["emotion"]]
            assert row["moments"] == len(those)
            assert await ids_behind(site, row["filter"]) == {str(one["session_id"]) for one in those}
            segment = {"having": f"moment:{row['emotion']}"}
            assert (await site.get("/overview", **PERIOD, **segment))["sessions"] == row["sessions"]
            assert await ids_behind(site, {}, segment) == {str(one["session_id"]) for one in those}
            listed = await site.get("/moments", emotion=row["emotion"], limit=100, **PERIOD)
            assert len(listed["rows"]) == row["moments"]
        assert {row["emotion"] for row in found["rows"]} == {"frustrated", "confused"}, "what is not clear is asked for"


async def test_the_words_are_cautious_and_lead_to_the_second(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site, 1)
        (row,) = (await site.get("/moments", **PERIOD))["rows"]
        assert row["sentence"] == "Likely frustrated moment (weak evidence: 4 fast clicks, no answer)"
        assert (row["at_ms"], row["screen"], row["strength"]) == (5000, "/", "weak")
        session = await site.get(f"/sessions/{row['session_id']}")
        assert {"at_ms": 5000, "sentence": row["sentence"]}.items() <= {**session["moments"][0]}.items()
        assert not any("%" in one["sentence"] for one in session["moments"])


async def test_pages_follow_each_other_without_gap_or_repeat(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        whole = (await site.get("/moments", limit=100, **PERIOD))["rows"]
        assert [row["session_started_at"] for row in whole] == sorted(
            (row["session_started_at"] for row in whole), reverse=True
        )
        for limit in (1, 2, 3):
            rows: list[dict[str, Any]] = []
            cursor: str | None = None
            while True:
                more = {"cursor": cursor} if cursor else {}
                page = await site.get("/moments", limit=limit, **PERIOD, **more)
                rows += page["rows"]
                cursor = page["next_cursor"]
                if cursor is None:
                    break
            assert rows == whole
        strong = (await site.get("/moments", strength="weak", **PERIOD))["rows"]
        assert strong and {row["strength"] for row in strong} == {"weak"}


async def test_few_sessions_and_persons_have_no_list(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        few = await site.get("/moments", device="phone", **PERIOD)
        assert few["is_few"] and few["rows"] == few["counts"] == [] and few["min_sessions"] == 20
        assert not (await site.get("/moments", bots=1, **PERIOD))["is_few"]
        refused = await site.get("/moments", 400, user="ada", **PERIOD)
        assert "not listed by person" in refused["message"]


async def test_an_empty_project_and_what_is_refused(database: Database) -> None:
    async with site_of(database) as site:
        empty = await site.get("/moments", **PERIOD)
        assert (empty["rows"], empty["counts"], empty["next_cursor"]) == ([], [], None)
        for params in (
            {"emotion": "happy"},
            {"strength": "huge"},
            {"limit": 101},
            {"cursor": "x"},
            {"cursor": "bnVsbA"},
        ):
            assert (await site.get("/moments", 400, **params))["error"] == "invalid_request"
