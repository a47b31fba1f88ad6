"""Each table has one writer: SQL that changes a table stands only where its owner is."""

from __future__ import annotations

import re
from pathlib import Path

from mien.store.findings import DERIVED
from mien.store.rollups import TABLES as ROLLUPS
from mien.store.status import TABLES

ROOT = Path(__file__).resolve().parents[2]
SQL = ROOT / "mien" / "store" / "sql"
CHANGES = re.compile(r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|COPY|TRUNCATE)\s+(?:mien\.)?\"?(\w+)", re.IGNORECASE)

ROLLED = {
    "rollup_scores": ("summary", "causes", "places", "segments"), "rollup_visitors": ("visitors",),
    "rollup_latency": ("calls", "apis", "vitals", "waits"), "rollup_errors": ("errors", "error_parts"),
    "rollup_journeys": ("flows", "loops", "routes"), "rollup_screens": ("screens",),
    "rollup_signals": ("signals", "moments"), "rollup_heatmap": ("views",), "rollup_reach": ("reach",),
    "rollup_cells": ("cells",), "rollup_elements": ("elements",),
}  # fmt: skip
OWNERS: dict[str, set[str]] = {
    "users": {"collect"}, "sessions": {"collect"}, "session_facts": {"collect"}, "session_tabs": {"collect"},
    "received_batches": {"collect"}, "long_values": {"collect"}, "dropped_items": {"collect"},
    "analysis_queue": {"collect", "work_queue", "sweep"},  # fed by collector and sweeps, emptied by the worker
    "analyzer_runs": {"findings"}, "sweeps": {"sweep"}, "former_scores": {"findings"},
    "unsettled_sessions": {"findings", "work_queue"},  # noted with the findings, moved to the queue when they are over
    "baselines": {"baselines"}, "learnings": {"baselines"}, "verdicts": {"verdict"},
    "rollup_sessions": {"rollup"}, "dirty_hours": {"rollup"}, "visitors": {"rollup"},
    **{f"rollup_{name}": {of} for of, names in ROLLED.items() for name in names},
    "projects": {"project"}, "write_keys": {"project"},
    "saved_views": {"saved_view"}, "session_notes": {"session_note"},
    "accounts": {"account"}, "logins": {"account"}, "tokens": {"account"}, "audit": {"account", "demo"},
}  # fmt: skip


def changed_tables(text: str) -> set[str]:
    statements = re.sub(r"--.*", "", text)
    return {name.lower() for name in CHANGES.findall(statements)} - {"set", "of", "skip"}


def test_statements_change_only_tables_of_their_owner() -> None:
    wrong = [
        f"{file.name} changes {table}"
        for file in SQL.glob("*.sql")
        for table in changed_tables(file.read_text())
        if file.stem not in OWNERS.get(table, set())
    ]
    assert not wrong, "\n".join(wrong)


def test_each_roll_up_has_an_owner() -> None:
    assert sorted(name for names in ROLLED.values() for name in names) == sorted({*ROLLUPS} - {"sessions"})


def test_derived_tables_are_written_by_the_worker_and_collected_ones_by_the_collector() -> None:
    collected = set(TABLES) - set(DERIVED)
    assert len(collected) == 6 and len(set(TABLES) & set(DERIVED)) == 5
    from mien.collector.encode import COLUMNS

    assert set(COLUMNS) - {"call_timings"} | {"users", "sessions"} == collected, (
        "call_timings is ours, the others are given"
    )


def test_python_holds_no_sql_that_changes_tables() -> None:
    """Only store/findings.py builds SQL, from the registry of derived tables."""
    pattern = re.compile(r"[\"'](?:INSERT INTO|UPDATE \w+ SET|DELETE FROM|TRUNCATE)\b")
    wrong = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "mien").rglob("*.py")
        if path.name != "findings.py" and "migrations" not in path.parts and pattern.search(path.read_text())
    ]
    assert not wrong, wrong


def test_one_analyzer_owns_each_derived_table() -> None:
    from mien.analyzers import ANALYZERS, CONCLUSIONS

    owned = [part.table for part in (*ANALYZERS, *CONCLUSIONS) if part.table]
    assert sorted(owned) == sorted(set(DERIVED) - {"signals", "emotion_evidence", "score_facts"}), (
        "those three are of all signals together, and beside the tables of the conclusions"
    )


def test_the_judged_causes_are_those_that_some_analyzer_looks_for() -> None:
    from mien.analyzers import ANALYZERS
    from mien.store.causes import CAUSE_OF, JUDGED_CAUSES

    looked_for = {CAUSE_OF[kind] for analyzer in ANALYZERS for kind in analyzer.signal_types}
    assert looked_for == JUDGED_CAUSES
