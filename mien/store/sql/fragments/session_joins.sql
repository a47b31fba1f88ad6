-- Where session_row.sql finds what it says of the session `s`: `f`, `u`, `v`, `e` and `x`, each there or not.
LEFT JOIN session_facts f ON f.session_id = s.session_id
LEFT JOIN users u ON u.user_id = s.user_id
LEFT JOIN visitors v ON v.visitor_hash = (
-- include: visitor_hash
)::uuid
LEFT JOIN experience_scores e ON e.session_id = s.session_id
LEFT JOIN score_facts x ON x.session_id = s.session_id
