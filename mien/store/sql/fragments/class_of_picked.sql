-- All of picked.sql counts together (see sliced_blocks.sql).
, classes AS (SELECT 0::bigint AS class, '1970-01-01'::timestamp AS at, '' COLLATE "C" AS slice)
