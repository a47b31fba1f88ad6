-- Views that people saved: a page of a project with its filters, under a name that all accounts see.

CREATE TABLE saved_views (
  view_id INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  project_id INT NOT NULL REFERENCES projects (project_id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  account TEXT NOT NULL,
  made_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (project_id, name)
);
COMMENT ON TABLE saved_views IS 'Address: path and query below the project''s own. Written by people.';
