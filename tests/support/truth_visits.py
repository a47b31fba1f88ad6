"""Three scripted visits of the truth site, the truth about them, and what a Mien's database says of the same.

`seconds` is how long a visit takes: about ten in the tests, sixty in the benchmark.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, Request

from tests.support.stored import Facts, rows_of
from tests.support.truth_site import DEAD_HOST, LISTENER


@dataclass
class Sent:
    """What went over the wire to Mien."""

    requests: int = 0
    preflights: int = 0
    body_bytes: int = 0

    def note(self, request: Request) -> None:
        if "/v1/batch" not in request.url:
            return
        if request.method == "OPTIONS":
            self.preflights += 1
        else:
            self.requests += 1
            self.body_bytes += len(request.post_data_buffer or b"")


@dataclass
class Visit:
    """A visit as the test's own listener saw it. Times are ms since 1970."""

    page: Page
    seconds: float
    is_touch: bool = False
    clicks: list[Facts] = field(default_factory=list)
    calls: list[Facts] = field(default_factory=list)
    errors: list[Facts] = field(default_factory=list)
    screens: list[str] = field(default_factory=list)
    sent: Sent = field(default_factory=Sent)
    session_id: str = ""

    def tell(self, kind: str, facts: Facts) -> None:
        {"click": self.clicks, "call": self.calls, "error": self.errors}[kind].append(facts)

    def pause(self, share: float) -> None:
        """A part of the visit's time without doing anything."""
        self.page.wait_for_timeout(self.seconds * 1000 * share)

    def press(self, selector: str, times: int = 1) -> None:
        for _ in range(times):
            (self.page.tap if self.is_touch else self.page.click)(selector)
            if times > 1:
                self.page.wait_for_timeout(150)

    def move(self) -> None:
        """A few steps of the mouse over the page."""
        if not self.is_touch:
            self.page.mouse.move(200 + len(self.clicks) * 7 % 300, 600, steps=12)

    def scroll(self, pixels: int) -> None:
        if self.is_touch:
            finger = {"x": 200, "y": 700 if pixels > 0 else 300, "yDistance": -pixels, "speed": 4000}
            devtools = self.page.context.new_cdp_session(self.page)
            devtools.send("Input.synthesizeScrollGesture", {**finger, "gestureSourceType": "touch"})
        else:
            self.page.mouse.wheel(0, pixels)
        self.page.wait_for_timeout(250)

    def went(self, screen: str) -> None:
        self.screens.append(screen)

    def open(self, page: Page, address: str) -> None:
        """Go there, as the start page of a site, until the script runs and its recorder, too."""
        page.goto(address)
        self.went("/visited/start")
        page.wait_for_function("window.mien && window.mien.sessionId")
        page.wait_for_timeout(700)
        self.session_id = page.evaluate("window.mien.sessionId")

    def leave(self) -> None:
        """To another site: everything has been sent then."""
        self.session_id = self.page.evaluate("window.mien.sessionId")
        self.page.goto("about:blank")
        self.page.wait_for_timeout(800)


def calm(visit: Visit) -> None:
    """Everything works: menus, routes, a frame, a shadow root, a slow call, a scroll."""
    for selector in ("#menu", "#quick"):
        visit.press(selector)
        visit.pause(0.08)
    visit.press("#list")
    visit.went("/visited/list")
    visit.move()
    visit.pause(0.08)
    visit.press("#card #inside")
    visit.pause(0.05)
    frame = visit.page.frame_locator("iframe").locator("#framed")
    (frame.tap if visit.is_touch else frame.click)()
    visit.pause(0.05)
    visit.press("#slow")
    visit.page.wait_for_timeout(2700)
    visit.scroll(2300)
    visit.pause(0.06)
    visit.press("#low")
    visit.pause(0.05)
    visit.press("#menu")
    visit.pause(0.3)


