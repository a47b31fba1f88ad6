"""Every threshold and weight of Mien, in one table: each with its default, its limits and its source.

A project may override any of them (`mien signals set`); what it sets reaches the analyzers inside its `Baselines`. A
source is a system or study that uses the number, or the words "default, not validated". Formulas: docs/analyzers/.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

UNVALIDATED = "default, not validated"
CEAPARU = "order: causes of frustration in Ceaparu 2004; size: default, not validated"
DYNATRACE = "order: crash over rage over error as in Dynatrace's score; size: default, not validated"
WEAK_HINT = "default, not validated; weak hints at all their caps together stop at 59"
SENTRY = "Sentry's Performance Score"


def limits(low: float, high: float, says: str, source: str = UNVALIDATED) -> Meta:
    """One row of the table: the values that make sense, what it says (with its unit), and where the default is from."""
    return Meta(ge=low, le=high, description=says, extra={"source": source})


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The numbers of one analyzer or one term of the score."""

    def numbers(self) -> list[float]:
        """All of them, in order: what versions and hashes are made of. 1000 and 1000.0 are one number."""
        return [float(value) for value in msgspec.structs.astuple(self)]


class ClickChains(Group, frozen=True):
    max_gap_ms: Annotated[
        float, limits(100, 5000, "ms; a gap of this or more ends a run of clicks", "PostHog, Mixpanel")
    ] = 1000
    max_distance_px: Annotated[
        float, limits(1, 200, "px between neighbouring clicks of a run", "PostHog, Mixpanel")
    ] = 30
    touch_factor: Annotated[float, limits(1, 5, "times the distance by touch: fingers are less exact")] = 1.5


class RageClick(Group, frozen=True):
    min_clicks: Annotated[
        int,
        limits(
            2, 20, "clicks within the window that make a burst", "PostHog, Datadog 3; Amplitude, Mixpanel, Splunk 4"
        ),
    ] = 3
    window_ms: Annotated[
        float,
        limits(
            100, 10_000, "ms; a burst has its clicks inside some window of this length", "Datadog, Amplitude, Splunk"
        ),
    ] = 1000
    confidence_of_3: Annotated[float, limits(0.01, 1, "confidence of a run of three clicks")] = 0.40
    confidence_of_4: Annotated[float, limits(0.01, 1, "confidence of a run of four clicks")] = 0.75
    confidence_of_5: Annotated[float, limits(0.01, 1, "confidence of a run of five and more clicks")] = 0.90
    failure_factor: Annotated[
        float, limits(1, 3, "times the confidence when an error or failed call belongs to the run")
    ] = 1.2
    max_confidence: Annotated[float, limits(0.01, 1, "the most that a failure lifts the confidence to")] = 0.97
    answered_factor: Annotated[
        float, limits(0, 1, "times the confidence when the page answered: a stepper, a pager")
    ] = 0.3
    unknown_factor: Annotated[float, limits(0, 1, "times the confidence when the answers are not known")] = 0.75
    answer_ms: Annotated[
        float,
        limits(
            0, 10_000, "ms after the last click in which a failure, and rows other than the click's own, still count"
        ),
    ] = 1000
    wait_ms: Annotated[
        float,
        limits(500, 3000, "ms within which a watched click counts as answered, as for dead_click", "docs/adr/0011"),
    ] = 3000
    min_confidence: Annotated[
        float, limits(0, 1, "from here on a run is a rage click; below, a multi_click that costs nothing")
    ] = 0.5
    wake_ms: Annotated[
        float, limits(0, 10_000, "ms after a hidden page is seen again in which clicks only wake it", "PostHog")
    ] = 1000


class DeadClick(Group, frozen=True):
    wait_ms: Annotated[
        float,
        limits(
            500,
            3000,
            "ms without an answer; the SDK waits 3000 itself",
            "Amplitude 3000, PostHog 2500, Splunk 1000, Sentry 7000",
        ),
    ] = 3000
    native_confidence: Annotated[float, limits(0, 1, "confidence for a button, or what says that it is one")] = 0.8
    cursor_confidence: Annotated[float, limits(0, 1, "confidence for what only has a pointing hand")] = 0.5
    unknown_factor: Annotated[
        float, limits(0, 1, "times the confidence where the answer is not known and nothing else happened")
    ] = 0.5
    hidden_ms: Annotated[
        float, limits(0, 10_000, "ms around a click in which a page that is hidden or shown excuses it", "PostHog")
    ] = 1000
    observed_ms: Annotated[
        float,
        limits(
            1000,
            30_000,
            "ms after the wait in which, where the answer is not known, a later row must show that the session went on",
        ),
    ] = 30_000


