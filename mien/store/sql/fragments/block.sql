-- The six hours that `h.hour` lies in.
SELECT date_bin('6 hours', h.hour, '1970-01-01') AS at