def frustrated(visit: Visit) -> None:
    """Three rage bursts and three dead clicks, far enough apart to be told apart, and two u-turns."""
    visit.press("#dead", 5)
    visit.pause(0.1)
    visit.press("#dead2")
    visit.page.wait_for_timeout(1200)
    visit.press("#quick")  # answered: it must not answer the dead click before it
    visit.pause(0.05)
    for _ in range(2):
        visit.press("#item")
        visit.went("/visited/item/:id")
        visit.page.wait_for_timeout(500)
        visit.page.go_back()
        visit.went("/visited/start")
        visit.page.wait_for_timeout(400)
    visit.press("#dead2", 4)
    visit.move()
    visit.pause(0.08)
    visit.press("#dead")
    visit.page.wait_for_timeout(350)
    visit.scroll(300)  # the person scrolls: no answer
    visit.scroll(-300)
    visit.pause(0.05)
    visit.press("#dead", 4)
    visit.page.wait_for_timeout(1200)
    visit.press("#dead2")
    visit.page.wait_for_timeout(3200)


def error_prone(visit: Visit) -> None:
    """Four errors, calls that fail in every way, and a reload."""
    page = visit.page
    visit.press("#throws")
    visit.pause(0.05)
    visit.press("#rejects")
    page.evaluate("setTimeout(() => { null.length; })")
    page.evaluate("document.head.append(Object.assign(document.createElement('script'), {src: '/gone.js'}))")
    for status in ("denied", "missing", "broken", "busy"):
        page.evaluate(f"call('/api/status/{status}')")
    page.evaluate(f"call('{DEAD_HOST}')")
    page.evaluate("""() => { const stop = new AbortController(); setTimeout(() => stop.abort(), 400);
        return call('/api/silent', {signal: stop.signal}); }""")
    visit.pause(0.1)
    visit.press("#slow")
    page.wait_for_timeout(2800)
    page.reload()
    visit.went("/visited/start")
    page.wait_for_function("window.mien && window.mien.sessionId")
    visit.pause(0.1)
    visit.press("#quick")
    visit.pause(0.2)


VISITS: dict[str, Callable[[Visit], None]] = {"calm": calm, "frustrated": frustrated, "error_prone": error_prone}


@contextmanager
def open_visit(
    browser: Browser, site: str, seconds: float, *, touch: bool = False, prepare: Callable[[Page], object] | None = None
) -> Iterator[Visit]:
    """An open page with the script running, in a context of its own. `prepare` is called before anything is loaded."""
    size = {"width": 390, "height": 844} if touch else {"width": 1280, "height": 800}
    context = browser.new_context(viewport=size, has_touch=touch, is_mobile=touch)  # type: ignore[arg-type]
    context.add_init_script(LISTENER)
    page = context.new_page()
    if prepare:
        prepare(page)
    visit = Visit(page, seconds, touch)
    context.expose_binding("tell", lambda _, kind, facts: visit.tell(kind, facts))
    context.on("request", visit.sent.note)
    try:
        visit.open(page, f"{site}/visited/start")
        yield visit
    finally:
        context.close()


@contextmanager
def visiting(browser: Browser, site: str, seconds: float, touch: bool = False) -> Iterator[Visit]:
    """The same; at the end everything has been sent and the page is gone."""
    with open_visit(browser, site, seconds, touch=touch) as visit:
        yield visit
        visit.leave()


def stored(dsn: str, session_id: str, **more: str) -> dict[str, list[Facts]]:
    """The rows of the session, once they are all there: what is sent last is stored within a second.

    `more`: further tables, and what to sort their rows by.
    """
    time.sleep(1)
    order = {"events": "occurred_at, event_id", "latency_metrics": "occurred_at", "error_logs": "occurred_at"}
    return rows_of(dsn, session_id, {**order, **more})


def of_type(rows: dict[str, list[Facts]], event_type: str) -> list[Facts]:
    return [row for row in rows["events"] if row["event_type"] == event_type]


def name_of(row: Facts) -> str:
    """The id at the end of an element's selector."""
    return str(row["element_id"]).rsplit("#", 1)[-1]
