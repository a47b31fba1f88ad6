-- What pages filter and count by, of the session `s`: the columns of rollup_sessions, which keeps them for hours that are
-- not dirty, and of the very same types: else the planner does not push filters down to both.
-- visitor: a number of `visitors`, or one below 0 for who is not yet in there.
s.session_id, s.user_id,
  coalesce(v.visitor, -1 - ('x' || left(
-- include: visitor_hash
  , 15))::bit(60)::bigint) AS visitor,
  s.started_at, s.ended_at, s.duration_ms, coalesce(s.app_version::text, '') COLLATE "C" AS release,
  coalesce(f.device_type, u.device_type::text, '') COLLATE "C" AS device_type, coalesce(f.browser, '') COLLATE "C" AS browser,
  coalesce(f.country, '') COLLATE "C" AS country, coalesce(f.locale, '') COLLATE "C" AS locale,
  coalesce(f.is_bot OR f.is_staff, false) AS is_hidden, e.score, x.score_exact, x.waited_ms,
  (SELECT count(*)::int FROM emotion_predictions m WHERE m.session_id = s.session_id AND m.emotion = 'frustrated') AS moments
