-- Rows of rollup_error_parts for `picked`, not yet packed: groups by release, browser and screen.
-- In: group_keys text[] or NULL (these groups alone); part text or NULL (this one alone).
SELECT m.slice, m.at, m.group_key, m.part, m.name, count(*) AS sessions, sum(m.errors)::bigint AS errors
FROM (SELECT p.slice, p.at, g.group_key, d.part, d.name, p.session_id, sum(g.errors) AS errors
      FROM picked p JOIN grouped_errors g ON g.session_id = p.session_id
      LEFT JOIN session_facts f ON f.session_id = p.session_id
      CROSS JOIN LATERAL (VALUES ('release', p.release), ('browser', coalesce(f.browser, '')), ('screen', coalesce(g.screen, '')))
        AS d (part, name)
      WHERE (:group_keys::text[] IS NULL OR g.group_key = ANY(:group_keys)) AND (:part::text IS NULL OR d.part = :part)
      GROUP BY 1, 2, 3, 4, 5, 6) AS m
GROUP BY 1, 2, 3, 4, 5
