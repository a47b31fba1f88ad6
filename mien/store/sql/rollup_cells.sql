-- name: clicks!
-- In, as moves: hours timestamp[], all of the blocks; heat_screen, band NULL (heat_views.sql); layers text[] (of clicks, or of moves);
-- max_people int.
-- include: sliced_blocks
-- include: cells_clicked
-- include: cells_written

-- name: moves!
-- include: sliced_blocks
-- include: cells_rested
-- include: cells_written

-- name: cells_days!
-- In: days timestamp[]; max_people int.
WITH gone AS (DELETE FROM rollup_cells WHERE hours = 24 AND at = ANY(:days::timestamp[])),
kept AS MATERIALIZED (
  SELECT row_number() OVER () AS row_num, dense_rank() OVER (ORDER BY d.day, r.slice, r.screen, r.band, r.layer) AS group_num,
         d.day, r.*
  FROM unnest(:days) AS d (day)
  JOIN rollup_cells r ON r.hours = 6 AND r.at >= d.day AND r.at < d.day + interval '1 day'
)
-- include: cells_unpacked
, counted AS (
  SELECT group_num, name_num, cell, sum(amount)::bigint AS amount, sum(views)::int AS views, max(people) AS people
  FROM pieces GROUP BY group_num, name_num, cell
), told AS (
  SELECT group_num, name_num, cell, array_agg(user_key) AS who
  FROM (SELECT DISTINCT group_num, name_num, cell, user_key FROM persons) AS n GROUP BY group_num, name_num, cell
), cells AS (  -- whom a block does not tell apart are at least max_people
  SELECT g.slice, g.day AS at, g.screen, g.band, g.layer, coalesce(e.element, '') COLLATE "C" AS element, c.cell, c.amount, c.views,
         least(greatest(c.people, cardinality(t.who)), :max_people::int) AS people, t.who
  FROM counted c
  JOIN (SELECT DISTINCT group_num, day, slice, screen, band, layer FROM kept) AS g ON g.group_num = c.group_num
  LEFT JOIN (SELECT DISTINCT name_num, element FROM names) AS e ON e.name_num = c.name_num
  LEFT JOIN told t ON t.group_num = c.group_num AND t.name_num = c.name_num AND t.cell = c.cell
)
-- include: cells_packed
INSERT INTO rollup_cells SELECT 24, p.* FROM packed p ORDER BY at, slice, screen, band, layer;
