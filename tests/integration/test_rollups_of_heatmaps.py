"""Roll-ups of heatmaps where they are packed otherwise: many people in a day, windows that change their width."""

from __future__ import annotations

from mien.store.database import Database
from mien.store.roll_up import mark_all
from tests.support.queue import execute, value
from tests.support.rolled import SCHEMA, fill, settle
from tests.support.rollup_checks import check_figures, check_tables

TWO_DAYS = """
    UPDATE sessions
    SET started_at = date_trunc('day', localtimestamp) - interval '1 day' * (1 + abs(hashtext(session_id::text) % 2))
                     + (started_at - date_trunc('day', started_at))"""
WIDTHS_CHANGE = "UPDATE heatmap_views SET band = nullif(3 * (view % 2), view / 2 % 2)"
MORE_CLICKS = """
    INSERT INTO heatmap_clicks
    SELECT c.session_id, v.view, v.screen, c.element_id, c.label || ' ' || v.view % 2, c.rel_x / 10, c.rel_y,
           c.x_percent / 10, c.y_row / 10, v.view % 3 = 0, v.started_at + (v.ended_at - v.started_at) / 2
    FROM heatmap_clicks c
    JOIN heatmap_views v ON v.session_id = c.session_id AND v.screen = c.screen AND v.view <> c.view"""


async def test_many_people_and_windows_that_change_are_counted_as_one_by_one(database: Database) -> None:
    await fill(database, 400, seed=11)
    await settle(database)
    for statement in (TWO_DAYS, WIDTHS_CHANGE, MORE_CLICKS):
        await execute(database, statement)
    async with database.writing(SCHEMA) as queries:
        await mark_all(queries)
    await settle(database)
    bits = "SELECT count(*) FROM rollup_visitors WHERE part LIKE 'clicked:%' AND bits IS NOT NULL"
    assert await value(database, bits) > 10, "many clicked an element in a day"
    assert await value(database, "SELECT count(*) FROM rollup_elements WHERE band = -2") > 10, "at two widths"
    assert await value(database, "SELECT count(*) FROM rollup_cells WHERE band = -1") > 10, "at an unknown width"
    assert await value(database, "SELECT max(p) FROM rollup_cells CROSS JOIN unnest(people) AS p") == 5
    answered = await check_figures(database, names=("all", "release", "device", "hours"))
    assert answered["elements of heatmaps of all"] == "rollup and raw"
    assert answered["cells of heatmaps of device"] == "rollup and raw"
    await check_tables(database)
