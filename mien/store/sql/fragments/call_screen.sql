-- The screen on which the call `l` began: that of the latest journey step before it, '' before the first.
coalesce((SELECT j.screen FROM journey_steps j WHERE j.session_id = l.session_id AND j.occurred_at <= l.occurred_at
          ORDER BY j.occurred_at DESC, j.step_num DESC LIMIT 1), '')
