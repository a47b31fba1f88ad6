-- Whether the session `s` is one that a VitalFilter (latency_filters.py) wants.
(:vital::text IS NULL
 OR EXISTS (SELECT FROM
-- include: vitals
            WHERE v.name = :vital
              AND (:vital_screen::text IS NULL OR v.screen = :vital_screen)
              AND (:vital_rating::text IS NULL OR v.rating = :vital_rating)))