class SlowClick(Group, frozen=True):
    after_ms: Annotated[float, limits(100, 3000, "ms; an answer later than this is slow, 0.9 on the curve")] = 1000
    median_ms: Annotated[float, limits(200, 10_000, "ms at which the curve is at 0.5")] = 3000


class ErrorClick(Group, frozen=True):
    error_ms: Annotated[float, limits(100, 10_000, "ms after a click in which an error is its own", "Splunk")] = 1000
    request_start_ms: Annotated[float, limits(50, 5000, "ms after a click in which a request is its own")] = 500
    request_end_ms: Annotated[
        float,
        limits(
            500,
            60_000,
            "ms after a click in which its request must have failed",
            "Datadog waits 10 s for page activity",
        ),
    ] = 10_000
    js_confidence: Annotated[float, limits(0, 1, "confidence for an uncaught error")] = 0.9
    network_confidence: Annotated[float, limits(0, 1, "confidence for a failed request")] = 0.95
    handled_confidence: Annotated[float, limits(0, 1, "confidence for an error that the page logged itself")] = 0.5
    third_party_confidence: Annotated[float, limits(0, 1, "confidence for a foreign script's error")] = 0.2


class Crash(Group, frozen=True):
    error_ms: Annotated[float, limits(0, 60_000, "ms before a crash in which its last error explains it")] = 10_000


class ThrashedCursor(Group, frozen=True):
    min_turns: Annotated[
        int,
        limits(4, 50, "turns of 45 degrees and more within two seconds", "Splunk 4; raised, default, not validated"),
    ] = 8
    min_score: Annotated[
        float, limits(0, 1, "score of turns, speed and box", "Splunk 0.65; raised, default, not validated")
    ] = 0.75
    min_path_px: Annotated[float, limits(50, 5000, "px of way within two seconds", "Splunk")] = 300
    unknown_factor: Annotated[
        float, limits(0.01, 1, "times the confidence when turns and way were worked out from positions in the rows")
    ] = 0.5


class QuickBack(Group, frozen=True):
    default_dwell_ms: Annotated[
        float, limits(500, 30_000, "ms of active time on the page, until its own are known", "Uxify 5 s")
    ] = 5000
    min_dwell_ms: Annotated[float, limits(500, 30_000, "ms; the least that a page's own tenth percentile counts")] = (
        3000
    )
    max_dwell_ms: Annotated[float, limits(500, 60_000, "ms; the most that it counts")] = 10_000
    confidence: Annotated[float, limits(0.01, 1, "confidence")] = 0.7
    list_confidence: Annotated[
        float, limits(0.01, 1, "confidence when coming back to a list or a search: comparing is normal")
    ] = 0.4
    unknown_factor: Annotated[
        float, limits(0.01, 1, "times the confidence when the rows do not say how the person came back")
    ] = 0.5


class ExcessiveScroll(Group, frozen=True):
    min_reversals: Annotated[int, limits(2, 50, "changes of direction with legs of half a viewport and more")] = 4
    default_ratio: Annotated[
        float, limits(1, 50, "times the span that was scrolled, until the page's own 95th percentile is known")
    ] = 4
    min_confidence: Annotated[float, limits(0.01, 1, "confidence at the page's 95th percentile")] = 0.4
    max_confidence: Annotated[float, limits(0.01, 1, "confidence at its 99th percentile and above")] = 0.8
    min_page_viewports: Annotated[float, limits(1, 20, "viewports; shorter pages are not judged")] = 2
    unknown_factor: Annotated[
        float, limits(0.01, 1, "times the confidence when way and turns were worked out from positions in the rows")
    ] = 0.5


