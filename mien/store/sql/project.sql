-- name: list
-- All projects, oldest first.  Out: project_id, slug, name, origins, sdk_config, created_at.
SELECT project_id, slug, name, origins, sdk_config, created_at FROM mien.projects ORDER BY project_id;

-- name: find
-- One project.  In: slug.
SELECT project_id, slug, name, origins, sdk_config, created_at FROM mien.projects WHERE slug = :slug;

-- name: insert
-- In: slug, name, origins text[].  Out: project_id; no row when the slug is taken.
INSERT INTO mien.projects (slug, name, origins) VALUES (:slug, :name, :origins)
ON CONFLICT (slug) DO NOTHING RETURNING project_id;

-- name: keys
-- Write keys, oldest first.  In: project_id or NULL for all.  Out: write_key, slug, label, is_backfill, created_at, revoked_at.
SELECT k.write_key, p.slug, k.label, k.is_backfill, k.created_at, k.revoked_at
FROM mien.write_keys k JOIN mien.projects p USING (project_id)
WHERE :project_id::int IS NULL OR k.project_id = :project_id ORDER BY k.created_at, k.write_key;

-- name: find_key
-- The project that a valid key writes to.  In: write_key.  Out: project_id, slug, name, origins, sdk_config, is_backfill.
SELECT p.project_id, p.slug, p.name, p.origins, p.sdk_config, k.is_backfill
FROM mien.write_keys k JOIN mien.projects p USING (project_id)
WHERE k.write_key = :write_key AND k.revoked_at IS NULL;

-- name: insert_key!
-- In: write_key, project_id, label, is_backfill.
INSERT INTO mien.write_keys (write_key, project_id, label, is_backfill)
VALUES (:write_key, :project_id, :label, :is_backfill);

-- name: revoke_key
-- In: write_key.  Out: the key when it was valid until now.
UPDATE mien.write_keys SET revoked_at = now() WHERE write_key = :write_key AND revoked_at IS NULL RETURNING write_key;

-- name: configure
-- Set what is not NULL.  In: slug, name text, origins text[], sdk_config jsonb (merged over the present one).
-- Out: project_id; no row when there is no such project.
UPDATE mien.projects SET
  name = coalesce(:name::text, name),
  origins = coalesce(:origins::text[], origins),
  sdk_config = sdk_config || coalesce(:sdk_config::jsonb, '{}')
WHERE slug = :slug RETURNING project_id;
