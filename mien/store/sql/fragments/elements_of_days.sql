-- `kept`: the rows of rollup_elements for the blocks of some days.  In: days timestamp[].
kept AS MATERIALIZED (
  SELECT row_number() OVER () AS row_num, dense_rank() OVER (ORDER BY d.day, r.slice, r.screen, r.band) AS group_num, d.day, r.*
  FROM unnest(:days::timestamp[]) AS d (day)
  JOIN rollup_elements r ON r.hours = 6 AND r.at >= d.day AND r.at < d.day + interval '1 day'
)
-- include: elements_unpacked
, groups AS (
  SELECT DISTINCT group_num, day, slice, screen, band FROM kept
), counted AS (  -- of which chunk of rollup_visitors a visitor is, and how many of it clicked the element
  SELECT m.*, m.key / 4096 AS chunk, CASE WHEN kind = 13 THEN count(*) OVER (PARTITION BY group_num, element, kind, key / 4096) END AS together
  FROM merged m
)
