-- The views of one screen in the sessions of `picked`.  In: heat_screen text (cleaned) or NULL for all screens, band int or NULL
-- for all widths.
-- view_key: a number of its own for each view.
, viewed AS (
  SELECT p.session_id, p.user_key, p.class, v.view, row_number() OVER () AS view_key, v.screen COLLATE "C" AS screen, v.screen_sent, v.started_at, v.ended_at,
         v.band, v.vw, v.vh, v.page_h, v.reach_px, v.attention_ms
  FROM picked p JOIN heatmap_views v ON v.session_id = p.session_id
  WHERE (:heat_screen::text IS NULL OR v.screen = :heat_screen) AND (:band::int IS NULL OR v.band = :band)
)
