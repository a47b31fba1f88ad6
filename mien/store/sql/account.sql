-- name: count
-- How many accounts there are.
SELECT count(*) FROM mien.accounts;

-- name: insert
-- In: name, password_hash.  Out: account_id; no row when the name is taken.
INSERT INTO mien.accounts (name, password_hash) VALUES (:name, :password_hash)
ON CONFLICT (name) DO NOTHING RETURNING account_id;

-- name: set_password
-- In: name, password_hash.  Out: account_id, or no row when there is no such account.
UPDATE mien.accounts SET password_hash = :password_hash WHERE name = :name RETURNING account_id;

-- name: find
-- In: name.  Out: account_id, name, password_hash.
SELECT account_id, name, password_hash FROM mien.accounts WHERE name = :name;

-- name: list
-- All accounts, oldest first.
SELECT name, created_at FROM mien.accounts ORDER BY account_id;

-- name: insert_login!
-- In: cookie_hash, account_id, csrf, expires_at.
INSERT INTO mien.logins (cookie_hash, account_id, csrf, expires_at)
VALUES (:cookie_hash, :account_id, :csrf, :expires_at);

-- name: find_login
-- Who holds a valid cookie.  In: cookie_hash.  Out: name, csrf.
SELECT a.name, l.csrf FROM mien.logins l JOIN mien.accounts a USING (account_id)
WHERE l.cookie_hash = :cookie_hash AND l.expires_at > now();

-- name: delete_login!
-- Sign out; also removes what has expired.  In: cookie_hash.
DELETE FROM mien.logins WHERE cookie_hash = :cookie_hash OR expires_at < now();

-- name: delete_logins_of!
-- Sign an account out everywhere.  In: account_id.
DELETE FROM mien.logins WHERE account_id = :account_id;

-- name: lock
-- Makes those who remove accounts wait for each other.  Out: name of every account.
SELECT name FROM mien.accounts ORDER BY account_id FOR UPDATE;

-- name: delete
-- With its sign-ins.  In: name.  Out: account_id, or no row when there is no such account.
DELETE FROM mien.accounts WHERE name = :name RETURNING account_id;

-- name: insert_token
-- In: token_hash, label, project_id or NULL.  Out: token_id.
INSERT INTO mien.tokens (token_hash, label, project_id) VALUES (:token_hash, :label, :project_id) RETURNING token_id;

-- name: tokens
-- All tokens, oldest first.  Out: token_id, label, slug (NULL: all projects), created_at, revoked_at.
SELECT t.token_id, t.label, p.slug, t.created_at, t.revoked_at
FROM mien.tokens t LEFT JOIN mien.projects p USING (project_id) ORDER BY t.token_id;

-- name: revoke_token
-- In: token_id.  Out: its label; no row when there is none. A repeat keeps the first time.
UPDATE mien.tokens SET revoked_at = coalesce(revoked_at, now()) WHERE token_id = :token_id RETURNING label;

-- name: find_token
-- A valid token.  In: token_hash.  Out: label, slug (NULL: all projects).
SELECT t.label, p.slug FROM mien.tokens t LEFT JOIN mien.projects p USING (project_id)
WHERE t.token_hash = :token_hash AND t.revoked_at IS NULL;

-- name: audit!
-- Note who did what.  In: actor, action, detail jsonb.
INSERT INTO mien.audit (actor, action, detail) VALUES (:actor, :action, :detail);
