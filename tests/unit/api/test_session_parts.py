"""Moments in words: what speaks for the label comes first, and what speaks against it is not passed off as evidence."""

from __future__ import annotations

import pytest

from mien.api.session_parts import evidence_words
from mien.store.session_page import MomentFacts

SEEN = [
    {"family": "failure", "what": ["failed request POST /pay (502)"], "points": {"frustrated": 1.6}},
    {"family": "success", "what": ["form accepted"], "points": {"engaged": 2.0, "frustrated": -0.5}},
    {"family": "before", "what": ["earlier moments"], "points": {"engaged": 0.3}},
]


@pytest.mark.parametrize(
    ("emotion", "said"),
    [
        ("engaged", ["form accepted", "earlier moments", "despite failed request POST /pay (502)"]),
        ("frustrated", ["failed request POST /pay (502)", "despite form accepted", "despite earlier moments"]),
        ("unknown", ["failed request POST /pay (502)", "form accepted", "earlier moments"]),
    ],
)
def test_what_speaks_against_a_label_is_said_as_that(emotion: str, said: list[str]) -> None:
    assert evidence_words(MomentFacts(0.0, emotion, "weak", SEEN)) == said


def test_rows_written_by_hand_are_said_as_they_are() -> None:
    odd = [{"what": ["seen"], "points": {"engaged": "much"}}, {"what": 3, "points": None}, {"what": ["also"]}]
    assert evidence_words(MomentFacts(0.0, "engaged", None, odd)) == ["seen", "also"]
