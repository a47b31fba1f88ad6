-- Every flush of the collector runs the triggers of users and sessions, mostly without a row for them, and each planned
-- its statement anew: now they look first whether there is any.

CREATE OR REPLACE FUNCTION mark_dirty_hours() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  marks CONSTANT TEXT := 'INSERT INTO ' || quote_ident(TG_TABLE_SCHEMA)
                         || '.dirty_hours (hour) SELECT DISTINCT date_trunc(''hour'', t.started_at) FROM (';
  finite CONSTANT TEXT := ') AS t WHERE t.started_at > ''-infinity'' AND t.started_at < ''infinity''';
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    EXECUTE marks || 'SELECT at FROM ' || quote_ident(TG_TABLE_SCHEMA)
      || '.rollup_summary WHERE hours = 1 UNION SELECT started_at FROM ' || quote_ident(TG_TABLE_SCHEMA)
      || '.rollup_sessions) AS t (started_at)';
  ELSIF TG_OP = 'INSERT' THEN
    IF EXISTS (SELECT FROM new_rows) THEN
      EXECUTE marks || 'SELECT started_at FROM new_rows' || finite;
    END IF;
  ELSIF TG_OP = 'DELETE' THEN
    EXECUTE marks || 'SELECT started_at FROM old_rows' || finite;
  ELSIF EXISTS (SELECT FROM new_rows) THEN
    EXECUTE marks || 'SELECT started_at FROM new_rows UNION ALL SELECT started_at FROM old_rows' || finite;
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION mark_hours_of_users() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM new_rows n JOIN old_rows o USING (user_id) WHERE n.device_type IS DISTINCT FROM o.device_type) THEN
    EXECUTE 'INSERT INTO ' || quote_ident(TG_TABLE_SCHEMA)
      || '.dirty_hours (hour) SELECT DISTINCT date_trunc(''hour'', s.started_at)
          FROM new_rows n JOIN old_rows o ON o.user_id = n.user_id JOIN ' || quote_ident(TG_TABLE_SCHEMA)
      || '.sessions s ON s.user_id = n.user_id
          WHERE n.device_type IS DISTINCT FROM o.device_type
            AND s.started_at > ''-infinity'' AND s.started_at < ''infinity''';
  END IF;
  RETURN NULL;
END
$$;
