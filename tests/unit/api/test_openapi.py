"""The OpenAPI document: complete, the same at each run, made without a database."""

from __future__ import annotations

import re

import msgspec

from mien.api.openapi import document

ASKED = ("NewThresholds", "Try", "Mute", "NewVerdict", "NewView", "ChangedView", "NewKey", "NewAccount", "NewToken",
         "NewProject")  # fmt: skip
"""Bodies that one sends: what they may leave out has a default."""


def test_the_document_is_the_same_at_each_run() -> None:
    assert document() == document()


def test_every_page_is_there_with_its_shapes_and_every_field_is_always_sent() -> None:
    found = msgspec.json.decode(document())
    project = "/api/projects/{slug}"
    assert set(found["paths"]) == {
        "/healthz", "/api/login", "/api/logout", "/api/me", f"{project}/overview", f"{project}/sessions",
        f"{project}/findings", f"{project}/heatmaps", f"{project}/heatmap", f"{project}/heatmap/elements",
        f"{project}/heatmap/page", f"{project}/heatmap/drift", f"{project}/journeys/flow", f"{project}/journeys/loops",
        f"{project}/journeys/funnel", f"{project}/journeys/choices",
        f"{project}/sessions/{{session_id}}", f"{project}/sessions/{{session_id}}/replay", f"{project}/freshness",
        f"{project}/live-check", f"{project}/score", f"{project}/sessions/{{session_id}}/verdicts",
        f"{project}/signals/thresholds", f"{project}/signals/try", f"{project}/signals/precision",
        f"{project}/signals/muted", f"{project}/errors", f"{project}/errors/{{group_key}}",
        f"{project}/errors/{{group_key}}/occurrences",
        f"{project}/latency", f"{project}/latency/api", f"{project}/latency/dose",
        f"{project}/latency/vitals",
        f"{project}/segment-values", f"{project}/element-label", f"{project}/score/summary", f"{project}/score/issues",
        f"{project}/screens", f"{project}/screens/one",
        f"{project}/screens/paint", f"{project}/screens/devices", f"{project}/moments", f"{project}/signals",
        f"{project}/signals/examples",
        f"{project}/views", f"{project}/views/{{view_id}}", f"{project}/settings",
        f"{project}/keys", f"{project}/keys/{{write_key}}",
        f"{project}/system", f"{project}/live", f"{project}/sessions.csv",
        f"{project}/sessions/{{session_id}}/notes", f"{project}/sessions/{{session_id}}/notes/{{note_id}}",
        "/api/projects",
        "/api/accounts", "/api/accounts/{name}", "/api/me/password", "/api/tokens", "/api/tokens/{token_id}",
    }  # fmt: skip
    for name, schema in found["components"]["schemas"].items():
        if schema.get("type") == "object" and name not in ("Health", *ASKED):
            assert set(schema.get("required", [])) == set(schema["properties"]), name


def test_every_reference_leads_somewhere() -> None:
    text = document()
    names = set(re.findall(r'"#/components/schemas/(\w+)"', text))
    assert names and names <= set(msgspec.json.decode(text)["components"]["schemas"])
