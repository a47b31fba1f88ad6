"""docs/analyzers/experience_score.md is right: its tables, and its session, recomputed by hand and by the code."""

# ruff: noqa: RUF001  (the page writes a minus as a minus)

from __future__ import annotations

import re
from math import exp, log
from pathlib import Path

import pytest

from mien.analyzers.baselines import NO_BASELINES
from mien.analyzers.curve import accepted_share
from mien.analyzers.incidents import weights_of
from mien.analyzers.run import Outcome, run
from mien.analyzers.score_terms import vital_lines, vital_weights
from mien.analyzers.thresholds import DEFAULTS
from tests.support.timelines import timeline

PAGE = (Path(__file__).parents[3] / "docs" / "analyzers" / "experience_score.md").read_text()
WEIGHTS = weights_of(DEFAULTS.weight)
STEPS = PAGE[PAGE.index("## A session, step by step") : PAGE.index("## What is stored")]


def numbers(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"(?<![\w/#.])\d+(?:\.\d+)?", text)]


def step(number: int) -> str:
    """One paragraph of the example on one line, without its heading."""
    found = re.search(rf"\*\*{number}\. .*?\*\* (.*?)\n\n", STEPS, re.DOTALL)
    assert found is not None
    return " ".join(found.group(1).split())


def rows(heading: str, text: str = PAGE) -> list[list[str]]:
    """The rows of the table under this line of headings, cell by cell."""
    _, _, after = text.partition(heading + "\n")
    lines = after.splitlines()[1:]
    table = [line for line, _ in zip(lines, iter(lambda: None, 0), strict=False)]
    end = next((index for index, line in enumerate(table) if not line.startswith("|")), len(table))
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in table[:end]]


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    found = re.search(r"```\n(.*?)```", STEPS, re.DOTALL)
    assert found is not None
    return run(timeline(found.group(1), device_type="desktop"), NO_BASELINES)


ISSUES = [
    (kind, place, float(hazard), float(points), int(shown), float(gain))
    for kind, place, hazard, points, shown, gain in rows(
        "| Issue | Where | h | Points | Shown | Gain if fixed |", STEPS
    )
]


def test_the_code_lists_the_issues_of_the_page(outcome: Outcome) -> None:
    [row] = outcome.rows["experience_scores"]
    issues = row.issues  # type: ignore[attr-defined]
    assert [(issue["type"], issue["element"] or issue["api"] or "") for issue in issues] == [one[:2] for one in ISSUES]
    for issue, (_, _, hazard, points, shown, gain) in zip(issues, ISSUES, strict=True):
        assert round(issue["hazard"], 4) == hazard
        assert round(issue["points"], 2) == points
        assert issue["points_shown"] == shown
        assert round(issue["gain_if_fixed"], 2) == gain


def test_the_code_gives_the_score_of_the_page(outcome: Outcome) -> None:
    [row], facts = outcome.rows["experience_scores"], outcome.score_facts
    assert facts is not None and facts.score_exact is not None
    hazard, hundred, again, score, shown, lost, lost_shown = numbers(step(4))
    assert (round(facts.hazard, 4), hundred, again) == (hazard, 100, hazard)
    assert (round(facts.score_exact, 2), row.score) == (score, shown)  # type: ignore[attr-defined]
    assert (round(100 - facts.score_exact, 2), 100 - shown) == (lost, lost_shown)


