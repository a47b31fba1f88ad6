"""What a row says about the thing that was clicked."""

from __future__ import annotations

import pytest

from mien.analyzers.click_targets import base_confidence, is_named_button, looks_active, may_stay_silent
from mien.analyzers.thresholds import DeadClick
from mien.timeline import ClickInfo, Event


def looks(
    element_id: str | None = None, tag: str | None = None, role: str | None = None, interactive: str | None = None
) -> str | None:
    info = ClickInfo(tag=tag, role=role, interactive=interactive)
    return looks_active(Event(1, "click", 0.0, None, element_id), info)


@pytest.mark.parametrize("interactive", ["native", "aria", "cursor", "none"])
def test_the_word_of_the_sdk_is_taken(interactive: str) -> None:
    assert looks("#pay-button", tag="button", interactive=interactive) == interactive


def test_otherwise_tag_and_role_tell_and_only_without_them_the_name() -> None:
    assert looks("#pay", tag="button", interactive="yes") == "native"
    assert looks("#pay", role="button") == "aria"
    assert looks("#pay-button", tag="div") is None
    assert looks("#pay-button") == "name"
    assert looks() is None


@pytest.mark.parametrize(
    ("element_id", "expected"),
    [
        ("button", True),
        ("#x >>> button", True),
        ("#pay_btn", True),
        ("payBTN", True),
        ("#btn-toolbar", False),
        ("#radio-button", False),
        ("select.button", False),
        ("a", False),
        ("   ", False),
        (">", False),
        (None, False),
    ],
)
def test_a_button_calls_itself_one_in_the_last_step_of_its_selector(element_id: str | None, expected: bool) -> None:
    assert is_named_button(element_id) is expected


def test_confidence_follows_the_looks() -> None:
    limits = DeadClick()
    assert [base_confidence(kind, limits) for kind in ("native", "aria", "cursor", "name", "none", None)] == [
        0.8, 0.8, 0.5, 0.5, 0.0, 0.0,
    ]  # fmt: skip


def test_a_link_without_an_address_is_judged_as_what_it_looks_like() -> None:
    assert may_stay_silent(ClickInfo(tag="a", interactive="native"))
    assert not may_stay_silent(ClickInfo(tag="a", interactive="aria"))
