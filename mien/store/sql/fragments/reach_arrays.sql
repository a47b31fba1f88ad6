-- `tallies`, `looked` and `deepest` as rows of rollup_reach.  In: max_people int.
SELECT t.slice, t.at, t.screen, t.band, t.reached_rows, t.reached_views, t.page_rows, t.page_views,
       coalesce(l.attention_ms, '{}') AS attention_ms, d.deep_visitors, d.deep_rows
FROM (SELECT slice, at, screen, band, array_agg(page_row ORDER BY page_row) FILTER (WHERE NOT is_page) AS reached_rows,
             array_agg(views ORDER BY page_row) FILTER (WHERE NOT is_page) AS reached_views,
             array_agg(page_row ORDER BY page_row) FILTER (WHERE is_page) AS page_rows,
             array_agg(views ORDER BY page_row) FILTER (WHERE is_page) AS page_views
      FROM tallies GROUP BY 1, 2, 3, 4) AS t
LEFT JOIN (SELECT slice, at, screen, band, array_agg(ms ORDER BY place) AS attention_ms FROM looked GROUP BY 1, 2, 3, 4) AS l
  ON l.slice = t.slice AND l.at = t.at AND l.screen = t.screen AND l.band = t.band
LEFT JOIN (SELECT slice, at, screen, band, array_agg(user_key ORDER BY place) AS deep_visitors,
                  array_agg(last_row ORDER BY place) AS deep_rows
           FROM deepest WHERE place <= :max_people::int GROUP BY 1, 2, 3, 4) AS d
  ON d.slice = t.slice AND d.at = t.at AND d.screen = t.screen AND d.band = t.band
