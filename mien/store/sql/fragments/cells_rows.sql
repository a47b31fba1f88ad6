-- What rows of rollup_cells are made of: the cells of `spots` by slice of `classes` and visitor.
SELECT c.slice, c.at, n.screen, n.band, n.layer, n.element, n.cell, n.user_key, sum(n.amount)::bigint AS amount, count(*) AS views
FROM (SELECT class, screen, band, layer, element, cell, user_key, view_key, sum(amount) AS amount
      FROM spots GROUP BY 1, 2, 3, 4, 5, 6, 7, 8) AS n
JOIN classes c ON c.class = n.class GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
