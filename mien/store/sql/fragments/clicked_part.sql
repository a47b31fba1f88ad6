-- The part of rollup_visitors for who clicked the element `e.word` of the screen and band of `g`.
'clicked:' || length(g.screen) || ':' || g.screen || ':' || g.band || ':' || md5(e.word)
