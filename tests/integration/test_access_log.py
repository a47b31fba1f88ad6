"""A real web server's log: robots are kept apart, and people's ways are those of the log."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from evaluation import access_log_report
from evaluation.access_log import read_visits, visits_of

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "apache-access-log"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:27.0) Gecko/20100101 Firefox/27.0"


def line(clock: str, path: str, status: int = 200, agent: str = BROWSER, address: str = "192.0.2.7") -> str:
    return f'{address} - - [17/May/2015:{clock} +0000] "GET {path} HTTP/1.1" {status} 10 "-" "{agent}"'


def test_pages_of_one_address_and_program_are_a_visit_until_half_an_hour_passes() -> None:
    visits = visits_of(
        [
            line("10:20:00", "/b"),
            line("10:00:00", "/a?token=1"),
            line("10:00:01", "/style.css"),
            line("10:00:02", "/gone", status=404),
            line("10:50:01", "/c"),
            line("10:00:03", "/a", agent="other"),
            "no line of a log",
        ]
    )
    assert [[path for _, path, _ in visit.pages] for visit in visits] == [["/a", "/b"], ["/c"], ["/a"]]
    assert [visit.loaded_styles for visit in visits] == [True, True, False]
    assert len({visit.session_id for visit in visits}) == 3 and "192.0.2.7" not in str(visits)


@pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data, which this clone has not beside it")
def test_robots_are_kept_apart_and_people_come_in_where_the_log_says() -> None:
    visits = read_visits(DATA)
    judged = asyncio.run(access_log_report.judge(visits))
    asked = [visit.session_id in judged.marked for visit in visits if visit.asked_for_rules]
    browsers = [
        visit.session_id in judged.marked for visit in visits if visit.loaded_styles and not visit.asked_for_rules
    ]
    assert sum(asked) / len(asked) >= 0.95 and sum(browsers) / len(browsers) <= 0.01

    people = [visit for visit in visits if visit.session_id not in judged.marked]
    assert judged.everybody == len(visits) > len(people) > 0
    assert sum(node.sessions for node in judged.flow.nodes if node.depth == 0) == len(people)
    entries = Counter(access_log_report.plain(visit.pages[0][1]) for visit in people)
    shown = {node.screen: node.sessions for node in judged.flow.nodes if node.depth == 0 and node.screen}
    assert shown and shown == {screen: entries[screen] for screen in shown}
    for node in judged.flow.nodes:
        out = sum(edge.sessions for edge in judged.flow.edges if (edge.depth, edge.screen) == (node.depth, node.screen))
        assert node.sessions == out + (node.end.sessions if node.end else 0) + node.beyond
