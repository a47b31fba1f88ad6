"""The findings of a period against the equally long one before. Pure.

Rule of evidence (visual.md 4): strong, when the 95 % interval of the difference excludes 0 and each period has 400
scored sessions or more; moderate with 100 or more; otherwise it is none. Over all candidates the share of false ones is
held at 5 % (Benjamini and Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B
57 (1995), 289-300).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import numpy as np

from mien.findings.candidates import Candidate, as_losses, candidates_of
from mien.findings.change_point import change_point
from mien.findings.contrast import Losses, Members, Resampler
from mien.findings.course import course_of
from mien.findings.false_shares import false_shares
from mien.findings.shapes import Contrast, Dimension, Finding, Findings, ForWhom, Grade, Reason
from mien.store.finding import History, Loss

STRONG_SESSIONS, MODERATE_SESSIONS = 400, 100
FALSE_SHARE = 0.05
MIN_LOSING = 10
"""Own choice: sessions that lost points there now. With 20 no fewer of 200 made-up quiet periods had a finding (4)."""
MIN_PART, MIN_RATIO, MAX_PARTS = 50, 1.5, 4
"""Own choices: sessions of a part and of the others, how much more it loses, how many parts are named."""
MAX_REASONS = 4
NEAR, NEARLY_ALL = 0.02, 0.8
"""Own choices: how near a release begins to the change, of both periods; how much of the loss since then is in it
and later ones."""
SAME = 0.6
"""Own choice: of two findings that share so much of the smaller one's rise, only one is said."""
SPECIFIC = 0.6
"""Own choice: an element, API or error that explains so much of a screen's rise is said in its place."""


def find(history: History, losses: Sequence[Loss], divide_at: float) -> Findings:
    """`history`: of both periods; `divide_at`: where the later one begins, in seconds since the epoch."""
    at = np.asarray(history.started_at)
    now: Members = at >= divide_at
    sizes = int(now.sum()), int((~now).sum())
    candidates = candidates_of(losses)
    is_enough = min(sizes) >= MODERATE_SESSIONS
    if not is_enough:
        return Findings([], is_enough, *sizes, len(candidates), None)
    resampler = Resampler(history.visitor)
    lost = resampler.contrast(Losses(range(len(at)), history.lost), now, ~now)
    if not candidates:
        return Findings([], is_enough, *sizes, len(candidates), lost)
    changes = [resampler.contrast(one.losses, now, ~now) for one in candidates]
    shares = false_shares([change.p for change in changes])
    grade: Grade = "strong" if min(sizes) >= STRONG_SESSIONS else "moderate"
    worse = [
        (candidate, change, float(share))
        for candidate, change, share in zip(candidates, changes, shares, strict=True)
        if share <= FALSE_SHARE and change.low > 0 and candidate.losses.sessions(now) >= MIN_LOSING
    ]
    found = [
        _describe(candidate, change, share, grade, history, losses, now, resampler, divide_at)
        for candidate, change, share in _without_repeats(worse, rises_of(losses, now))
    ]
    return Findings(found, is_enough, *sizes, len(candidates), lost)


_Worse = tuple[Candidate, Contrast, float]


def rises_of(losses: Sequence[Loss], now: Members) -> Sequence[float]:
    """Of each loss how much more of it a session of the later period has, in points; below 0 where it is less."""
    sizes = now.sum(), (~now).sum()
    parts = [as_losses(loss) for loss in losses]
    return [part.total(now) / sizes[0] - part.total(~now) / sizes[1] for part in parts]


def _without_repeats(worse: Sequence[_Worse], rises: Sequence[float]) -> list[_Worse]:
    """Largest rise first; of a screen and what stands on it the one that says more, and each rise once."""

    def rank(one: _Worse) -> float:
        candidate, change, _ = one
        return change.difference * (SPECIFIC if candidate.place_kind == "screen" else 1.0)

    kept: list[_Worse] = []
    for one in sorted(worse, key=rank, reverse=True):
        if not any(_is_same(one, other, rises) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one[1].difference, reverse=True)


def _is_same(one: _Worse, other: _Worse, rises: Sequence[float]) -> bool:
    """Compared by what both have in common: a screen may hold two elements that got worse."""
    smaller = min(one, other, key=lambda each: each[1].difference)
    common = sum(rises[index] for index in one[0].parts & other[0].parts)
    return common >= SAME * smaller[1].difference


