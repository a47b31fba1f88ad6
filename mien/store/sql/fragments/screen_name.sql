-- The name under which journeys and heatmaps hold the screen `c.sent` of the session `c.session_id`: cleaned, so that
-- /product/12 and /product/13 are one screen. What was never viewed keeps the name it was sent with; '' is not known.
coalesce((SELECT v.screen FROM heatmap_views v WHERE v.session_id = c.session_id AND v.screen_sent = c.sent LIMIT 1), c.sent, '') COLLATE "C"