class FormAbandon(Group, frozen=True):
    confidence: Annotated[float, limits(0, 1, "confidence for a form that was begun and left")] = 0.5
    sure_confidence: Annotated[
        float, limits(0, 1, "confidence when it showed errors, corrections or a failed submit before")
    ] = 0.9
    sure_corrections: Annotated[int, limits(1, 20, "corrections in the form that make it sure")] = 2
    unknown_factor: Annotated[
        float, limits(0.01, 1, "times the confidence when the rows do not say which form a field belongs to")
    ] = 0.5


class InputCorrection(Group, frozen=True):
    min_returns: Annotated[
        int, limits(1, 20, "returns to one field", "Zuko counts field returns; number: default, not validated")
    ] = 2
    min_refills: Annotated[int, limits(1, 20, "times that one field was emptied and filled again")] = 2
    confidence: Annotated[float, limits(0.01, 1, "confidence")] = 0.5
    format_factor: Annotated[
        float,
        limits(0.01, 1, "times the confidence in dates, telephone and card numbers: scripts format and fill them"),
    ] = 0.5
    unknown_factor: Annotated[
        float, limits(0.01, 1, "times the confidence when the returns were counted from the order of inputs alone")
    ] = 0.5
    filled_within_ms: Annotated[
        float, limits(0, 1000, "ms; a field that is left so soon with text in it was filled by a password manager")
    ] = 50


class ValidationLoop(Group, frozen=True):
    min_failures: Annotated[int, limits(2, 20, "failed submits of one form in a row")] = 2
    min_gap_ms: Annotated[
        float, limits(0, 5000, "ms; submits closer together are one: a double click submits twice")
    ] = 500
    confidence: Annotated[float, limits(0.01, 1, "confidence")] = 0.9
    inferred_factor: Annotated[
        float, limits(0.01, 1, "times the confidence when only calls say that the submits failed")
    ] = 0.6


class NavLoop(Group, frozen=True):
    max_length: Annotated[int, limits(2, 8, "screens in one round")] = 4
    min_rounds: Annotated[int, limits(2, 20, "full rounds that make a loop")] = 2
    within_ms: Annotated[float, limits(10_000, 1_800_000, "ms that the rounds may take together")] = 600_000
    confidence: Annotated[float, limits(0.01, 1, "confidence at the least number of rounds")] = 0.6
    further_confidence: Annotated[float, limits(0, 1, "added per further round")] = 0.1
    max_confidence: Annotated[float, limits(0.01, 1, "the most that rounds add up to")] = 0.9
    unknown_factor: Annotated[
        float, limits(0.01, 1, "times the confidence when the rows do not tell one thing of a kind from another")
    ] = 0.5


class ReloadBurst(Group, frozen=True):
    min_loads: Annotated[int, limits(2, 20, "loads of one address")] = 3
    within_ms: Annotated[float, limits(1000, 600_000, "ms that they may take together")] = 60_000
    confidence: Annotated[float, limits(0.01, 1, "confidence")] = 0.8
    unknown_factor: Annotated[
        float, limits(0.01, 1, "times the confidence when the rows do not say that the page was loaded anew")
    ] = 0.5


class SearchStruggle(Group, frozen=True):
    min_queries: Annotated[int, limits(2, 20, "queries one after another, each worded anew")] = 3
    within_ms: Annotated[float, limits(10_000, 3_600_000, "ms that they may take together")] = 180_000
    min_gap_ms: Annotated[
        float, limits(0, 30_000, "ms; a search that is sent again sooner, with no other text known, is the same one")
    ] = 2000
    confidence: Annotated[float, limits(0.01, 1, "confidence")] = 0.7
    unknown_factor: Annotated[
        float, limits(0.01, 1, "times the confidence when it is not known that the texts of the queries differ")
    ] = 0.5


class JsError(Group, frozen=True):
    noticed_ms: Annotated[float, limits(100, 60_000, "ms after an interaction in which an error may be noticed")] = 5000
    click_ms: Annotated[
        float, limits(100, 10_000, "ms after a click in which an error is put down to it", "Splunk")
    ] = 1000
    repeat_ms: Annotated[float, limits(0, 60_000, "ms in which the same error again is part of the same signal")] = 5000
    confidence: Annotated[float, limits(0, 1, "confidence of the site's own error")] = 0.9
    third_party_confidence: Annotated[float, limits(0, 1, "confidence of a foreign script's error")] = 0.2


