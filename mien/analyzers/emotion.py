"""Emotion moments: how likely a moment was frustrating, confusing, engaging, or that nothing can be said.

Reads the signals and the anchors of a session; owns `emotion_predictions`. Pure, causal, an estimate of the moment and
not of the person. Model, words and limits: docs/analyzers/emotion.md.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from mien.analyzers.analyzer import Signal
from mien.analyzers.conclusion import Case, Concluded, Conclusion
from mien.analyzers.emotion_model import (
    MAX_CONFIDENCE,
    MODEL_VERSION,
    POINTS,
    PRIOR,
    UNKNOWN,
    Evidence,
    Families,
    Verdict,
    carried,
    decide,
    log_ratio,
    posterior,
    votes,
)
from mien.analyzers.foreground import active_seconds
from mien.analyzers.thresholds import Thresholds
from mien.timeline import HALF_MICROSECOND, Timeline, during, json_object

TASK_SUCCESS = "task_success"
WINDOW_S = 30.0  # evidence is remembered this long; docs/analyzers/emotion.md
MIN_CONFIDENCE = 0.5  # signals below are no evidence (errors of foreign scripts, say)
CALM_EVENTS, CALM_ACTIVE_S = 10, 20.0  # `neutral` needs this much without evidence; docs/analyzers/emotion.md
ANCHOR_EVENTS = ("click", "submit", "screen_view")
MAX_WORDS_PER_FAMILY = 5


class EmotionRow(msgspec.Struct, frozen=True, gc=False):
    """A row of `emotion_predictions`. `event_id` links the anchor's event; a failed call may have none."""

    event_id: int | None
    emotion: str
    confidence: float
    occurred_at: float


class EmotionEvidence(msgspec.Struct, frozen=True, gc=False):
    """What stands beside a prediction: how it came about, and how little it may be trusted.

    `evidence`: per family its kinds, what was seen and the log-odds points it gave each label, and an entry `before`
    for what earlier moments left. For any two labels the difference of their points' sums is the log-odds between
    them minus that of the prior. `label_set`: what it may have been.
    """

    event_id: int | None
    occurred_at: float
    stage: int
    calibrated: bool
    abstained: bool
    strength: str
    label_set: list[str]
    probabilities: dict[str, float]
    evidence: list[dict[str, object]]
    model_version: str


class Anchor(msgspec.Struct, frozen=True, gc=False):
    """A moment at which a prediction may stand."""

    at: float
    event_id: int | None


class Moment(msgspec.Struct, frozen=True, gc=False):
    """An anchor, the probabilities before its evidence, and what follows. The evidence is `[start:end]` of all."""

    anchor: Anchor
    before: Mapping[str, float]
    start: int
    end: int
    families: Families
    state: Mapping[str, float]
    verdict: Verdict


def predict_emotions(case: Case) -> Concluded[EmotionRow, EmotionEvidence]:
    """One row where new evidence or another label appears, and one for how a calm or silent session ends."""
    evidence = sorted(evidence_of(case), key=lambda item: (item.known_at, item.kind, item.what))
    judged = list(judge_anchors(case, evidence))
    told = [*changes(judged), *ending(case.timeline, evidence, judged)]
    rows = [
        EmotionRow(
            event_id=moment.anchor.event_id,
            emotion=moment.verdict.emotion,
            confidence=round(min(moment.verdict.probability, MAX_CONFIDENCE), 4),
            occurred_at=moment.anchor.at,
        )
        for moment in told
    ]
    return Concluded(rows, [explain(moment, evidence[moment.start : moment.end]) for moment in told])


def judge_anchors(case: Case, evidence: Sequence[Evidence]) -> Iterator[Moment]:
    """The anchors whose window holds evidence that no earlier anchor saw, oldest first.

    Evidence counts once: what earlier moments left is taken from the latest one before the window.
    """
    if not evidence:
        return
    anchors = Anchors(case)
    judged: list[Moment] = []
    judged_at: list[float] = []
    start = end = 0
    counts: dict[str, int] = {}  # of the kinds in the window, kept while it slides: a session may fail all day
    while end < len(evidence):
        anchor = anchors.next_from(evidence[end].known_at)
        if anchor is None:
            return
        while end < len(evidence) and evidence[end].known_at <= anchor.at + HALF_MICROSECOND:
            counts[evidence[end].kind] = counts.get(evidence[end].kind, 0) + 1
            end += 1
        while start < end and evidence[start].known_at <= anchor.at - WINDOW_S + HALF_MICROSECOND:
            counts[evidence[start].kind] -= 1
            if not counts[evidence[start].kind]:
                del counts[evidence[start].kind]
            start += 1
        if start < end:
            families = votes(still_speaking(frozenset(counts), evidence[end - 1].kind))
            earlier = bisect_left(judged_at, anchor.at - WINDOW_S + HALF_MICROSECOND)
            before = left_by(judged[earlier - 1] if earlier else None, anchor.at)
            state = posterior(before, families)
            judged.append(Moment(anchor, before, start, end, families, state, decide(state, families)))
            judged_at.append(anchor.at)
            yield judged[-1]


