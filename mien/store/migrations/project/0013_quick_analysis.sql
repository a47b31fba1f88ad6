-- What makes an analysis cheaper to write: rows that stand already are left alone, and the rows of our own derived
-- tables are not looked up in sessions one by one (a quarter of what PostgreSQL did for an analysis).

ALTER TABLE analyzer_runs ADD COLUMN row_hashes BYTEA;
COMMENT ON COLUMN analyzer_runs.row_hashes IS 'For each derived table a hash and the number of the rows that were last written to it. NULL: not known.';

ALTER TABLE signals DROP CONSTRAINT signals_session_id_fkey;
ALTER TABLE emotion_evidence DROP CONSTRAINT emotion_evidence_session_id_fkey;
ALTER TABLE score_facts DROP CONSTRAINT score_facts_session_id_fkey;
ALTER TABLE grouped_errors DROP CONSTRAINT grouped_errors_session_id_fkey;
ALTER TABLE heatmap_views DROP CONSTRAINT heatmap_views_session_id_fkey;
ALTER TABLE heatmap_clicks DROP CONSTRAINT heatmap_clicks_session_id_fkey;

-- Who may delete a session may have no right on our tables, and another search path: as with a foreign key neither
-- matters. The worker holds the session while it writes, so nothing comes after the deletion.
CREATE FUNCTION forget_findings() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  derived TEXT;
  place TEXT;
BEGIN
  FOREACH derived IN ARRAY ARRAY['signals', 'emotion_evidence', 'score_facts', 'grouped_errors', 'heatmap_views', 'heatmap_clicks'] LOOP
    place := quote_ident(TG_TABLE_SCHEMA) || '.' || quote_ident(derived);
    IF TG_OP = 'TRUNCATE' THEN
      EXECUTE 'TRUNCATE ' || place;
    ELSE
      EXECUTE 'DELETE FROM ' || place || ' d USING gone WHERE d.session_id = gone.session_id';
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION forget_findings IS 'Deletes what was found about sessions together with them: the derived tables of our own have no foreign key.';
CREATE TRIGGER forget_findings AFTER DELETE ON sessions REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION forget_findings();
CREATE TRIGGER forget_all_findings AFTER TRUNCATE ON sessions FOR EACH STATEMENT EXECUTE FUNCTION forget_findings();
