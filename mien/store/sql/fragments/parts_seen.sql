-- Who of `picked` saw which screen: rows of rollup_visitors for its parts.
SELECT p.slice, p.at, 'screen:' || j.screen AS part, p.user_key
FROM picked p
JOIN (SELECT DISTINCT j.session_id, j.screen COLLATE "C" AS screen
      FROM (SELECT DISTINCT session_id FROM picked) AS d JOIN journey_steps j ON j.session_id = d.session_id
      WHERE j.screen <> '') AS j ON j.session_id = p.session_id
