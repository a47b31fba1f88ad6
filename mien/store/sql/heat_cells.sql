-- name: clicks
-- Clicks by place on the page or within their element.  In and out: cells_told.sql.
-- include: picked
-- include: cells_clicked
-- include: cells_told
;

-- name: moves
-- Where the pointer rested.  In and out: cells_told.sql.
-- include: picked
-- include: cells_rested
-- include: cells_told
;
