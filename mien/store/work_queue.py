"""The queue of sessions to analyse: a table, leases and tokens; no broker.

A claim is a short transaction that only moves `leased_until`, so the collector never waits for an analysis. A token
that changed meanwhile says that the session grew: it then stays in the queue. A crash means that the lease runs out
and somebody repeats the work, which is harmless because rows are replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

import msgspec

from mien.store.database import Queries

LEASE_S = 120.0


class Claim(msgspec.Struct, frozen=True):
    """A session to analyse, and the token that it had when it was claimed."""

    session_id: UUID
    token: int


class Waiting(msgspec.Struct, frozen=True):
    """Sessions in the queue, and how long the oldest due one has waited."""

    queued: int
    behind_s: float


async def claim_sessions(queries: Queries, lease: UUID, max_sessions: int) -> list[Claim]:
    """Up to `max_sessions` due sessions, ours for LEASE_S seconds."""
    return await queries.fetch_all(Claim, "work_queue.claim", lease=lease, lease_s=LEASE_S, max_sessions=max_sessions)


async def still_held(queries: Queries, lease: UUID, session_ids: Sequence[UUID]) -> set[UUID]:
    """Which of these are still ours: a lease may have run out while the machine slept."""
    return set(await queries.fetch_values("work_queue.held", session_ids=list(session_ids), lease=lease))


async def finish_sessions(queries: Queries, lease: UUID, claims: Collection[Claim]) -> None:
    """Take finished sessions off the queue; those that grew meanwhile are due again later."""
    session_ids = [claim.session_id for claim in claims]
    tokens = [claim.token for claim in claims]
    await queries.execute("work_queue.finish", session_ids=session_ids, tokens=tokens, lease=lease)
    await queries.execute("work_queue.release", session_ids=session_ids, lease=lease, wait_s=0.5)


async def put_off(queries: Queries, lease: UUID, session_ids: Sequence[UUID], wait_s: float) -> None:
    """Give sessions back that could not be done; they are due again after `wait_s`."""
    await queries.execute("work_queue.release", session_ids=list(session_ids), lease=lease, wait_s=wait_s)


async def waiting(queries: Queries) -> Waiting:
    """How much there is to do."""
    found = await queries.fetch_one(Waiting, "work_queue.waiting")
    return found if found is not None else Waiting(0, 0.0)
