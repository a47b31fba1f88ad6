-- name: list
-- The views of a project by name.  In: project_id.  Out: view_id, name, address, account, made_at.
SELECT view_id, name, address, account, made_at FROM mien.saved_views
WHERE project_id = :project_id ORDER BY lower(name), view_id;

-- name: lock
-- Makes writers of one project's views wait for each other, so that the limit holds.  In: project_id.
SELECT project_id FROM mien.projects WHERE project_id = :project_id FOR UPDATE;

-- name: insert
-- In: project_id, name, address, account.  Out: view_id; no row when the name is taken.
INSERT INTO mien.saved_views (project_id, name, address, account) VALUES (:project_id, :name, :address, :account)
ON CONFLICT (project_id, name) DO NOTHING RETURNING view_id;

-- name: update
-- In: project_id, view_id; name and address, NULL leaves them.  Out: view_id, or no row when there is none.
UPDATE mien.saved_views SET name = coalesce(:name::text, name), address = coalesce(:address::text, address)
WHERE project_id = :project_id AND view_id = :view_id RETURNING view_id;

-- name: delete!
-- In: project_id, view_id.
DELETE FROM mien.saved_views WHERE project_id = :project_id AND view_id = :view_id;
