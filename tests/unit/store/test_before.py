"""What came just before: every kind of signal but the harmless one is one kind of trouble."""

from __future__ import annotations

from mien.store.before import BEFORE, TROUBLE, signals_of
from mien.store.causes import CAUSE_OF


def test_each_signal_is_exactly_one_kind_of_trouble() -> None:
    kinds = [kind for kind in BEFORE if kind != "nothing"]
    parts = [name for kind in kinds for name in signals_of(kind)]
    assert sorted(parts) == sorted(TROUBLE) == sorted(set(CAUSE_OF) - {"multi_click"})
    assert sorted(signals_of("nothing")) == sorted(TROUBLE)


def test_the_kinds_are_what_their_names_say() -> None:
    assert signals_of("rage") == ["rage_click"]
    assert {"failed_request", "js_error", "crash", "error_click"} <= set(signals_of("error"))
    assert {"slow_api", "unfinished_wait", "slow_click"} <= set(signals_of("slow"))
    assert {"dead_click", "form_abandon", "nav_loop"} <= set(signals_of("other"))