class Requests(Group, frozen=True):
    prompt_ms: Annotated[
        float, limits(100, 10_000, "ms after a click, submit or screen in which a call is waited on")
    ] = 1000
    slow_ms: Annotated[
        float, limits(100, 60_000, "ms above which a call that is waited on is a slow one: a row to look at, no cost")
    ] = 2000
    failed_confidence: Annotated[float, limits(0, 1, "confidence of a failed request")] = 0.95


class Incidents(Group, frozen=True):
    max_gap_ms: Annotated[float, limits(0, 60_000, "ms between the intervals of two signals of one incident")] = 5000
    max_distance_px: Annotated[float, limits(0, 500, "px between two signals of one incident")] = 50


class Weights(Group, frozen=True):
    """Per incident type: the hazard of one incident of confidence 1."""

    crash: Annotated[float, limits(0, 5, "hazard of one", DYNATRACE + "; one crash crosses the 50 band")] = 1.20
    rage_click: Annotated[float, limits(0, 5, "hazard of one that is confirmed", DYNATRACE)] = 0.35
    error_click: Annotated[float, limits(0, 5, "hazard of one", CEAPARU)] = 0.25
    failed_request: Annotated[float, limits(0, 5, "hazard of one that the person waited on", CEAPARU)] = 0.25
    form_abandon: Annotated[float, limits(0, 5, "hazard of one")] = 0.15
    rage_click_unconfirmed: Annotated[float, limits(0, 5, "hazard of one; whether the page answered is not known")] = (
        0.12
    )
    dead_click: Annotated[float, limits(0, 5, "hazard of one")] = 0.10
    slow_click: Annotated[float, limits(0, 5, "hazard of one; only where it is not in the latency term")] = 0.10
    js_error: Annotated[float, limits(0, 5, "hazard of one in the foreground", CEAPARU)] = 0.10
    nav_loop: Annotated[float, limits(0, 5, "hazard of one", CEAPARU)] = 0.10
    search_struggle: Annotated[float, limits(0, 5, "hazard of one", CEAPARU)] = 0.10
    reload_burst: Annotated[float, limits(0, 5, "hazard of one")] = 0.10
    validation_loop: Annotated[float, limits(0, 5, "hazard of one", CEAPARU)] = 0.08
    thrashed_cursor: Annotated[float, limits(0, 5, "hazard of one", WEAK_HINT)] = 0.06
    quick_back: Annotated[float, limits(0, 5, "hazard of one", WEAK_HINT)] = 0.06
    excessive_scroll: Annotated[float, limits(0, 5, "hazard of one", WEAK_HINT)] = 0.05
    failed_request_background: Annotated[float, limits(0, 5, "hazard of one that nobody waited on")] = 0.05
    input_correction: Annotated[float, limits(0, 5, "hazard of one", WEAK_HINT)] = 0.04
    js_error_background: Annotated[float, limits(0, 5, "hazard of one in the background")] = 0.03


class Score(Group, frozen=True):
    repeat_factor: Annotated[
        float,
        limits(
            0,
            0.99,
            "each further incident of a type counts this much of the one before; a type stops at weight / (1 - this)",
        ),
    ] = 0.6
    min_accepted_share: Annotated[
        float, limits(0.001, 0.5, "floor of every curve: no call or vital weighs more than -ln of this")
    ] = 0.02
    vitals_factor: Annotated[
        float, limits(0, 5, "times the vitals' term; below 1 because slow is bad but not broken")
    ] = 0.6
    latency_factor: Annotated[
        float,
        limits(
            0,
            5,
            "times the latency term",
            "with the floor for unfinished waits it orders real rated tasks best: docs/evaluation.md",
        ),
    ] = 0.25
    latency_good_ms: Annotated[float, limits(10, 60_000, "ms that 0.9 of people would put up with")] = 500
    latency_median_ms: Annotated[float, limits(20, 120_000, "ms that half of people would put up with")] = 2000
    vital_weight_lcp: Annotated[float, limits(0, 1, "weight of LCP among the measured vitals", SENTRY)] = 0.30
    vital_weight_inp: Annotated[float, limits(0, 1, "weight of INP", SENTRY)] = 0.30
    vital_weight_cls: Annotated[float, limits(0, 1, "weight of CLS", SENTRY)] = 0.15
    vital_weight_fcp: Annotated[float, limits(0, 1, "weight of FCP", SENTRY)] = 0.15
    vital_weight_ttfb: Annotated[float, limits(0, 1, "weight of TTFB", SENTRY)] = 0.10
    minor_below_points: Annotated[
        float, limits(0, 10, "points; what costs less is listed together as minor", "a choice of presentation")
    ] = 0.5
    dropped_below_confidence: Annotated[
        float, limits(0, 1, "the upper end of the range leaves out incidents of less confidence")
    ] = 0.7


