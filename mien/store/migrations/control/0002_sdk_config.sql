-- What the script of a project is told at its start: sampling, captures, replay, feedback (docs/wire-format.md).

ALTER TABLE projects ADD COLUMN sdk_config JSONB NOT NULL DEFAULT '{}';
