-- Batches that never came, over rows of session_tabs as `t`: holes in the tabs' sequences.
coalesce(sum(greatest(t.last_seq::bigint - t.first_seq + 1 - t.batch_count, 0)), 0)::bigint AS lost_batches
