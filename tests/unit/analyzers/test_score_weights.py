"""The table of weights is what the docs say, and nothing in it is unsourced."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mien.analyzers import ANALYZERS, score_weights
from mien.analyzers.score_weights import INCIDENT_SOURCES, INCIDENT_WEIGHTS, VITAL_POINTS, VITAL_WEIGHTS

DOCS = Path(__file__).parents[3] / "docs" / "analyzers" / "experience_score.md"


@pytest.mark.parametrize("incident_type", sorted(INCIDENT_WEIGHTS))
def test_every_weight_has_a_source_and_stands_in_the_docs(incident_type: str) -> None:
    weight, source = INCIDENT_SOURCES[incident_type]
    assert 0 < weight <= 1.2
    assert source
    row = re.search(rf"^\| `{incident_type}` \| ([0-9.]+) \|", DOCS.read_text(), re.MULTILINE)
    assert row is not None, "not in the docs' table"
    assert float(row.group(1)) == weight


def test_every_signal_weighs_or_only_explains() -> None:
    only_explains = {"multi_click", "slow_api", "unfinished_wait"}
    emitted = {name for analyzer in ANALYZERS for name in analyzer.signal_types}
    assert emitted - only_explains <= INCIDENT_WEIGHTS.keys()
    assert not only_explains & INCIDENT_WEIGHTS.keys()


def test_the_vitals_weigh_one_in_all_and_have_points_for_each_device() -> None:
    assert sum(VITAL_WEIGHTS.values()) == pytest.approx(1)
    for points in VITAL_POINTS.values():
        assert points.keys() == VITAL_WEIGHTS.keys()
        assert all(0 < good < poor for good, poor in points.values())


def test_a_changed_weight_changes_the_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(INCIDENT_WEIGHTS, "dead_click", 0.11)
    assert score_weights._weights_hash() != score_weights.WEIGHTS_HASH
