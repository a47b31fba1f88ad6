-- What the pages read instead of all sessions: figures by the hour and the day in which the sessions began.

CREATE TABLE dirty_hours (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hour TIMESTAMP NOT NULL,
  marked_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE dirty_hours IS 'Hours (UTC, of sessions'' starts) in which something changed since they were rolled up: pages count their sessions one by one. Only ever inserted into, so that writers never wait for each other. Written by the trigger on sessions and the worker, emptied by the worker.';

-- Who writes sessions with plain SQL may have no right on our tables, and another search path.
CREATE FUNCTION mark_dirty_hours() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
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
    EXECUTE marks || 'SELECT started_at FROM new_rows' || finite;
  ELSIF TG_OP = 'DELETE' THEN
    EXECUTE marks || 'SELECT started_at FROM old_rows' || finite;
  ELSE
    EXECUTE marks || 'SELECT started_at FROM new_rows UNION ALL SELECT started_at FROM old_rows' || finite;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER sessions_inserted AFTER INSERT ON sessions REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION mark_dirty_hours();
CREATE TRIGGER sessions_updated AFTER UPDATE ON sessions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION mark_dirty_hours();
CREATE TRIGGER sessions_deleted AFTER DELETE ON sessions REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION mark_dirty_hours();
CREATE TRIGGER sessions_truncated AFTER TRUNCATE ON sessions FOR EACH STATEMENT EXECUTE FUNCTION mark_dirty_hours();

-- A session of which no device is known has that of its user.
CREATE FUNCTION mark_hours_of_users() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE 'INSERT INTO ' || quote_ident(TG_TABLE_SCHEMA)
    || '.dirty_hours (hour) SELECT DISTINCT date_trunc(''hour'', s.started_at)
        FROM new_rows n JOIN old_rows o ON o.user_id = n.user_id JOIN ' || quote_ident(TG_TABLE_SCHEMA)
    || '.sessions s ON s.user_id = n.user_id
        WHERE n.device_type IS DISTINCT FROM o.device_type
          AND s.started_at > ''-infinity'' AND s.started_at < ''infinity''';
  RETURN NULL;
END
$$;
CREATE TRIGGER users_updated AFTER UPDATE ON users REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION mark_hours_of_users();

CREATE TABLE visitors (
  visitor BIGINT GENERATED ALWAYS AS IDENTITY (MINVALUE 0 START WITH 0) PRIMARY KEY,
  visitor_hash UUID NOT NULL UNIQUE
);
COMMENT ON TABLE visitors IS 'Numbers for users, else devices, else sessions (as a hash), so that people can be counted exactly over any period. Written by the worker.';

CREATE TABLE rollup_sessions (
  session_id UUID NOT NULL,
  user_id UUID,
  visitor BIGINT NOT NULL,
  started_at TIMESTAMP NOT NULL,
  ended_at TIMESTAMP,
  duration_ms BIGINT,
  release TEXT COLLATE "C" NOT NULL,
  device_type TEXT COLLATE "C" NOT NULL,
  browser TEXT COLLATE "C" NOT NULL,
  country TEXT COLLATE "C" NOT NULL,
  locale TEXT COLLATE "C" NOT NULL,
  is_hidden BOOLEAN NOT NULL,
  score INT,
  score_exact DOUBLE PRECISION,
  waited_ms BIGINT,
  moments INT NOT NULL
);
CREATE INDEX rollup_sessions_started ON rollup_sessions (started_at);
COMMENT ON TABLE rollup_sessions IS 'What pages filter and count by, of each session in an hour that is not dirty; "" is not known, is_hidden a program or own staff. Written by the worker.';

CREATE TABLE rollup_summary (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  score_bin SMALLINT NOT NULL,
  sessions BIGINT NOT NULL,
  scored BIGINT NOT NULL,
  score_sum DOUBLE PRECISION NOT NULL,
  poor BIGINT NOT NULL,
  waited_ms DOUBLE PRECISION NOT NULL,
  moments BIGINT NOT NULL
);
CREATE INDEX rollup_summary_bucket ON rollup_summary (hours, at, slice);
COMMENT ON TABLE rollup_summary IS 'Sessions and scores by hour (hours 1) and day (24) and slice: "" all, s:SCREEN, r:RELEASE, d:DEVICE. score_bin: 0 to 19 of 5 points each, -1 without a score. Written by the worker.';

CREATE TABLE rollup_visitors (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  chunk BIGINT NOT NULL,
  bits BIT(4096),
  visitors BIGINT[]
);
CREATE INDEX rollup_visitors_bucket ON rollup_visitors (hours, at, slice);
COMMENT ON TABLE rollup_visitors IS 'Who came: by hour their numbers (visitors), by day one bit for each number from 4096 * chunk on. Written by the worker.';

CREATE TABLE rollup_causes (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  cause TEXT COLLATE "C" NOT NULL,
  points DOUBLE PRECISION NOT NULL,
  gain DOUBLE PRECISION NOT NULL,
  sessions BIGINT NOT NULL
);
CREATE INDEX rollup_causes_bucket ON rollup_causes (hours, at, slice);
COMMENT ON TABLE rollup_causes IS 'Sums of the points lost to each cause, and of what scores would rise by without it. Written by the worker.';

CREATE TABLE rollup_places (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  screen TEXT COLLATE "C",
  cause TEXT COLLATE "C",
  points DOUBLE PRECISION NOT NULL,
  sessions BIGINT NOT NULL,
  score_sum DOUBLE PRECISION NOT NULL,
  example UUID NOT NULL
);
CREATE INDEX rollup_places_bucket ON rollup_places (hours, at, slice);
COMMENT ON TABLE rollup_places IS 'Sums of the points lost at each screen, API and element, by cause and (cause NULL) in all, and of the scores of the sessions that lost them. Written by the worker.';

CREATE TABLE rollup_segments (
  hours SMALLINT NOT NULL,
  slice TEXT COLLATE "C" NOT NULL,
  at TIMESTAMP NOT NULL,
  dimension TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  sessions BIGINT NOT NULL,
  scored BIGINT NOT NULL,
  score_sum DOUBLE PRECISION NOT NULL
);
CREATE INDEX rollup_segments_bucket ON rollup_segments (hours, at, slice);
COMMENT ON TABLE rollup_segments IS 'Sessions and scores by release and type of device. Written by the worker.';

-- All that is there already is rolled up by the worker, the newest first; until then pages count one by one.
INSERT INTO dirty_hours (hour, marked_at)
SELECT DISTINCT date_trunc('hour', started_at), '-infinity'::timestamptz FROM sessions
WHERE started_at > '-infinity' AND started_at < 'infinity';
