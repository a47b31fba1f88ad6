"""Every sentence that the API makes, in one file: titles, labels of issues and signals, moments.

Templates over what was recorded, never a guess about the person (visual.md 6): plain, what happened first, "likely"
before every moment. The dashboard's own words are in web/dashboard/src/words.ts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

MAX_TITLE_ISSUES = 2
MAX_PLACE = 60
MAX_LABEL = 40


def quoted(text: str, longest: int = MAX_LABEL) -> str:
    """In typographic quotes, cut with an ellipsis."""
    return f"“{shortened(text, longest)}”"


def shortened(text: str, longest: int) -> str:
    """One line of at most `longest` characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def element_name(element: str | None, label: str | None) -> str | None:
    """The words on the element, else its selector."""
    if label and label.strip():
        return quoted(label)
    return shortened(element, MAX_LABEL) if element else None


class Kind(NamedTuple):
    """A kind of signal or issue in words. `name`: as every page calls it, `happened`: as it stands in a sentence.

    `of`: what is named with it, an element (else its screen), a screen, or an API (else the screen). `plain`: other
    words under which a search finds it.
    """

    name: str
    of: Literal["element", "screen", "api"]
    plain: str = ""
    joiner: str = "on"
    happened: str = ""


KINDS: dict[str, Kind] = {
    "rage_click": Kind("rage click", "element", happened="rage clicks"),
    "rage_click_unconfirmed": Kind("fast clicks", "element"),
    "multi_click": Kind("repeated clicks", "element"),
    "dead_click": Kind("dead click", "element", "click without an answer"),
    "slow_click": Kind("slow click", "element", "slow answer to a click"),
    "error_click": Kind("error click", "element", "error after a click"),
    "failed_request": Kind("failed request", "api"),
    "failed_request_background": Kind("failed background request", "api"),
    "js_error": Kind("JavaScript error", "screen"),
    "js_error_background": Kind("background JavaScript error", "screen"),
    "crash": Kind("crash", "screen", "blank page after an error"),
    "slow_api": Kind("slow API", "api", "waiting"),
    "unfinished_wait": Kind("unfinished wait", "api", "a wait that did not end, waiting without an end", joiner="for"),
    "web_vital_lcp": Kind("slow main content", "screen"),
    "web_vital_fcp": Kind("late first content", "screen"),
    "web_vital_ttfb": Kind("slow server", "screen", "slow first answer"),
    "web_vital_inp": Kind("slow reaction", "screen"),
    "web_vital_cls": Kind("jumping content", "screen"),
    "nav_loop": Kind("navigation loop", "screen", "going in circles"),
    "quick_back": Kind("quick back", "screen", "quickly back", joiner="from"),
    "reload_burst": Kind("reload burst", "screen", "reload after reload"),
    "search_struggle": Kind("search struggle", "screen", "one search after the other"),
    "form_abandon": Kind("form left", "screen", "form left unfinished"),
    "validation_loop": Kind("form refused", "screen", "form refused again and again"),
    "input_correction": Kind("corrections", "element", joiner="in"),
    "excessive_scroll": Kind("excessive scroll", "screen", "scrolling up and down"),
    "thrashed_cursor": Kind("thrashed pointer", "screen", "restless pointer"),
}
"""Kind of signal or issue -> its words. The dashboard's words.ts holds the same names; a test compares them."""


def phrase(kind: str, element: str | None, page: str | None, api: str | None) -> str:
    """What happened, beginning in lower case, always with the kind's name. `element` as `element_name` gives it."""
    if kind == "minor":
        return "smaller things"
    place = shortened(page, MAX_PLACE) if page else None
    said = KINDS.get(kind, Kind(kind.replace("_", " "), "element"))
    happened = said.happened or said.name
    if said.of == "api" and api:
        call = shortened(api, MAX_PLACE)
        return f"{happened} {call}" if said.joiner == "on" else f"{happened} {said.joiner} {call}"
    named = element or place if said.of == "element" else place
    joiner = "on" if said.of == "api" else said.joiner
    return f"{happened} {joiner} {named}" if named else happened


