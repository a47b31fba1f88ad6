-- The control tables: which projects there are and who may send and read. They live in the schema "mien".

CREATE TABLE projects (
  project_id INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE CHECK (slug ~ '^[a-z][a-z0-9_]{0,39}$'),
  name TEXT NOT NULL,
  origins TEXT[] NOT NULL DEFAULT '{}',
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
COMMENT ON COLUMN projects.origins IS 'Origins that may send; empty means any.';

CREATE TABLE write_keys (
  write_key TEXT PRIMARY KEY,
  project_id INT NOT NULL REFERENCES projects (project_id) ON DELETE CASCADE,
  label TEXT NOT NULL DEFAULT '',
  is_backfill BOOLEAN NOT NULL DEFAULT false,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  revoked_at TIMESTAMPTZ
);
COMMENT ON TABLE write_keys IS 'Keys stand in the page that sends, so they are no secrets and stored as they are.';

CREATE TABLE accounts (
  account_id INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE logins (
  cookie_hash BYTEA PRIMARY KEY,
  account_id INT NOT NULL REFERENCES accounts (account_id) ON DELETE CASCADE,
  csrf TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  expires_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE tokens (
  token_hash BYTEA PRIMARY KEY,
  label TEXT NOT NULL,
  project_id INT REFERENCES projects (project_id) ON DELETE CASCADE,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  revoked_at TIMESTAMPTZ
);
COMMENT ON TABLE tokens IS 'Read-only access for programs, to one project or (NULL) to all.';

CREATE TABLE audit (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at TIMESTAMPTZ NOT NULL DEFAULT now(),
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  detail JSONB NOT NULL DEFAULT '{}'
);
