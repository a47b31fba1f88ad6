"""Click targets: whether what was clicked looks as if it did something, and whether it would show an answer.

Shared by the detectors that judge the answers to clicks. Pure. Rule and limits: docs/analyzers/dead_click.md.
"""

from __future__ import annotations

import re

from mien.analyzers.thresholds import DeadClick
from mien.timeline import ClickInfo, Event

UNOBSERVABLE_TAGS = frozenset(("canvas", "video", "audio", "iframe", "embed", "object"))
TEXT_ROLES = frozenset(("textbox", "searchbox"))

BUTTON_TAGS = frozenset(("button", "summary"))
BUTTON_ROLES = frozenset(("button", "link", "menuitem", "menuitemcheckbox", "checkbox", "switch"))
CHOICE_ROLES = frozenset(("radio", "menuitemradio", "option", "tab"))
"""Choosing what is chosen already changes nothing, and rightly so."""
FIELD_ROLES = TEXT_ROLES | frozenset(("combobox", "listbox", "spinbutton", "slider"))
FIELD_TAGS = frozenset(("input", "textarea", "select", "option", "label"))
"""An `input` may be a button, but the metadata does not say so; a field that has the focus already shows no answer."""

BUTTON_WORDS = frozenset(("button", "btn"))
CONTAINER_WORDS = frozenset(("group", "bar", "toolbar", "row", "list", "container", "wrapper", "panel", "radio"))
_LAST_STEP = re.compile(r"[^\s>]+$")
_OTHER_TAG = re.compile(r"(a|input|textarea|select|option|label)(?=$|[.:#\[])")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def is_unobservable(info: ClickInfo) -> bool:
    """On a surface where nothing visibly answers or everything does: whoever names one says so, whatever its name."""
    return bool(info.surface) or info.tag in UNOBSERVABLE_TAGS


def is_text(info: ClickInfo) -> bool:
    """A field of text: quick clicks there select words."""
    return info.tag == "textarea" or info.role in TEXT_ROLES


def may_stay_silent(info: ClickInfo) -> bool:
    """Things whose answer is outside of the page, or that rightly have none: no answer says nothing about them."""
    if is_unobservable(info) or info.selection or info.link is not None:
        return True
    if info.role in FIELD_ROLES or info.role in CHOICE_ROLES:
        return True
    if info.tag == "a":
        return info.interactive not in ("aria", "cursor", "none")  # without `href` the SDK does not call it native
    return info.tag in FIELD_TAGS and info.role not in BUTTON_ROLES


def looks_active(event: Event, info: ClickInfo) -> str | None:
    """Why the target looks as if it did something: "native", "aria", "cursor", or "name" for its id alone.

    "none" when it is known not to; None when the row does not tell.
    """
    if info.interactive in ("native", "aria", "cursor", "none"):
        return info.interactive
    if info.tag in BUTTON_TAGS:
        return "native"
    if info.role in BUTTON_ROLES:
        return "aria"
    if info.tag is not None or info.role is not None:
        return None
    return "name" if is_named_button(event.element_id) else None


def is_named_button(element_id: str | None) -> bool:
    """Whether an id or the last step of a selector calls itself a button: `#pay-button`, `btnPay`, `form > button`."""
    last = _LAST_STEP.search(element_id or "")
    if last is None or _OTHER_TAG.match(last.group()):
        return False
    words = {word.lower() for word in _WORD.findall(last.group())}
    return not words.isdisjoint(BUTTON_WORDS) and words.isdisjoint(CONTAINER_WORDS)


def base_confidence(looks: str | None, thresholds: DeadClick) -> float:
    """How sure it is that the target should have answered; 0 for plain text and where nobody can tell."""
    if looks in ("native", "aria"):
        return thresholds.native_confidence
    return thresholds.cursor_confidence if looks in ("cursor", "name") else 0.0