def sentence_case(text: str) -> str:
    """First letter large; API names such as `GET /x` stay as they are."""
    return text[:1].upper() + text[1:]


def times(count: int) -> str:
    """How often, as the end of a label; nothing for once."""
    return "" if count < 2 else ", twice" if count == 2 else f", {count} times"


def label(kind: str, element: str | None, page: str | None, api: str | None, count: int = 1) -> str:
    """The label of an issue or signal."""
    return sentence_case(phrase(kind, element, page, api)) + times(count)


def title(phrases: Sequence[str], screens: Sequence[str]) -> str:
    """A session's title: its worst issues in the order in which they happened; without issues where it led."""
    if phrases:
        return sentence_case(", then ".join(dict.fromkeys(phrases)))
    names = [shortened(screen, MAX_PLACE) for screen in screens if screen]
    if not names:
        return "No screen recorded"
    return names[0] if names[0] == names[-1] else f"{names[0]} to {names[-1]}"


def duration(milliseconds: float) -> str:
    """690 ms, 4.8 s, 12 s, 1 min 12 s (visual.md 5.8)."""
    if milliseconds < 999.5:
        return f"{round(milliseconds)} ms"
    if milliseconds < 9_950:
        return f"{milliseconds / 1000:.1f} s"
    seconds = round(milliseconds / 1000)
    if seconds < 60:
        return f"{seconds} s"
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def counted(number: object, thing: str, things: str | None = None) -> str | None:
    """ "1 click", "3 clicks"; None for what is no number, or none."""
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        return None
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def _within(evidence: Mapping[str, Any], key: str = "span_ms", joiner: str = "in") -> str:
    span = evidence.get(key)
    return f" {joiner} {duration(span)}" if isinstance(span, int | float) else ""


def _dead_click(evidence: Mapping[str, Any]) -> list[str | None]:
    clicks = evidence.get("clicks")
    nothing = "no answer" if evidence.get("answered") == "no" else "nothing else happened"
    return [
        counted(clicks, "click") if isinstance(clicks, int) and clicks > 1 else None,
        nothing + _within(evidence, "waited_ms"),
    ]


def _form_left(evidence: Mapping[str, Any]) -> list[str | None]:
    last = evidence.get("last_field")
    return [
        counted(evidence.get("fields"), "field"),
        f"last {shortened(last, MAX_LABEL)}" if isinstance(last, str) else None,
        counted(evidence.get("errors"), "error shown", "errors shown"),
        counted(evidence.get("corrections"), "correction"),
        counted(evidence.get("failed_submits"), "failed submit"),
    ]


def _loop(evidence: Mapping[str, Any]) -> list[str | None]:
    screens, rounds = evidence.get("screens"), counted(evidence.get("rounds"), "round")
    named = [shortened(str(screen), 40) for screen in screens] if isinstance(screens, list) else []
    return [" to ".join(named) or None, rounds and rounds + _within(evidence)]


def _quick_back(evidence: Mapping[str, Any]) -> list[str | None]:
    back_to = evidence.get("back_to")
    there = _within(evidence, "active_ms", "after").strip()
    return [there or None, f"back to {shortened(back_to, MAX_PLACE)}" if isinstance(back_to, str) else None]


def _scroll(evidence: Mapping[str, Any]) -> list[str | None]:
    ratio = evidence.get("ratio")
    over = f"{ratio:.1f} times over the same part" if isinstance(ratio, int | float) else None
    return [counted(evidence.get("reversals"), "change of direction", "changes of direction"), over]


def _pointer(evidence: Mapping[str, Any]) -> list[str | None]:
    return [counted(evidence.get("turns"), "turn"), counted(evidence.get("path_px"), "px", "px")]


def _corrections(evidence: Mapping[str, Any]) -> list[str | None]:
    field, returns, refills = evidence.get("field"), evidence.get("returns"), evidence.get("refills")
    return [
        shortened(field, MAX_LABEL) if isinstance(field, str) else None,
        f"came back{_often(returns)}" if counted(returns, "") else None,
        f"emptied and filled again{_often(refills)}" if counted(refills, "") else None,
    ]


