-- The fullest cells of rollup_cells where it answers, and of the `spots` of the sessions in `picked`.
-- In: the parameters of a Source (rollups.py) and of heat_views.sql; layers text[] (one); min_people, max_cells int.
-- Out: element ('' of the page), x and y (per cent of the width and rows of 16 px, or twentieths of the element), fixed, amount
-- (clicks, or ms), views, cells (of all that may be shown), hidden_cells and hidden_amount (of fewer people).  The fullest
-- first; one row of NULL places when none is shown.
-- include: class_of_picked
, fresh AS MATERIALIZED (
-- include: cells_rows
), kept AS MATERIALIZED (
  SELECT row_number() OVER () AS row_num, 0 AS group_num, r.* FROM
-- include: buckets
  JOIN rollup_cells r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
                     AND r.screen = :heat_screen AND (:band IS NULL OR r.band = :band) AND r.layer = ANY (:layers)
)
-- include: cells_unpacked
, elements AS (
  SELECT DISTINCT name_num, element FROM names
), sums AS MATERIALIZED (
  SELECT element, cell, sum(amount)::float8 AS amount, sum(views)::bigint AS views, max(people) AS people
  FROM (SELECT coalesce(e.element, '') COLLATE "C" AS element, p.cell, p.amount, p.views, p.people
        FROM (SELECT name_num, cell, sum(amount) AS amount, sum(views) AS views, max(people) AS people
              FROM pieces GROUP BY name_num, cell) AS p
        LEFT JOIN elements e ON e.name_num = p.name_num
        UNION ALL
        SELECT element, cell, sum(amount), sum(views), count(*) FROM fresh GROUP BY element, cell) AS n
  GROUP BY element, cell
), doubtful AS MATERIALIZED (  -- in no bucket enough people came to them, but in all together perhaps
  SELECT s.element, coalesce(e.name_num, 0) AS name_num, s.cell
  FROM sums s LEFT JOIN elements e ON e.element = s.element WHERE s.people < :min_people::int AND s.views >= :min_people
), told AS (  -- IS TRUE: a set to look into, not a join, for which the planner would take the many for few
  SELECT element, cell
  FROM (SELECT f.element, f.cell, f.user_key FROM fresh f WHERE ((f.element, f.cell) IN (SELECT element, cell FROM doubtful)) IS TRUE
        UNION
        SELECT coalesce(e.element, '') COLLATE "C", p.cell, p.user_key
        FROM (SELECT DISTINCT name_num, cell, user_key FROM persons
              WHERE ((name_num, cell) IN (SELECT name_num, cell FROM doubtful)) IS TRUE) AS p
        LEFT JOIN elements e ON e.name_num = p.name_num) AS n
  GROUP BY element, cell HAVING count(*) >= :min_people
), cells AS MATERIALIZED (
  SELECT s.*, s.people >= :min_people OR (s.element, s.cell) IN (SELECT element, cell FROM told) AS is_shown FROM sums s
), totals AS (
  SELECT count(*) FILTER (WHERE is_shown) AS cells, count(*) FILTER (WHERE NOT is_shown) AS hidden_cells,
         coalesce(sum(amount) FILTER (WHERE NOT is_shown), 0) AS hidden_amount
  FROM cells
)
SELECT c.element, CASE WHEN c.element = '' THEN c.cell / 2 % 256 ELSE c.cell / 2 % 20 END AS x,
       CASE WHEN c.element = '' THEN c.cell / 512 ELSE c.cell / 40 END AS y, c.cell % 2 = 1 AS fixed, c.amount, c.views,
       t.cells, t.hidden_cells, t.hidden_amount
FROM totals t LEFT JOIN cells c ON c.is_shown
ORDER BY c.amount DESC NULLS LAST, c.element, fixed, y, x LIMIT :max_cells::int
