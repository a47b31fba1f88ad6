-- `pieces`: the cells of the rows of rollup_cells in `kept`, by kept.group_num and name_num (of `names`; 0: of the page); `persons`:
-- those who are told apart in them.  Names become numbers by array, not by join: of arrays the planner knows no lengths.
, names AS MATERIALIZED (
  SELECT k.row_num, u.num, u.element COLLATE "C" AS element, dense_rank() OVER (ORDER BY u.element COLLATE "C") AS name_num
  FROM kept k CROSS JOIN LATERAL unnest(k.names) WITH ORDINALITY AS u (element, num)
), numbered_names AS (
  SELECT row_num, array_agg(name_num ORDER BY num) AS nums FROM names GROUP BY row_num
), named AS MATERIALIZED (
  SELECT k.*, n.nums, CASE WHEN n.nums IS NULL THEN 2147483647 ELSE 800 END AS per_name
  FROM kept k LEFT JOIN numbered_names n ON n.row_num = k.row_num
), pieces AS (
  SELECT k.group_num, coalesce(k.nums[u.cell / 800], 0) AS name_num, u.cell % k.per_name AS cell, u.amount::bigint AS amount, 1 AS views,
         1::smallint AS people
  FROM named k CROSS JOIN LATERAL unnest(k.single_cells, k.single_amounts) AS u (cell, amount)
  UNION ALL
  SELECT k.group_num, coalesce(k.nums[u.cell / 800], 0), u.cell % k.per_name, u.amount, u.views, u.people
  FROM named k CROSS JOIN LATERAL unnest(k.cells, k.amounts, k.views, k.people) AS u (cell, amount, views, people)
), persons AS (
  SELECT k.group_num, coalesce(k.nums[u.cell / 800], 0) AS name_num, u.cell % k.per_name AS cell, u.user_key::bigint AS user_key
  FROM named k
  CROSS JOIN LATERAL (VALUES (k.single_cells, k.single_who), (k.who_cells, k.who)) AS a (cells, who)
  CROSS JOIN LATERAL unnest(a.cells, a.who) AS u (cell, user_key)
)
