-- `packed`: `facts` as rows of rollup_elements; names and labels are numbered (`words`).
, words AS (
  SELECT slice, at, screen, band, word, row_number() OVER (PARTITION BY slice, at, screen, band ORDER BY word)::int AS num
  FROM (SELECT slice, at, screen, band, element AS word FROM facts
        UNION
        SELECT slice, at, screen, band, label FROM facts WHERE label IS NOT NULL) AS n
), packed AS (
  SELECT f.slice, f.at, f.screen, f.band, w.words, f.elements, f.kinds, f.keys, f.ns
  FROM (SELECT f.slice, f.at, f.screen, f.band, array_agg(e.num ORDER BY e.num, f.kind, coalesce(l.num, f.key)) AS elements,
               array_agg(f.kind::smallint ORDER BY e.num, f.kind, coalesce(l.num, f.key)) AS kinds,
               array_agg(coalesce(l.num, f.key)::int ORDER BY e.num, f.kind, coalesce(l.num, f.key)) AS keys,
               array_agg(f.n::int ORDER BY e.num, f.kind, coalesce(l.num, f.key)) AS ns
        FROM facts f
        JOIN words e ON e.slice = f.slice AND e.at = f.at AND e.screen = f.screen AND e.band = f.band AND e.word = f.element
        LEFT JOIN words l ON l.slice = f.slice AND l.at = f.at AND l.screen = f.screen AND l.band = f.band AND l.word = f.label
        GROUP BY 1, 2, 3, 4) AS f
  JOIN (SELECT slice, at, screen, band, array_agg(word ORDER BY num) AS words FROM words GROUP BY 1, 2, 3, 4) AS w
    ON w.slice = f.slice AND w.at = f.at AND w.screen = f.screen AND w.band = f.band
)
