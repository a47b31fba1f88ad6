-- A token is listed and revoked by a number: the token itself is known to nobody but its holder.

ALTER TABLE tokens ADD COLUMN token_id INT GENERATED ALWAYS AS IDENTITY UNIQUE;
