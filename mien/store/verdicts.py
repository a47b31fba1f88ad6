"""What people say of signals: "frustration" or "not frustration", one verdict a signal, the last one counts.

A signal is named by its natural key (session, type, start, element, screen): ids change with every analysis. Verdicts
stay when a signal is not detected any more, for they are what its detector is judged by.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from mien.store.database import Queries
from mien.store.wilson import wilson_95

MIN_VERDICTS = 20
MUTE_BELOW = 0.3
"""After MIN_VERDICTS, an element whose precision is surely below MUTE_BELOW (upper bound of its 95 % interval) is
proposed for muting: signals.md A.3."""


class SignalKey(msgspec.Struct, frozen=True):
    """A signal of a session. `started_at`: naive UTC, to the microsecond."""

    session_id: UUID
    type: str
    started_at: datetime
    element_id: str | None
    screen: str | None


class Verdict(msgspec.Struct, frozen=True):
    """`at`: the signal's start, seconds since the epoch."""

    type: str
    at: float
    element_id: str | None
    screen: str | None
    is_frustration: bool
    account: str
    made_at: datetime


class VerdictCounts(msgspec.Struct, frozen=True):
    """How many signals of a type at one element were judged, and how many as frustration."""

    type: str
    element_id: str | None
    screen: str | None
    verdicts: int
    frustration: int

    @property
    def precision(self) -> float:
        """The share that was frustration."""
        return self.frustration / self.verdicts

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the precision."""
        return wilson_95(self.frustration, self.verdicts)

    @property
    def is_to_be_muted(self) -> bool:
        """Whether enough people said often enough that it is no frustration."""
        return self.element_id is not None and self.verdicts >= MIN_VERDICTS and self.interval[1] < MUTE_BELOW


async def signal_exists(queries: Queries, key: SignalKey) -> bool:
    """Whether the last analysis found it."""
    found: bool = await queries.fetch_value("verdict.signal_exists", **msgspec.structs.asdict(key))
    return found


async def put_verdict(queries: Queries, key: SignalKey, is_frustration: bool, account: str) -> None:
    """A repeat is harmless, another verdict takes the place of the former."""
    await queries.execute("verdict.put", **msgspec.structs.asdict(key), is_frustration=is_frustration, account=account)


async def take_back_verdict(queries: Queries, key: SignalKey) -> bool:
    """Whether there was one."""
    tag = await queries.execute("verdict.take_back", **msgspec.structs.asdict(key))
    return tag != "DELETE 0"


async def read_verdicts(queries: Queries, session_id: UUID) -> list[Verdict]:
    """Those of one session."""
    return await queries.fetch_all(Verdict, "verdict.of_session", session_id=session_id)


async def read_counts(queries: Queries) -> list[VerdictCounts]:
    """By type, element and screen as they are stored."""
    return await queries.fetch_all(VerdictCounts, "verdict.counts")