GOOD_MS = limits(1, 120_000, "ms; the good line: 0.9 on the curve", SENTRY)
POOR_MS = limits(1, 120_000, "ms; the poor line: 0.5 on the curve", SENTRY)
GOOD_CLS = limits(0.001, 10, "shift of layout, without a unit; the good line: 0.9 on the curve", SENTRY)
POOR_CLS = limits(0.001, 10, "shift of layout, without a unit; the poor line: 0.5 on the curve", SENTRY)


class VitalsDesktop(Group, frozen=True):
    lcp_good_ms: Annotated[float, GOOD_MS] = 1200
    lcp_poor_ms: Annotated[float, POOR_MS] = 2400
    inp_good_ms: Annotated[float, GOOD_MS] = 200
    inp_poor_ms: Annotated[float, POOR_MS] = 500
    cls_good: Annotated[float, GOOD_CLS] = 0.1
    cls_poor: Annotated[float, POOR_CLS] = 0.25
    fcp_good_ms: Annotated[float, GOOD_MS] = 900
    fcp_poor_ms: Annotated[float, POOR_MS] = 1600
    ttfb_good_ms: Annotated[float, GOOD_MS] = 200
    ttfb_poor_ms: Annotated[float, POOR_MS] = 400


class VitalsMobile(Group, frozen=True):
    lcp_good_ms: Annotated[float, GOOD_MS] = 2500
    lcp_poor_ms: Annotated[float, POOR_MS] = 4000
    inp_good_ms: Annotated[float, GOOD_MS] = 200
    inp_poor_ms: Annotated[float, POOR_MS] = 500
    cls_good: Annotated[float, GOOD_CLS] = 0.1
    cls_poor: Annotated[float, POOR_CLS] = 0.25
    fcp_good_ms: Annotated[float, GOOD_MS] = 1800
    fcp_poor_ms: Annotated[float, POOR_MS] = 3000
    ttfb_good_ms: Annotated[float, GOOD_MS] = 800
    ttfb_poor_ms: Annotated[float, POOR_MS] = 1800


class Thresholds(Group, frozen=True):
    """The whole table. `click_chains.max_gap_ms` is how one of its numbers is named outside."""

    click_chains: ClickChains = ClickChains()
    rage_click: RageClick = RageClick()
    dead_click: DeadClick = DeadClick()
    slow_click: SlowClick = SlowClick()
    error_click: ErrorClick = ErrorClick()
    crash: Crash = Crash()
    thrashed_cursor: ThrashedCursor = ThrashedCursor()
    quick_back: QuickBack = QuickBack()
    excessive_scroll: ExcessiveScroll = ExcessiveScroll()
    form_abandon: FormAbandon = FormAbandon()
    input_correction: InputCorrection = InputCorrection()
    validation_loop: ValidationLoop = ValidationLoop()
    nav_loop: NavLoop = NavLoop()
    reload_burst: ReloadBurst = ReloadBurst()
    search_struggle: SearchStruggle = SearchStruggle()
    js_error: JsError = JsError()
    requests: Requests = Requests()
    incidents: Incidents = Incidents()
    weight: Weights = Weights()
    score: Score = Score()
    vitals_desktop: VitalsDesktop = VitalsDesktop()
    vitals_mobile: VitalsMobile = VitalsMobile()


DEFAULTS = Thresholds()
