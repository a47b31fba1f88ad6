"""The mix of the benchmarks of ingest and analysis: batches as browsers send them, gzipped.

A batch is one minute of one tab: 50 events (120 screens, 600 elements), 5 API calls, now and then an error and a replay
chunk. Shares of the events: every seventh begins a screen, then clicks, scrolls, pointer cells and custom events; every
batch has one pair of `visibility`; every third session fills a form on each screen (two fields, a submit). The keys of
metadata are those of docs/wire-format.md. Shares are a guess at a shop, not measured anywhere.
"""

from __future__ import annotations

import base64
import gzip
import json
import random
import time
import uuid
from collections.abc import Callable
from typing import Any

EVENTS = 50
BATCH_MS = 60_000
BATCHES_PER_SESSION = 10
FORM_SESSIONS = 3
"""One in so many sessions fills forms."""
ON_A_SCREEN = ("screen_view", "scroll", "click", "pointer", "click", "scroll", "added_to_cart")
ON_A_FORM = ("screen_view", "scroll", "input", "click", "input", "submit", "pointer")
HIDES_AT, SEEN_AT = 30, 31
VIEW = {"vw": 1440, "vh": 900, "page_h": 4000}
SCREENS = [f"/shop/{name}/{number}" for name in ("list", "item", "cart", "pay") for number in range(30)]
ELEMENTS = [f"#button-{number}" for number in range(600)]

Dice = random.Random


def _screen_view(dice: Dice) -> dict[str, Any]:
    return {"title": "The shop", "url": "https://shop.example.com/", "load": dice.choice(("full", "spa")), **VIEW}


def _click(dice: Dice) -> dict[str, Any]:
    """One in ten is not answered."""
    is_answered = dice.random() < 0.9
    return VIEW | {
        "rel_x": 0.5,
        "rel_y": 0.5,
        "tag": "button",
        "label": "Buy",
        "button": 0,
        "detail": 1,
        "trusted": True,
        "pointer": "mouse",
        "interactive": "native",
        "response": "mutation" if is_answered else None,
        "response_ms": dice.randrange(900) if is_answered else None,
    }


def _scroll(dice: Dice) -> dict[str, Any]:
    low = dice.randrange(2000)
    return {"min_y": low, "max_y": low + 900, "vh": 900, "page_h": 4000, "reversals": dice.randrange(3), "travel": 1200}


def _pointer(dice: Dice) -> dict[str, Any]:
    cells = [[dice.randrange(90), dice.randrange(250), dice.randrange(2000)] for _ in range(3)]
    return {"cells": cells, "turns": dice.randrange(4), "path_px": 800, "speed": 400}


def _input(dice: Dice) -> dict[str, Any]:
    return {
        "form": "address",
        "field": dice.choice(("name", "street", "city")),
        "returns": dice.randrange(2),
        "refills": 0,
        "length": dice.randrange(30),
        "invalid": int(dice.random() < 0.1),
        "duration_ms": dice.randrange(5000),
    }


def _submit(dice: Dice) -> dict[str, Any]:
    is_accepted = dice.random() < 0.8
    return {"form": "address", "invalid": int(not is_accepted), "success": is_accepted, "duration_ms": 9000}


METADATA: dict[str, Callable[[Dice], dict[str, Any]]] = {
    "screen_view": _screen_view,
    "click": _click,
    "scroll": _scroll,
    "pointer": _pointer,
    "input": _input,
    "submit": _submit,
}


def make_events(dice: Dice, started_ms: int, has_forms: bool) -> list[dict[str, Any]]:
    """The events of one batch, oldest first, over BATCH_MS; times in milliseconds since the epoch."""
    kinds = ON_A_FORM if has_forms else ON_A_SCREEN
    events = []
    screen = ""
    for n in range(EVENTS):
        kind = kinds[n % len(kinds)]
        if kind == "screen_view":
            screen = dice.choice(SCREENS)
        if n in (HIDES_AT, SEEN_AT):
            kind, metadata = "visibility", {"state": "hidden" if n == HIDES_AT else "visible", "active_ms": 20_000}
        else:
            metadata = METADATA[kind](dice) if kind in METADATA else {"value": 5}
        event = {
            "type": kind,
            "at": started_ms + n * (BATCH_MS // EVENTS) + dice.randrange(600),
            "screen": screen,
            "scroll": 200,
            "metadata": metadata | {"seq": n},
        }
        if kind in ("click", "input", "submit"):
            event |= {"element_id": dice.choice(ELEMENTS), "x": dice.randrange(1400), "y": dice.randrange(4000)}
        events.append(event)
    return events


def make_batches(key: str, count: int, seed: int, per_session: int = BATCHES_PER_SESSION) -> list[bytes]:
    """Gzipped bodies. Sessions are interleaved; those of one session follow each other in time and end now."""
    dice = random.Random(seed)
    now = int(time.time() * 1000)
    number_of_sessions = max(1, count // per_session)
    sessions = [(_uuid(dice), _uuid(dice)) for _ in range(number_of_sessions)]
    began = now - per_session * BATCH_MS
    replay = _replay(dice, now)
    bodies = []
    for number in range(count):
        of_session, seq = number % number_of_sessions, number // number_of_sessions
        session_id, tab = sessions[of_session]
        start = began + seq * BATCH_MS
        body: dict[str, Any] = {
            "write_key": key,
            "batch_id": _uuid(dice),
            "sent_at": now,
            "tab": tab,
            "seq": seq,
            "session": {
                "session_id": session_id,
                "device_id": tab,
                "started_at": began,
                "screen_resolution": "1440x900",
                "app_version": "4.12.0",
            },
            "events": make_events(dice, start, of_session % FORM_SESSIONS == 0),
            "latency": [
                {"api": f"GET /api/{n}", "latency_ms": dice.randrange(2000), "status": 200, "at": start + 10_000 * n}
                for n in range(5)
            ],
        }
        if number % 3:
            body["session"]["user"] = {"external_user_id": f"user-{of_session}", "locale": "de-DE"}
        if number % 10 == 0:
            body["errors"] = [
                {"screen": "/shop/cart/1", "message": "TypeError: x is undefined", "stack": "at f", "at": start}
            ]
        if number % 5 == 0:
            body["replay"] = [{"index": seq, "at": start, "enc": "gzip", "n": 60, "data": replay}]
        bodies.append(gzip.compress(json.dumps(body, separators=(",", ":")).encode(), 1))
    return bodies


def _uuid(dice: Dice) -> str:
    return str(uuid.UUID(int=dice.getrandbits(128)))


def _replay(dice: Dice, now: int) -> str:
    """About 4 kB of base64, the same in every chunk."""
    events = [{"type": 3, "timestamp": now, "data": {"text": dice.randbytes(20).hex()}} for _ in range(60)]
    return base64.b64encode(gzip.compress(json.dumps(events).encode(), 6)).decode()
