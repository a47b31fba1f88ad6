-- Who the session `s` is of: its user, else its device, else itself.
md5(coalesce(s.user_id::text, s.device_id, s.session_id::text))
