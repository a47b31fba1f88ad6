"""Findings: what was planted is found, with its time, its people and its release; where nothing changed, nothing is."""

from __future__ import annotations

import numpy as np
import pytest

from mien.findings.change_point import change_point
from mien.findings.contrast import Losses, Resampler
from mien.findings.course import STEPS_EACH, course_of
from mien.findings.find import find
from mien.findings.shapes import Findings
from mien.store.finding import History, Loss

DAY = 86_400.0
NOW = 7 * DAY
"""Where the later of the two weeks begins."""


class Weeks:
    """Two weeks of visits: on eight screens three kinds of trouble, equally often all the time."""

    def __init__(self, seed: int, sessions: int = 4_000, visits_each: float = 1.6) -> None:
        self.dice = dice = np.random.default_rng(seed)
        self.at = np.sort(dice.uniform(0, 14 * DAY, sessions))
        self.visitor = np.unique(dice.integers(0, int(sessions / visits_each), sessions), return_inverse=True)[1]
        self.device = dice.choice(["desktop", "phone"], sessions, p=[0.6, 0.4])
        self.release = np.full(sessions, "4.1")
        self.losses: list[Loss] = []
        for screen in range(8):
            self.lose("slow_api", f"/s{screen}", f"GET /api/{screen}", "", dice.random(sessions) < 0.06)
            self.lose("dead_click", f"/s{screen}", "", f"#b{screen}", dice.random(sessions) < 0.03)
            self.lose("js_error", f"/s{screen}", "", "", dice.random(sessions) < 0.05)

    def lose(
        self, kind: str, page: str, api: str, element: str, who: np.ndarray, points: float = 4.0, error: str = ""
    ) -> None:
        numbers = np.flatnonzero(who)
        lost = self.dice.exponential(points, len(numbers))
        self.losses.append(Loss(kind, page, api, element, error, numbers.tolist(), lost.tolist()))

    def chance(self, share: float) -> np.ndarray:
        return self.dice.random(len(self.at)) < share

    def find(self) -> Findings:
        nothing = [""] * len(self.at)
        history = History(
            self.at.tolist(), self.visitor.tolist(), [0.0] * len(self.at), self.release.tolist(),
            self.device.tolist(), nothing, nothing, nothing,
        )  # fmt: skip
        return find(history, self.losses, NOW)


def test_a_button_that_died_on_phones_with_a_release_is_said_with_all_of_that() -> None:
    weeks = Weeks(1)
    since = 9 * DAY
    weeks.release[weeks.at > since] = "4.2"
    weeks.release[weeks.at > 11 * DAY] = "4.3"
    weeks.lose(
        "dead_click", "/pay", "", "#pay", (weeks.at > since) & (weeks.device == "phone") & weeks.chance(0.2), 8.0
    )
    found = weeks.find()
    first, *others = found.findings
    assert others == [], "the screen that the button stands on is the same finding"
    assert (first.place_kind, first.place, first.place_screen, first.cause) == ("element", "#pay", "/pay", "noans")
    assert first.grade == "strong" and first.change.other == 0 < first.change.low
    assert abs(first.since - since) < 0.5 * DAY
    assert first.release == "4.2"
    assert [(part.dimension, part.value) for part in first.for_whom] == [("device_type", "phone")]
    assert [(reason.type, reason.element) for reason in first.why] == [("dead_click", "#pay")]
    assert first.sessions == len(weeks.losses[-1].numbers)


def test_a_screen_on_which_several_things_got_worse_is_said_itself() -> None:
    weeks = Weeks(2)
    for button in range(6):
        weeks.lose("dead_click", "/cart", "", f"#c{button}", (weeks.at > 8 * DAY) & weeks.chance(0.05), 6.0)
    first = weeks.find().findings[0]
    assert (first.place_kind, first.place) == ("screen", "/cart")


def test_an_error_that_is_met_on_many_screens_is_said_itself() -> None:
    weeks = Weeks(6)
    for screen in range(8):
        weeks.lose("js_error", f"/s{screen}", "", "", (weeks.at > 9 * DAY) & weeks.chance(0.02), 8.0, "payment refused")
    first, *others = weeks.find().findings
    assert (first.place_kind, first.place, first.cause) == ("error", "payment refused", "fail")
    assert abs(first.since - 9 * DAY) < 0.5 * DAY and others == []


def test_what_got_better_is_no_finding() -> None:
    weeks = Weeks(3)
    weeks.lose("slow_api", "/list", "GET /api/search", "", (weeks.at < NOW) & weeks.chance(0.2), 8.0)
    assert weeks.find().findings == []


def test_where_nothing_changed_few_periods_have_a_finding() -> None:
    assert sum(bool(Weeks(seed, 1_500).find().findings) for seed in range(40)) <= 2


@pytest.mark.parametrize(("sessions", "grade"), [(150, None), (500, "moderate"), (1_500, "strong")])
def test_the_grade_follows_from_how_many_sessions_there_are(sessions: int, grade: str | None) -> None:
    weeks = Weeks(4, sessions)
    weeks.lose("slow_api", "/list", "GET /api/search", "", (weeks.at > 9 * DAY) & weeks.chance(0.6), 20.0)
    found = weeks.find()
    assert found.is_enough == (grade is not None)
    assert [one.grade for one in found.findings][:1] == ([grade] if grade else [])


def test_one_person_who_suffers_often_is_not_many_people() -> None:
    """The same losses, of many people or of one: only drawn by visitor they differ."""
    visitors = np.arange(1_000)
    losses = Losses(range(500, 530), [10.0] * 30)
    now = np.arange(1_000) >= 500
    assert Resampler(visitors.tolist()).contrast(losses, now, ~now).low > 0
    visitors[500:530] = 500
    same = Resampler(np.unique(visitors, return_inverse=True)[1].tolist()).contrast(losses, now, ~now)
    assert same.low == 0.0 and same.p > 0.05


def test_the_interval_covers_the_true_difference() -> None:
    """Of 95 % intervals about 95 in 100 do."""
    covered = 0
    for seed in range(100):
        dice = np.random.default_rng(seed)
        lost = np.concatenate([dice.exponential(1.0, 300), dice.exponential(1.5, 300)])
        contrast = Resampler(range(600)).contrast(Losses(range(600), lost), np.arange(600) >= 300, np.arange(600) < 300)
        assert contrast.points == pytest.approx(lost[300:].mean()) and contrast.other == pytest.approx(
            lost[:300].mean()
        )
        covered += contrast.low <= 0.5 <= contrast.high
    assert 88 <= covered <= 100


def test_the_time_of_a_change_lies_between_the_sessions_around_it() -> None:
    lost = np.array([0.0] * 40 + [3.0] * 60)
    assert change_point(list(range(100)), lost) == 39.5


def test_the_same_sessions_give_the_same_figures() -> None:
    assert Weeks(5).find() == Weeks(5).find()


def test_the_course_has_as_many_steps_before_as_after_and_holes_where_nobody_came() -> None:
    started_at = [0.0, 1.0, 13.9, 14.0, 27.9, 28.0]
    course = course_of(started_at, np.array([1.0, 3.0, 2.0, 8.0, 9.0, 5.0]), divide_at=14.0)
    assert len(course) == 2 * STEPS_EACH
    assert [course[0], course[1], course[13], course[14], course[27]] == [1.0, 3.0, 2.0, 8.0, 7.0]
    assert all(mean is None for mean in course[2:13] + course[15:27])
