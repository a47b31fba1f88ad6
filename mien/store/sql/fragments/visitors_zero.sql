-- 4096 bits, none set.
repeat('0', 4096)::bit(4096)
