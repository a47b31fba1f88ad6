-- name: seed
-- The seed of the demo's visits, made at the first call.  In: fresh text.  Out: the seed.
WITH made AS (
  INSERT INTO mien.audit (actor, action, detail)
  SELECT 'cli', 'demo.seed', jsonb_build_object('seed', :fresh::text)
  WHERE NOT EXISTS (SELECT FROM mien.audit WHERE action = 'demo.seed')
  RETURNING detail ->> 'seed' AS seed
)
SELECT seed FROM made UNION ALL (SELECT detail ->> 'seed' FROM mien.audit WHERE action = 'demo.seed' ORDER BY id LIMIT 1)
LIMIT 1;

-- name: is_done
-- Whether these visits are there already.  In: action text, under which that is noted.
SELECT EXISTS (SELECT FROM mien.audit a WHERE a.action = :action);
