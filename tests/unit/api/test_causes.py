"""Every kind of signal and issue that the analyzers can make has its cause."""

from __future__ import annotations

from mien.analyzers import ANALYZERS
from mien.analyzers.incidents import weights_of
from mien.analyzers.score_terms import VITALS
from mien.analyzers.thresholds import DEFAULTS
from mien.store.causes import CAUSE_OF, CAUSES, cause_of, kinds_of


def test_every_kind_has_a_cause() -> None:
    kinds = {kind for analyzer in ANALYZERS for kind in analyzer.signal_types} | set(weights_of(DEFAULTS.weight))
    kinds |= {f"web_vital_{name.lower()}" for name in VITALS}
    assert kinds <= set(CAUSE_OF), f"without a cause: {sorted(kinds - set(CAUSE_OF))}"


def test_a_kind_has_one_cause_only() -> None:
    kinds = [kind for cause in CAUSES for kind in kinds_of(cause)]
    assert len(kinds) == len(set(kinds)) == len(CAUSE_OF)


def test_an_unknown_kind_does_not_vanish() -> None:
    assert cause_of("something_new") in CAUSES
