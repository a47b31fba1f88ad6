-- The rows of `cells_rows` of some layers, packed, in place of those that rollup_cells has for the blocks.
-- In: hours timestamp[], all of the blocks; layers text[]; max_people int.
, gone AS (
  DELETE FROM rollup_cells
  WHERE hours = 6 AND layer = ANY (:layers::text[]) AND at IN (SELECT b.at FROM unnest(:hours) AS h (hour) CROSS JOIN LATERAL (
-- include: block
  ) AS b)
), cells AS (
  SELECT slice, at, screen, band, layer, element, cell, sum(amount)::bigint AS amount, sum(views)::int AS views,
         least(count(*), :max_people::int) AS people, array_agg(user_key) AS who
  FROM (
-- include: cells_rows
  ) AS n GROUP BY slice, at, screen, band, layer, element, cell
)
-- include: cells_packed
INSERT INTO rollup_cells SELECT 6, p.* FROM packed p ORDER BY at, slice, screen, band, layer;
