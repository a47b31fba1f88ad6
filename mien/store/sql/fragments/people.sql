-- `people`: how many visitors each part has that lies from part_from (included) to part_to.
-- Of the sessions in `picked`: `parted` (part, user_key).  In: part_from, part_to text; parts text[] (only these) or NULL.
-- Parts are numbered: hundred thousands of visitors are told apart by numbers in half the time that names take.
, listed AS MATERIALIZED (
  SELECT r.part, r.visitors FROM
-- include: buckets
  JOIN rollup_visitors r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
                        AND r.part >= :part_from::text AND r.part < :part_to::text
                        AND (:parts::text[] IS NULL OR r.part = ANY (:parts))
  WHERE r.visitors IS NOT NULL
), mapped AS MATERIALIZED (
  SELECT r.part, r.chunk, bit_or(r.bits) AS bits FROM
-- include: buckets
  JOIN rollup_visitors r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice AND r.part >= :part_from AND r.part < :part_to
                        AND (:parts IS NULL OR r.part = ANY (:parts))
  WHERE r.bits IS NOT NULL GROUP BY r.part, r.chunk
), part_nums AS MATERIALIZED (
  SELECT part, row_number() OVER () AS part_num
  FROM (SELECT part FROM listed UNION SELECT part FROM mapped UNION SELECT part FROM parted) AS n
), days AS MATERIALIZED (  -- chunk_key: of a part and a chunk
  SELECT n.part_num, n.part_num << 32 | m.chunk AS chunk_key, m.bits FROM mapped m JOIN part_nums n ON n.part = m.part
), came AS (
  SELECT n.part_num, v.visitor AS user_key
  FROM listed l JOIN part_nums n ON n.part = l.part CROSS JOIN LATERAL unnest(l.visitors) AS v (visitor)
  UNION ALL
  SELECT n.part_num, p.user_key FROM parted p JOIN part_nums n ON n.part = p.part
), people AS (
  SELECT n.part, sum(c.visitors)::bigint AS visitors
  FROM (SELECT part_num, sum(bit_count(bits)) AS visitors FROM days GROUP BY part_num
        UNION ALL
        -- Who has no number yet is below 0, and in no chunk.
        SELECT c.part_num, count(DISTINCT c.user_key)
        FROM came c LEFT JOIN days d ON d.chunk_key = c.part_num << 32 | c.user_key / 4096 AND c.user_key >= 0
        WHERE d.chunk_key IS NULL OR get_bit(d.bits, (c.user_key % 4096)::int) = 0 GROUP BY c.part_num) AS c
  JOIN part_nums n ON n.part_num = c.part_num GROUP BY n.part
)