def test_a_pocket_calculator_gets_from_the_rows_to_the_hazards() -> None:
    vital = 0.6 * -log(0.5)
    assert re.search(r"−ln 0\.5 = ([0-9.]+)", step(1)) and round(-log(0.5), 4) == 0.6931
    assert step(1).endswith(f"h = 0.6 · 0.6931 = {vital:.4f}.")
    losses = [-log(0.9), -log(0.5), -log(0.9), -log(0.02)]
    said = re.search(r"(0\.25) · \(−ln q\) / (\d): (.*)\.$", step(2))
    assert said is not None
    assert [f"{float(said.group(1)) * loss / int(said.group(2)):.4f}" for loss in losses] == said.group(3).split(", ")
    assert all(f"{loss:.4f}" in step(2) for loss in losses)
    assert pytest.approx(0.9) == DEFAULTS.rage_click.confidence_of_4 * DEFAULTS.rage_click.failure_factor
    for said_product in re.findall(r"h = ([0-9.]+) · ([0-9.]+) = (\d+\.\d+)", step(3)):
        weight, confidence, hazard = map(float, said_product)
        assert weight * confidence == pytest.approx(hazard, abs=5e-5)
    assert f"and 0.6 of it, {0.6 * 0.08:.4f}," in step(3)


def test_a_pocket_calculator_gets_from_the_hazards_to_the_score_and_its_parts() -> None:
    hazard, _, _, score, _, lost, lost_shown = numbers(step(4))
    assert sum(one[2] for one in ISSUES) == pytest.approx(hazard, abs=3e-4)
    assert 100 * exp(-hazard) == pytest.approx(score, abs=5e-3)
    assert sum(one[3] for one in ISSUES) == pytest.approx(lost, abs=0.03)
    assert sum(one[4] for one in ISSUES) == lost_shown
    for _, _, part, points, _, gain in ISSUES:
        assert lost * part / hazard == pytest.approx(points, abs=0.01)
        assert score * (exp(part) - 1) == pytest.approx(gain, abs=0.01)
    assert step(5).startswith(f"points = {lost} · h / {hazard}; gain if fixed = {score} · (e^h − 1).")


def test_the_merged_incident_is_what_the_page_says(outcome: Outcome) -> None:
    first = outcome.incidents[0]
    assert (first.type, first.confidence) == ("rage_click", 0.9)
    assert first.also == ("dead_click", "error_click", "failed_request")
    assert [(incident.element_id, incident.confidence) for incident in outcome.incidents[1:]] == [
        ("#help", 0.8), ("#terms", 0.8),
    ]  # fmt: skip


def test_the_table_of_weights_is_the_table_of_the_code() -> None:
    table = rows("| Type | Weight | One, sure | Cap | Why |")
    assert {kind: float(weight) for kind, weight, *_ in table} == dict(WEIGHTS)
    for kind, _, one, cap, _ in table:
        assert f"−{100 * (1 - exp(-WEIGHTS[kind])):.1f}" == one
        assert f"−{100 * (1 - exp(-WEIGHTS[kind] / (1 - DEFAULTS.score.repeat_factor))):.1f}" == cap


def test_the_table_of_vitals_is_the_table_of_the_code() -> None:
    table = rows("| Vital | Weight | Desktop good / poor | Mobile good / poor |")
    assert {name: float(weight) for name, weight, *_ in table} == dict(vital_weights(DEFAULTS.score))
    for name, _, desktop, mobile in table:
        assert tuple(numbers(desktop)) == vital_lines(DEFAULTS, "desktop")[name]
        assert tuple(numbers(mobile)) == vital_lines(DEFAULTS, "mobile")[name]


def test_the_single_examples_are_right() -> None:
    for _, sum_of_hazards, said in rows("| Session | H | Score |"):
        hazard, score = numbers(sum_of_hazards)[-1], numbers(said)[0]
        assert 100 * exp(-hazard) == pytest.approx(score, abs=0.05)


def test_the_values_of_the_curve_that_the_page_names_are_right() -> None:
    said = re.search(
        r"q is ([0-9.]+) at 100 ms, ([0-9.]+) at 1 s, ([0-9.]+) at 2 s, ([0-9.]+) at 4 s, ([0-9.]+) at 10 s", PAGE
    )
    assert said is not None
    lines = (DEFAULTS.score.latency_good_ms, DEFAULTS.score.latency_median_ms)
    for value, latency_ms in zip(said.groups(), (100, 1000, 2000, 4000, 10_000), strict=True):
        assert accepted_share(latency_ms, *lines) == pytest.approx(float(value), abs=0.006)
