-- Whether the session of `e` met trouble of each kind in the minute before `e.moment`; NULL: none of any.
-- In: types, kinds_of text[] of equal length (before.py).  Out: has_rage, has_error, has_slow, has_other.
SELECT bool_or(t.kind = 'rage') AS has_rage, bool_or(t.kind = 'error') AS has_error, bool_or(t.kind = 'slow') AS has_slow,
       bool_or(t.kind = 'other') AS has_other
FROM signals g JOIN unnest(:types::text[], :kinds_of::text[]) AS t (type, kind) ON t.type = g.type
WHERE g.session_id = e.session_id AND g.ended_at + interval '60 s' > e.moment AND g.started_at <= e.moment