def still_speaking(kinds: frozenset[str], newest: str) -> frozenset[str]:
    """The kinds that count: that a form was accepted says nothing any more once something went wrong after it."""
    return kinds if newest == TASK_SUCCESS else kinds - {TASK_SUCCESS}


class Anchors:
    """The moments of a session at which a prediction may stand."""

    def __init__(self, case: Case) -> None:
        self.events = case.timeline.of_type(*ANCHOR_EVENTS)
        self.events_at = [event.at for event in self.events]
        self.moments = sorted(signal_moments(case), key=lambda anchor: anchor.at)
        self.moments_at = [moment.at for moment in self.moments]

    def next_from(self, at: float) -> Anchor | None:
        """The first at or after `at`. At one instant the event goes before what became known with it."""
        event_index = bisect_left(self.events_at, at - HALF_MICROSECOND)
        moment_index = bisect_left(self.moments_at, at - HALF_MICROSECOND)
        moment = self.moments[moment_index] if moment_index < len(self.moments) else None
        if event_index < len(self.events):
            event = self.events[event_index]
            if moment is None or event.at <= moment.at:
                return Anchor(event.at, event.event_id)
        return moment


def left_by(moment: Moment | None, at: float) -> Mapping[str, float]:
    """What a moment leaves of its probabilities at `at`; the prior when there was none."""
    return PRIOR if moment is None else carried(moment.state, at - moment.anchor.at)


def changes(judged: Iterable[Moment]) -> Iterator[Moment]:
    """The moments that say something new: a family that was not there yet, or another verdict than the last.

    A window that holds nothing of what the moment before knew begins a new episode, told from the start.
    """
    told: set[str] = set()
    label: str | None = None
    known = 0
    for moment in judged:
        if moment.start >= known:
            told, label = set(), None
        if moment.verdict.emotion != label or not told.issuperset(moment.families):
            yield moment
        told.update(moment.families)
        label = moment.verdict.emotion
        known = moment.end


def ending(timeline: Timeline, evidence: Sequence[Evidence], judged: Sequence[Moment]) -> Iterator[Moment]:
    """The last anchor of a session, when its window holds no evidence: `neutral` after a calm stretch.

    A session without any evidence that was too short for that ends with `unknown`; one that has rows gets none.
    """
    last = next(reversed(timeline.of_type(*ANCHOR_EVENTS)), None)
    if last is None or (evidence and evidence[-1].known_at > last.at - WINDOW_S):
        return
    since = evidence[-1].known_at if evidence else timeline.events[0].at
    stretch = during(timeline.events, since, last.at)
    calm = len(stretch) >= CALM_EVENTS and active_seconds(timeline, stretch) >= CALM_ACTIVE_S
    before = [moment for moment in judged if moment.anchor.at < last.at + HALF_MICROSECOND]
    state = left_by(before[-1] if before else None, last.at)
    verdict = decide(state, {}, calm)
    if verdict.emotion != UNKNOWN or not judged:
        yield Moment(Anchor(last.at, last.event_id), state, 0, 0, {}, state, verdict)


def signal_moments(case: Case) -> Iterator[Anchor]:
    """When a run of clicks was closed, an error thrown, a request failed or a wait given up.

    A slow answer is no moment of its own: the person goes on, and the next anchor tells of it.
    """
    for signal in case.signals:
        if kind_of(signal) is not None and signal.type not in ("slow_api", "slow_click"):
            yield Anchor(known_at(signal, case.baselines.thresholds), signal.event_id)


def evidence_of(case: Case) -> Iterator[Evidence]:
    """The signals that speak for an emotion, and successful submits."""
    for signal in case.signals:
        kind = kind_of(signal)
        if kind is not None:
            yield Evidence(kind, known_at(signal, case.baselines.thresholds), describe(signal))
    for submit in case.timeline.of_type("submit"):
        if json_object(submit.metadata).get("success") is True:
            yield Evidence(TASK_SUCCESS, submit.at, "form accepted")


