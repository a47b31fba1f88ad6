-- Rows of rollup_errors for `picked`: by group, and of all groups together (group_key NULL).
-- In: group_keys text[] or NULL (these groups alone).
SELECT m.slice, m.at, m.group_key, m.is_foreign, sum(m.errors)::bigint AS errors, count(*) AS sessions,
       count(m.score_exact) AS scored, coalesce(sum(m.score_exact), 0)::float8 AS score_sum,
       array_agg(DISTINCT m.user_key) AS visitors
FROM (SELECT p.slice, p.at, g.group_key, g.kind = 'foreign' AS is_foreign, p.session_id, p.user_key, p.score_exact,
             sum(g.errors) AS errors
      FROM picked p JOIN grouped_errors g ON g.session_id = p.session_id
      WHERE :group_keys::text[] IS NULL OR g.group_key = ANY(:group_keys)
      GROUP BY p.slice, p.at, p.session_id, p.user_key, p.score_exact,
               GROUPING SETS ((g.group_key, g.kind = 'foreign'), (g.kind = 'foreign'))) AS m
GROUP BY m.slice, m.at, m.group_key, m.is_foreign
