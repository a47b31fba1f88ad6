"""The evaluation on a part of the real data: through HTTP, and in the direction that people's ratings have."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from evaluation import errors_report, recordings_report
from evaluation.agreement import auc, spearman
from evaluation.errors import OLD_TRACES, read_events, read_traces
from evaluation.errors_report import count_pairs
from evaluation.iweb import read_tasks
from evaluation.iweb_report import judge, report
from evaluation.recordings import read_recordings

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data, which this clone has not beside it")


@needs_data
def test_scores_follow_the_ratings_of_real_tasks() -> None:
    rows = asyncio.run(judge(read_tasks(DATA / "iweb-qoe")))
    assert spearman([row.score for row in rows], [row.task.rating for row in rows]) >= 0.65
    assert auc([row.score for row in rows], [row.is_bad for row in rows]) >= 0.84
    angry = [row for row in rows if row.signals["rage_click"]]
    assert len(angry) / len(rows) <= 0.25
    assert sum(row.is_bad for row in angry) / len(angry) >= 0.70
    assert "| Rating | Tasks | Mean score |" in report(rows)


@needs_data
def test_rage_fires_in_no_recording_of_a_person() -> None:
    rows = asyncio.run(recordings_report.judge(read_recordings(DATA / "rrweb-recordings")))
    assert len(rows) >= 5 and sum(row.signals["rage_click"] for row in rows if row.is_human) == 0
    assert all(row.score == 100 for row in rows if row.score is not None)


@needs_data
def test_error_groups_join_what_is_one_mistake_over_browsers_better_than_equal_messages() -> None:
    events = asyncio.run(errors_report.judge(read_events(DATA / "error-events")))
    of_web = count_pairs([one for one in events if one.told.is_web], lambda one: one.group)
    assert (of_web.precision, of_web.recall) == (1, 1) and of_web.same == 6
    labelled = [one for one in events if one.told.label]
    mien, plain = (count_pairs(labelled, key) for key in (lambda one: one.group, lambda one: one.message))
    assert (mien.precision or 0) >= 0.65 > (plain.precision or 0) and (mien.recall or 0) >= (plain.recall or 0)
    traces = asyncio.run(errors_report.judge(read_traces(DATA / "js-stack-traces")))
    newer = count_pairs([one for one in traces if one.told.name not in OLD_TRACES], lambda one: one.group)
    assert newer.precision == 1 and (newer.recall or 0) >= 0.85
