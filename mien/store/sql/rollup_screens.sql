-- name: screens!
-- In: hours timestamp[]; types, causes, unsorted (lost_there.sql).
-- include: sliced
, gone AS (DELETE FROM rollup_screens WHERE hours = 1 AND at = ANY(:hours))
INSERT INTO rollup_screens SELECT 1, n.* FROM (
-- include: screens_rows
) AS n ORDER BY n.at, n.slice;

-- name: screens_days!
-- In: days timestamp[].
WITH gone AS (DELETE FROM rollup_screens WHERE hours = 24 AND at = ANY(:days::timestamp[])),
hourly AS (
  SELECT d.day, r.* FROM unnest(:days) AS d (day)
  JOIN rollup_screens r ON r.hours = 1 AND r.at >= d.day AND r.at < d.day + interval '1 day'
), binned AS (
  SELECT slice, day, screen, array_agg(bin ORDER BY bin) AS bins, array_agg(n ORDER BY bin) AS bin_views
  FROM (SELECT h.slice, h.day, h.screen, b.bin, sum(b.n)::int AS n
        FROM hourly h CROSS JOIN LATERAL unnest(h.bins, h.bin_views) AS b (bin, n) GROUP BY 1, 2, 3, 4) AS b
  GROUP BY 1, 2, 3
), costs AS (
  SELECT slice, day, screen, array_agg(cause ORDER BY cause) AS causes, array_agg(points ORDER BY cause) AS cause_points,
         array_agg(sessions ORDER BY cause) AS cause_sessions
  FROM (SELECT h.slice, h.day, h.screen, c.cause, sum(c.points) AS points, sum(c.sessions)::int AS sessions
        FROM hourly h CROSS JOIN LATERAL unnest(h.causes, h.cause_points, h.cause_sessions) AS c (cause, points, sessions)
        GROUP BY 1, 2, 3, 4) AS c
  GROUP BY 1, 2, 3
)
INSERT INTO rollup_screens
SELECT 24, f.*, b.bins, b.bin_views, c.causes, c.cause_points, c.cause_sessions
FROM (SELECT slice, day, screen, sum(views), sum(sessions), sum(scored), sum(score_sum), sum(exits), sum(points_sessions),
             sum(signals), sum(signal_sessions)
      FROM hourly GROUP BY slice, day, screen) AS f
LEFT JOIN binned b ON b.slice = f.slice AND b.day = f.day AND b.screen = f.screen
LEFT JOIN costs c ON c.slice = f.slice AND c.day = f.day AND c.screen = f.screen
ORDER BY f.day, f.slice;
