-- A number for the name `j.screen`: what rollup_routes holds of it. 60 bits: of a million names no two are likely the same.
('x' || left(md5(j.screen), 15))::bit(60)::bigint