def _often(number: object) -> str:
    return times(number).replace(",", "", 1) if isinstance(number, int) else ""


def _refused(evidence: Mapping[str, Any]) -> list[str | None]:
    refused = evidence.get("failed_submits")
    return [
        f"refused{_often(refused)}" if counted(refused, "") else None,
        counted(evidence.get("invalid_fields"), "invalid field"),
    ]


DETAILS: dict[str, Callable[[Mapping[str, Any]], list[str | None]]] = {
    "dead_click": _dead_click,
    "slow_click": lambda evidence: [f"answered{_within(evidence, 'response_ms', 'after')}"],
    "nav_loop": _loop,
    "quick_back": _quick_back,
    "reload_burst": lambda evidence: [(counted(evidence.get("loads"), "load") or "loads") + _within(evidence)],
    "search_struggle": lambda evidence: [
        (counted(evidence.get("queries"), "search", "searches") or "searches") + _within(evidence),
        "no result opened",
    ],
    "form_abandon": _form_left,
    "validation_loop": _refused,
    "input_correction": _corrections,
    "excessive_scroll": _scroll,
    "thrashed_cursor": _pointer,
}
"""Kind -> what was seen, in parts; a part that is not known is None."""


def detail(kind: str, evidence: Mapping[str, Any]) -> str:
    """What was seen, as the second line under a label; empty when there is nothing to add."""
    if kind == "minor":
        return ", ".join(f"{name}{times(count)}" for name, count in _minor_counts(evidence).most_common(6))
    if kind in DETAILS:
        return ", ".join(part for part in DETAILS[kind](evidence) if part) if evidence else ""
    parts = []
    if clicks := counted(evidence.get("clicks"), "click"):
        parts.append(clicks + _within(evidence))
        if evidence.get("answered") == "no":
            parts.append("the page did not answer")
    latency, status = evidence.get("latency_ms"), evidence.get("status")
    if "latency_ms" in evidence or "status" in evidence:
        waited = f" after {duration(latency)}" if isinstance(latency, int | float) else ""
        said = "unfinished" if status is None else "network failure" if status == 0 else f"HTTP {status}"
        parts.append(said + waited)
    if isinstance(value := evidence.get("value"), int | float) and isinstance(name := evidence.get("name"), str):
        parts.append(f"{name} {value:.2f}" if name == "CLS" else f"{name} {duration(value)}")
    if isinstance(message := evidence.get("message"), str):
        parts.append(shortened(message, 120))
    if isinstance(failures := evidence.get("failures"), list):
        parts += [shortened(str(failure), 80) for failure in failures[:3]]
    return ", ".join(parts)


def _minor_counts(evidence: Mapping[str, Any]) -> Counter[str]:
    """By name. What is as it should be and still costs a little must not read as "slow API" or "late first content"."""
    counts: Counter[str] = Counter()
    for kind, count in evidence.items():
        if isinstance(count, int):
            name = "short waits for calls" if kind == "slow_api" else name_of(kind)
            counts["web vitals" if kind.startswith("web_vital_") else name] += count
    return counts


def name_of(kind: str) -> str:
    """The plain name of a kind."""
    return KINDS[kind].name if kind in KINDS else kind.replace("_", " ")


def kinds_matching(text: str) -> tuple[str, ...]:
    """The kinds whose name or plain words hold `text`: what a search for words finds beside screens and people."""
    wanted = text.strip().lower()
    if len(wanted) < 3:
        return ()
    return tuple(
        kind for kind, said in KINDS.items() if wanted in f"{said.name} | {said.happened} | {said.plain}".lower()
    )


def moment(emotion: str, strength: str | None, evidence: Sequence[str]) -> str:
    """A moment in one sentence: likely, with its evidence, in words instead of percent (visual.md 6)."""
    if emotion == "unknown":
        return "Not clear" + (f" (seen: {', '.join(evidence)})" if evidence else "")
    if emotion == "neutral":
        return "Calm moment, nothing seen"
    seen = f" ({strength or 'weak'} evidence: {', '.join(evidence)})" if evidence else ""
    return f"Likely {emotion} moment{seen}"
