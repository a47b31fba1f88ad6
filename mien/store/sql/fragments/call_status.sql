-- The class of the status of the call `l`; a failure is network or 5xx (and, from plain SQL, anything above).
CASE WHEN l.status IS NULL THEN 'unfinished' WHEN l.status = 0 THEN 'network' WHEN l.status >= 500 THEN '5xx'
     WHEN l.status >= 400 THEN '4xx' WHEN l.status >= 300 THEN '3xx' WHEN l.status >= 200 THEN '2xx' ELSE 'other' END