def _describe(
    candidate: Candidate,
    change: Contrast,
    share: float,
    grade: Grade,
    history: History,
    losses: Sequence[Loss],
    now: Members,
    resampler: Resampler,
    divide_at: float,
) -> Finding:
    # Of square roots: most sessions lose nothing and some very much, which hides the time of a change. On made-up
    # losses they halve the error where more sessions lose points, and keep it nearly where each loses more.
    of_each = candidate.losses.of_each(len(now))
    since = change_point(history.started_at, np.sqrt(of_each))
    after: Members = np.asarray(history.started_at) >= since
    for_whom = _for_whom(candidate, history, after, resampler)
    return Finding(
        place_kind=candidate.place_kind,
        place=candidate.place,
        place_screen=candidate.place_screen,
        cause=candidate.cause,
        grade=grade,
        change=change,
        q=share,
        sessions=candidate.losses.sessions(now),
        since=since,
        release=_release(candidate, since, for_whom, history),
        for_whom=for_whom,
        why=_reasons(candidate, losses, now),
        course=course_of(history.started_at, of_each, divide_at),
        level_before=float(of_each[~after].mean()),
        level_after=float(of_each[after].mean()),
    )


def _for_whom(candidate: Candidate, history: History, after: Members, resampler: Resampler) -> list[ForWhom]:
    """Parts of the sessions since the change that lose clearly more than the others, clearest first."""
    tried: list[ForWhom] = []
    for dimension in get_args(Dimension):
        values = np.asarray(getattr(history, dimension))
        for value in np.unique(values[after]):
            part = after & (values == value)
            others = after & ~part
            if value and min(part.sum(), others.sum()) >= MIN_PART:
                tried.append(ForWhom(dimension, str(value), resampler.contrast(candidate.losses, part, others)))
    if not tried:
        return []
    shares = false_shares([one.contrast.p for one in tried])
    clear = [
        one
        for one, share in zip(tried, shares, strict=True)
        if share <= FALSE_SHARE and one.contrast.low > 0 and one.contrast.points >= MIN_RATIO * one.contrast.other
    ]
    return sorted(clear, key=lambda one: (one.contrast.p, -one.contrast.difference))[:MAX_PARTS]


def _release(candidate: Candidate, since: float, for_whom: Sequence[ForWhom], history: History) -> str:
    """The release that it came with: new at the time of the change, and nearly all that was lost since is lost in it or
    in later ones.

    Or, where it was rolled out slowly beside an old one: new in these periods, and clearly losing more.
    """
    at, releases = np.asarray(history.started_at), np.asarray(history.release)
    old = set(history.release[: max(1, len(history.release) // 10)])
    lost = candidate.losses.of_each(len(at)) * (at >= since)
    near = NEAR * (at[-1] - at[0])
    began = {release: at[releases == release][0] for release in sorted(set(history.release) - old - {""})}
    for release in sorted(began, key=lambda one: abs(began[one] - since)):
        late = [one for one in began if began[one] >= began[release]]
        if abs(began[release] - since) <= near and lost[np.isin(releases, late)].sum() >= NEARLY_ALL * lost.sum():
            return release
    return next((one.value for one in for_whom if one.dimension == "release" and one.value not in old), "")


def _reasons(candidate: Candidate, losses: Sequence[Loss], now: Members) -> list[Reason]:
    """What rose, most first, by the mean points of a session."""
    by_kind: dict[tuple[str, str, str], list[float]] = {}
    for index in sorted(candidate.parts):
        loss = losses[index]
        means = by_kind.setdefault((loss.type, loss.api, loss.element), [0.0, 0.0])
        lost = as_losses(loss)
        means[0] += lost.total(now) / now.sum()
        means[1] += lost.total(~now) / (~now).sum()
    reasons = [
        Reason(*kind, points=float(points), points_before=float(before)) for kind, (points, before) in by_kind.items()
    ]
    rising = [one for one in reasons if one.points > one.points_before]
    return sorted(rising, key=lambda one: one.points_before - one.points)[:MAX_REASONS]
