-- `people`: how many visitors each part has that lies from part_from (included) to part_to.
-- Of the sessions in `picked`: `parted` (part, user_key).  In: part_from, part_to text; parts text[] (only these) or NULL.
, came AS (
  SELECT part, user_key FROM parted
  UNION
  SELECT r.part, v.visitor FROM
-- include: buckets
  JOIN rollup_visitors r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
                        AND r.part >= :part_from::text AND r.part < :part_to::text
                        AND (:parts::text[] IS NULL OR r.part = ANY (:parts))
  CROSS JOIN LATERAL unnest(r.visitors) AS v (visitor)
), days AS MATERIALIZED (
  SELECT r.part, r.chunk, bit_or(r.bits) AS bits FROM
-- include: buckets
  JOIN rollup_visitors r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice AND r.part >= :part_from AND r.part < :part_to
                        AND (:parts IS NULL OR r.part = ANY (:parts))
  WHERE r.bits IS NOT NULL GROUP BY r.part, r.chunk
), people AS (
  SELECT part, sum(n)::bigint AS visitors
  FROM (SELECT part, sum(bit_count(bits)) AS n FROM days GROUP BY part
        UNION ALL
        SELECT c.part, count(*) FROM came c
        LEFT JOIN days d ON d.part = c.part AND d.chunk = c.user_key / 4096 AND c.user_key >= 0
        WHERE d.chunk IS NULL OR get_bit(d.bits, (c.user_key % 4096)::int) = 0 GROUP BY c.part) AS n
  GROUP BY part
)
