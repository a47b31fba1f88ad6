"""What Mien shows of the visits of a real web server's log: ways, entries, robots kept apart.

Nobody labelled the robots. Two things that Mien is not told stand in: who asked for /robots.txt is one, as a rule; who
loaded the style sheets has a browser (some robots do, too).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from evaluation.access_log import Visit, batch_of
from evaluation.importing import imported, rows_of
from mien.store.filters import Segment, segment_snapshot
from mien.store.journeys import Flow, FlowQuestion, read_flow

TOP = 5
MARKED = "SELECT session_id::text AS session_id, is_bot FROM session_facts"


@dataclass(frozen=True)
class Judged:
    """`marked`: the ids of sessions that Mien calls robots.

    `flow`: from the entry, robots left out. `everybody`: sessions with them.
    """

    visits: Sequence[Visit]
    marked: frozenset[str]
    flow: Flow
    everybody: int

    def people(self) -> list[Visit]:
        return [visit for visit in self.visits if visit.session_id not in self.marked]


async def judge(visits: Sequence[Visit]) -> Judged:
    """The visits as sessions, and where the people's go."""
    whole = Segment(
        since=datetime.fromtimestamp(visits[0].pages[0][0] / 1000, UTC).replace(tzinfo=None) - timedelta(days=30),
        until=datetime.fromtimestamp(visits[0].pages[0][0] / 1000, UTC).replace(tzinfo=None) + timedelta(days=30),
    )
    with_robots = Segment(since=whole.since, until=whole.until, include_bots=True)
    async with imported(lambda key: [batch_of(visit, key) for visit in visits]) as database:
        marked = frozenset(row["session_id"] for row in await rows_of(database, MARKED) if row["is_bot"])
        async with segment_snapshot(database, "p_default") as queries:
            flow = await read_flow(queries, whole, FlowQuestion(depth=3, max_nodes=TOP))
            everybody = await read_flow(queries, with_robots, FlowQuestion(depth=1, max_nodes=TOP))
    return Judged(visits, marked, flow, sum(node.sessions for node in everybody.nodes if node.depth == 0))


def marked_share(visits: Sequence[Visit], marked: frozenset[str]) -> str:
    hits = sum(visit.session_id in marked for visit in visits)
    return f"{hits} of {len(visits)} ({hits / len(visits):.1%})" if visits else "none there"


def plain(path: str) -> str:
    """One name for one page: no slash at the end, lower case. Names with numbers stay apart here."""
    return path.rstrip("/").lower() or "/"


def report(judged: Judged) -> str:
    """The tables of docs/evaluation.md."""
    visits, people = judged.visits, judged.people()
    entries = Counter(plain(visit.pages[0][1]) for visit in people)
    nodes = {node.screen: node for node in judged.flow.nodes if node.depth == 0}
    rows = [
        f"| {len(visits)} visits with at least one page | Called robots |",
        "|---|---|",
        f"| all | {marked_share(visits, judged.marked)} |",
        f"| whose address and program asked for /robots.txt | "
        f"{marked_share([visit for visit in visits if visit.asked_for_rules], judged.marked)} |",
        f"| that loaded style sheets and did not ask for it | "
        f"{marked_share([one for one in visits if one.loaded_styles and not one.asked_for_rules], judged.marked)} |",
        "",
        f"| Where people come in ({len(people)} visits) | In the log | In Mien |",
        "|---|---|---|",
        *(
            f"| `{page}` | {count} | {nodes[page].sessions if page in nodes else 'among others'} |"
            for page, count in entries.most_common(TOP)
        ),
    ]
    return "\n".join(rows)
