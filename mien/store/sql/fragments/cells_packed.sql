-- `packed`: `cells` (slice, at, screen, band, layer, element, cell, amount, views, people, who) as rows of rollup_cells; in one
-- order, in which arrays are compressed well.  Most cells of a short time have a single view: they have arrays of their own.
-- In: max_people int (of more nobody is told apart).
, numbered AS MATERIALIZED (
  SELECT *, views = 1 AS is_single,
         CASE WHEN element = '' THEN cell
              ELSE 800 * (dense_rank() OVER (PARTITION BY slice, at, screen, band, layer ORDER BY element))::int + cell END AS place
  FROM cells
), listed AS (
  SELECT n.slice, n.at, n.screen, n.band, n.layer, array_agg(n.place ORDER BY n.place, w.user_key) AS who_cells,
         array_agg(w.user_key::int ORDER BY n.place, w.user_key) AS who
  FROM numbered n CROSS JOIN LATERAL unnest(n.who) AS w (user_key)
  WHERE NOT n.is_single AND n.people < :max_people::int GROUP BY 1, 2, 3, 4, 5
), packed AS (
  SELECT n.*, coalesce(l.who_cells, '{}') AS who_cells, coalesce(l.who, '{}') AS who
  FROM (SELECT slice, at, screen, band, layer,
               coalesce(array_agg(DISTINCT element ORDER BY element) FILTER (WHERE element <> ''), '{}') AS names,
               coalesce(array_agg(place ORDER BY place) FILTER (WHERE is_single), '{}') AS single_cells,
               coalesce(array_agg(amount::int ORDER BY place) FILTER (WHERE is_single), '{}') AS single_amounts,
               coalesce(array_agg(who[1]::int ORDER BY place) FILTER (WHERE is_single), '{}') AS single_who,
               coalesce(array_agg(place ORDER BY place) FILTER (WHERE NOT is_single), '{}') AS cells,
               coalesce(array_agg(amount ORDER BY place) FILTER (WHERE NOT is_single), '{}') AS amounts,
               coalesce(array_agg(views ORDER BY place) FILTER (WHERE NOT is_single), '{}') AS views,
               coalesce(array_agg(people::smallint ORDER BY place) FILTER (WHERE NOT is_single), '{}') AS people
        FROM numbered GROUP BY 1, 2, 3, 4, 5) AS n
  LEFT JOIN listed l ON l.slice = n.slice AND l.at = n.at AND l.screen = n.screen AND l.band = n.band AND l.layer = n.layer
)
