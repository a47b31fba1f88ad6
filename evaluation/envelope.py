"""What every data set puts around its items: one session as one batch of Mien's wire format. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

Items = Sequence[dict[str, Any]]


def envelope(
    write_key: str,
    session_id: str,
    device: str,
    started_at: int,
    user: dict[str, str],
    events: Items,
    latency: Items = (),
    errors: Items = (),
    replay: Items = (),
) -> dict[str, Any]:
    """The batch. `started_at`: epoch ms. The ids of batch and tab follow from the session's: made twice, it is one."""
    return {
        "write_key": write_key,
        "batch_id": str(uuid.uuid5(uuid.UUID(session_id), "batch")),
        "tab": str(uuid.uuid5(uuid.UUID(session_id), "tab")),
        "seq": 0,
        "session": {"session_id": session_id, "device_id": device, "started_at": started_at, "user": user},
        "events": list(events),
        "latency": list(latency),
        "errors": list(errors),
        "replay": list(replay),
    }