def kind_of(signal: Signal) -> str | None:
    """The kind of evidence a signal is. What the person cannot have noticed, or is uncertain, is none."""
    if signal.confidence < MIN_CONFIDENCE or signal.evidence.get("foreground") is False:
        return None
    if signal.type == "rage_click" and not signal.evidence.get("confirmed"):
        return None
    if signal.type == "error_click" and signal.evidence.get("kind") == "request":
        return None  # the failed request itself is the evidence: one failure votes in one family
    if signal.type in ("slow_api", "slow_click", "unfinished_wait"):
        return "slow_response"
    return signal.type if signal.type in POINTS else None


def known_at(signal: Signal, thresholds: Thresholds) -> float:
    """When a signal could be known: a run of clicks is over, and a click unanswered, only some time after the last."""
    if signal.type == "rage_click":
        limits = thresholds.rage_click
        return signal.ended_at + max(thresholds.click_chains.max_gap_ms, limits.answer_ms, limits.wait_ms) / 1000
    if signal.type == "dead_click":
        return signal.ended_at + thresholds.dead_click.wait_ms / 1000
    return signal.ended_at


def describe(signal: Signal) -> str:
    """What was seen, in words that a page can show; kinds by the names of mien/api/words.py."""
    sentence = SENTENCES.get(signal.type)
    return signal.type.replace("_", " ") if sentence is None else sentence(signal, signal.evidence.get)


SENTENCES: dict[str, Callable[[Signal, Callable[[str], object]], str]] = {
    "rage_click": lambda _, seen: f"{seen('clicks')} rage clicks",
    "error_click": lambda _, seen: f"error click: {seen('message') or 'no message'}",
    "failed_request": lambda it, seen: f"failed request {it.api or 'without a name'} ({seen('status') or 'network'})",
    "unfinished_wait": lambda it, seen: f"unfinished wait for {it.api or 'a request'}, {seen('latency_ms')} ms",
    "slow_api": lambda it, seen: f"slow API {it.api or 'without a name'}, {seen('latency_ms')} ms",
    "slow_click": lambda _, seen: f"slow click, answered after {seen('response_ms')} ms",
    "dead_click": lambda *_: "dead click",
    "nav_loop": lambda it, _: "navigation loop" + on_screen(it),
    "search_struggle": lambda _, seen: f"search struggle, {seen('queries')} searches",
    "validation_loop": lambda _, seen: f"form refused {seen('failed_submits')} times",
    "quick_back": lambda it, _: f"quick back from {it.screen}" if it.screen else "quick back",
    "excessive_scroll": lambda it, _: "excessive scroll" + on_screen(it),
    "input_correction": lambda _, seen: f"corrections in {seen('field') or 'a field'}",
}


def on_screen(signal: Signal) -> str:
    return f" on {signal.screen}" if signal.screen else ""


def explain(moment: Moment, seen: Sequence[Evidence]) -> EmotionEvidence:
    """The record beside a prediction; `seen` is its evidence."""
    reasons: list[dict[str, object]] = []
    for family, points in moment.families.items():
        parts = [item for item in seen if POINTS[item.kind][0] == family]
        what = list(dict.fromkeys(item.what for item in parts))[:MAX_WORDS_PER_FAMILY]
        kinds = sorted({item.kind for item in parts})
        reasons.append({"family": family, "kinds": kinds, "count": len(parts), "what": what, "points": dict(points)})
    shift = {label: points for label, points in log_ratio(moment.before).items() if abs(points) > 1e-9}
    if shift:
        reasons.append({"family": "before", "kinds": [], "count": 0, "what": ["earlier moments"], "points": shift})
    return EmotionEvidence(
        event_id=moment.anchor.event_id,
        occurred_at=moment.anchor.at,
        stage=0,
        calibrated=False,
        abstained=moment.verdict.emotion == UNKNOWN,
        strength=moment.verdict.strength,
        label_set=list(moment.verdict.candidates),
        probabilities={label: round(probability, 4) for label, probability in moment.state.items()},
        evidence=reasons,
        model_version=MODEL_VERSION,
    )


EMOTION = Conclusion(
    "emotion",
    version=4,
    reads=frozenset(("submit", "visibility")),
    conclude=predict_emotions,
    table="emotion_predictions",
)
