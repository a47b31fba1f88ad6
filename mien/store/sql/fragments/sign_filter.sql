-- Whether the session `s` has what a SignFilter (sign_filter.py) wants: a signal at a place, points lost on a screen, a
-- likely moment, another score under a former version.
(:has_sign::bool IS NULL
 OR EXISTS (SELECT FROM signals g
            CROSS JOIN LATERAL (SELECT g.session_id, g.screen AS sent) AS c
            WHERE g.session_id = s.session_id AND (:sign_type::text IS NULL OR g.type = :sign_type)
              AND (:sign_element::text IS NULL OR coalesce(g.element_id, '') = :sign_element)
              AND (:sign_screen::text IS NULL OR :sign_screen =
-- include: screen_name
                  )))
AND (:lost_on::text IS NULL
     OR EXISTS (SELECT FROM experience_scores o
                CROSS JOIN LATERAL jsonb_to_recordset(o.issues) AS i (type text, page text, api text, element text, points float8)
                CROSS JOIN LATERAL (SELECT o.session_id, i.page AS sent) AS c
                WHERE o.session_id = s.session_id AND i.points > 0
                  AND (:lost_types::text[] IS NULL OR i.type = ANY (:lost_types))
                  AND (:lost_api::text IS NULL OR i.api = :lost_api)
                  AND (:lost_element::text IS NULL OR i.element = :lost_element)
                  AND :lost_on =
-- include: screen_name
                 ))
AND (:moment::text IS NULL
     OR EXISTS (SELECT FROM emotion_predictions m
                WHERE m.session_id = s.session_id AND coalesce(m.emotion, 'unknown') = :moment AND isfinite(m.occurred_at)))
AND (:former::text IS NULL
     OR EXISTS (SELECT FROM former_scores r WHERE r.session_id = s.session_id AND r.version_key = :former))
