-- The hours and days for which roll-ups answer (store/rollups.py).  In: bucket_hours smallint[], bucket_at timestamp[].
unnest(:bucket_hours::smallint[], :bucket_at::timestamp[]) AS b (hours, at)
