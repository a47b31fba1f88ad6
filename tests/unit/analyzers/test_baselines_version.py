"""What analyzers know of a project: versioned by its values, muting by element and screen."""

from __future__ import annotations

import pytest

from mien.analyzers.baselines import MIN_VIEWS, NO_BASELINES, Baselines, Muted, ScreenBaseline
from mien.analyzers.experience_score import weights_hash
from mien.analyzers.threshold_table import list_thresholds, with_overrides
from mien.analyzers.thresholds import DEFAULTS


def test_equal_values_have_one_version_in_any_order() -> None:
    a, b = Muted("rage_click", "#a"), Muted("dead_click", "#b", "/cart")
    assert Baselines(muted=frozenset((a, b))).version == Baselines(muted=frozenset((b, a))).version
    defaults = with_overrides({row.name: row.default for row in list_thresholds()})
    assert Baselines().version == NO_BASELINES.version == Baselines(defaults).version
    assert weights_hash(defaults) == weights_hash(DEFAULTS)


@pytest.mark.parametrize(
    "other",
    [
        Baselines(with_overrides({"weight.dead_click": 0.11})),
        Baselines(screens={"/cart": ScreenBaseline(300)}),
        Baselines(muted=frozenset((Muted("rage_click", "#a"),))),
        Baselines(ignored_screens=frozenset(("/game",))),
    ],
)
def test_any_other_value_is_another_version(other: Baselines) -> None:
    assert other.version != NO_BASELINES.version


def test_an_element_is_muted_for_one_type_on_one_screen_or_all() -> None:
    everywhere = Baselines(muted=frozenset((Muted("rage_click", "#next"),)))
    assert everywhere.is_muted("rage_click", "/a", "#next") and everywhere.is_muted("rage_click", None, "#next")
    assert not everywhere.is_muted("dead_click", "/a", "#next")
    assert not everywhere.is_muted("rage_click", "/a", None)
    here = Baselines(muted=frozenset((Muted("rage_click", "#next", "/a"),)))
    assert here.is_muted("rage_click", "/a", "#next") and not here.is_muted("rage_click", "/b", "#next")


def test_on_an_ignored_screen_everything_is_muted() -> None:
    game = Baselines(ignored_screens=frozenset(("/game",)))
    assert game.is_muted("js_error", "/game", None) and not game.is_muted("js_error", "/", None)
    assert not game.is_muted("js_error", None, None)


@pytest.mark.parametrize(("views", "known"), [(MIN_VIEWS, True), (MIN_VIEWS - 1, False)])
def test_a_screen_with_few_views_has_no_baseline(views: int, known: bool) -> None:
    seen = Baselines(screens={"/cart": ScreenBaseline(views, 4000)})
    assert (seen.screen("/cart") is not None) is known
    assert seen.screen("/other") is None and seen.screen(None) is None
