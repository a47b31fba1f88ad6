"""The evaluation on a part of the real data: through HTTP, and in the direction that people's ratings have."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from evaluation.__main__ import judge, report
from evaluation.agreement import auc, spearman
from evaluation.iweb import read_tasks

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "iweb-qoe"


@pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data/iweb-qoe, which this clone has not beside it")
def test_scores_follow_the_ratings_of_real_tasks() -> None:
    rows = asyncio.run(judge(read_tasks(DATA)))
    assert spearman([row.score for row in rows], [row.task.rating for row in rows]) >= 0.65
    assert auc([row.score for row in rows], [row.is_bad for row in rows]) >= 0.84
    angry = [row for row in rows if row.signals["rage_click"]]
    assert sum(row.is_bad for row in angry) / len(angry) >= 0.70
    assert "| Rating | Tasks | Mean score |" in report(rows)
