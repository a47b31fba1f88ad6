"""The queue of sessions to analyse: a table, leases and tokens; no broker.

A claim is a short transaction that only moves `leased_until`, so the collector never waits for an analysis. A token
that changed meanwhile says that the session grew: it then stays in the queue. A crash means that the lease runs out
and somebody repeats the work, which is harmless because rows are replaced. Only what is written under a lease that
still holds is finished.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from mien.store.database import Queries

LEASE_S = 120.0


class Claim(msgspec.Struct, frozen=True):
    """A session to analyse, and the token that it had when it was claimed."""

    session_id: UUID
    token: int


class Share(msgspec.Struct, frozen=True):
    """A part of the queue: what was due at `until` (None: whatever is due), of the sessions `only` (None: any).

    With a time it only shrinks, however busy the site is: whoever queues a session, or gives one back, makes it due
    later than that.
    """

    until: datetime | None = None
    only: Sequence[UUID] | None = None


ALL_DUE = Share()


class Waiting(msgspec.Struct, frozen=True):
    """Sessions in the queue, and how long the oldest due one has waited."""

    queued: int
    behind_s: float


async def enqueue(queries: Queries, everything: bool = False, only: Sequence[UUID] | None = None) -> Share:
    """Make due now: all sessions, these, or (without either) those that wait already. Returns what that is."""
    if everything:
        await queries.execute("work_queue.enqueue_all")
    elif only is not None:
        await queries.execute("work_queue.enqueue_some", session_ids=list(only))
    else:
        await queries.execute("work_queue.hurry")
    return Share(until=await queries.fetch_value("work_queue.mark"), only=only)


async def count_left(queries: Queries, share: Share) -> int:
    """How many sessions of a share (with a time) are not finished."""
    left: int = await queries.fetch_value("work_queue.left", until=share.until, only=share.only)
    return left


async def enqueue_outdated(queries: Queries, version_key: str, max_sessions: int) -> int:
    """Queue some sessions that stand under another version, the newest first; returns how many."""
    tag = await queries.execute("work_queue.enqueue_outdated", version_key=version_key, max_sessions=max_sessions)
    return int(tag.rsplit(" ", 1)[-1])


async def enqueue_settled(queries: Queries, max_sessions: int) -> int:
    """Queue some sessions that are over now and were last analysed before, where that matters; returns how many."""
    tag = await queries.execute("work_queue.enqueue_settled", max_sessions=max_sessions)
    return int(tag.rsplit(" ", 1)[-1])


async def claim_sessions(queries: Queries, lease: UUID, max_sessions: int, share: Share = ALL_DUE) -> list[Claim]:
    """Up to `max_sessions` sessions of `share` that nobody has in hand, ours for LEASE_S seconds."""
    return await queries.fetch_all(
        Claim,
        "work_queue.claim",
        lease=lease,
        lease_s=LEASE_S,
        max_sessions=max_sessions,
        until=share.until,
        only=share.only,
    )


async def renew(queries: Queries, lease: UUID, session_ids: Sequence[UUID]) -> set[UUID]:
    """Keep these for another LEASE_S; returns which of them nobody else has claimed or queued anew meanwhile."""
    return set(
        await queries.fetch_values("work_queue.renew", session_ids=list(session_ids), lease=lease, lease_s=LEASE_S)
    )


async def still_held(queries: Queries, lease: UUID, session_ids: Sequence[UUID]) -> set[UUID]:
    """Which of these are still ours: a lease may have run out while the machine slept."""
    return set(await queries.fetch_values("work_queue.held", session_ids=list(session_ids), lease=lease))


async def finish_sessions(queries: Queries, lease: UUID, claims: Collection[Claim], written: Collection[UUID]) -> None:
    """Take sessions whose rows were `written` off the queue; those that grew meanwhile are due again later, and so are
    the others."""
    done = [claim for claim in claims if claim.session_id in written]
    session_ids = [claim.session_id for claim in claims]
    await queries.fetch_values("work_queue.lock", session_ids=session_ids, lease=lease)
    await queries.execute(
        "work_queue.finish",
        session_ids=[claim.session_id for claim in done],
        tokens=[claim.token for claim in done],
        lease=lease,
    )
    await queries.execute("work_queue.release", session_ids=session_ids, lease=lease, wait_s=0.5)


async def put_off(queries: Queries, lease: UUID, session_ids: Sequence[UUID], wait_s: float) -> None:
    """Give sessions back that could not be done; they are due again after `wait_s`."""
    await queries.fetch_values("work_queue.lock", session_ids=list(session_ids), lease=lease)
    await queries.execute("work_queue.release", session_ids=list(session_ids), lease=lease, wait_s=wait_s)


async def waiting(queries: Queries) -> Waiting:
    """How much there is to do."""
    found = await queries.fetch_one(Waiting, "work_queue.waiting")
    return found if found is not None else Waiting(0, 0.0)
