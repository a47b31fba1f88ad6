-- What the heatmaps count: views of screens, and the clicks in them. Derived, written by the worker.

CREATE TABLE heatmap_views (
  session_id UUID NOT NULL REFERENCES sessions (session_id) ON DELETE CASCADE,
  view INT NOT NULL,
  screen TEXT NOT NULL,
  screen_sent TEXT NOT NULL,
  started_at TIMESTAMP NOT NULL,
  ended_at TIMESTAMP NOT NULL,
  band SMALLINT,
  vw INT,
  vh INT,
  page_h INT,
  reach_px INT NOT NULL,
  attention_ms INT[] NOT NULL,
  PRIMARY KEY (session_id, view)
);
CREATE INDEX heatmap_views_screen ON heatmap_views (screen, band);
COMMENT ON TABLE heatmap_views IS 'Every view of a screen: width band (0 to 3, NULL unknown), window, page, lowest pixel seen, and milliseconds of attention per 16 px. Times are UTC. Written by the worker.';

CREATE TABLE heatmap_clicks (
  session_id UUID NOT NULL REFERENCES sessions (session_id) ON DELETE CASCADE,
  view INT NOT NULL,
  screen TEXT NOT NULL,
  element_id TEXT,
  label TEXT,
  rel_x SMALLINT,
  rel_y SMALLINT,
  x_percent SMALLINT,
  y_row INT,
  fixed BOOLEAN NOT NULL,
  occurred_at TIMESTAMP NOT NULL
);
CREATE INDEX heatmap_clicks_session ON heatmap_clicks (session_id, view);
CREATE INDEX heatmap_clicks_screen ON heatmap_clicks (screen);
COMMENT ON TABLE heatmap_clicks IS 'Every click of a person with its view, its place in the element (twentieths) and on the page (per cent of the width, rows of 16 px). Times are UTC. Written by the worker.';
