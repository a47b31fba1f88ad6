-- What is known of a call besides the columns of latency_metrics.

CREATE TABLE call_timings (
  session_id UUID NOT NULL REFERENCES sessions (session_id) ON DELETE CASCADE,
  api TEXT,
  ttfb_ms INT NOT NULL,
  occurred_at TIMESTAMP NOT NULL
);
CREATE INDEX call_timings_session ON call_timings (session_id, occurred_at);
COMMENT ON TABLE call_timings IS 'Time to the first byte of calls of which the browser said it; the row of latency_metrics has the same session_id, api and occurred_at. Written by the collector.';
