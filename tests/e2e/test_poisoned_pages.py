"""Texts and recordings made to run in the viewer's browser: nothing of them runs, nothing leaves it, on any page."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.batches import batch, click, now_ms, replay_chunk
from tests.support.dashboard import DESKTOP, sign_in
from tests.support.http_server import HTML, Handler, serving
from tests.support.running import PASSWORD, RunningMien

RAN = "top.poisoned=1"
PLAYED_MS, LOADED_MS = 3_000, 20_000
NOT_LOADED = "The element has no supported sources."
"""A recorded video that was not fetched."""
FORBIDDEN = (
    "#root :is(script, meta, object, embed, base, [onerror], [onload], [onclick], [onfocus]),"
    " #root [href^='javascript:' i], #root [href^='data:' i], #root iframe:not([sandbox]), #root iframe[srcdoc]"
)
"""What React never writes there itself."""


def poisons(outside: str) -> list[str]:
    return [
        f'"><script src="{outside}/script"></script><script>{RAN}</script>',
        f'<img src="{outside}/img" onerror="{RAN}">',
        f"javascript:{RAN}",
        f'<svg onload="{RAN}"><image href="{outside}/svg"/></svg>',
        f"<style>@import url({outside}/import);*{{background:url({outside}/css)}}</style>",
        f'<iframe srcdoc="<script>{RAN}</script>"></iframe><object data="{outside}/object"></object>',
        f'<meta http-equiv="refresh" content="0;url={outside}/refresh"><base href="{outside}/">',
        f'=HYPERLINK("{outside}/cell")',
    ]


def element(number: int, tag: str, attributes: dict[str, Any] | None = None, *children: Any) -> dict[str, Any]:
    return {"type": 2, "tagName": tag, "attributes": attributes or {}, "childNodes": [*children], "id": number}


def words(number: int, text: str, is_style: bool = False) -> dict[str, Any]:
    return {"type": 3, "textContent": text, "isStyle": is_style, "id": number}


def recording(outside: str, at: int, screen: str) -> list[dict[str, Any]]:
    """A page that tries everything, as rrweb would have recorded it."""
    style = f"@import url({outside}/r-import); body {{ background: url({outside}/r-css) }}"
    head = element(
        4, "head", None,
        element(5, "meta", {"http-equiv": "refresh", "content": f"0;url={outside}/r-refresh"}),
        element(6, "link", {"rel": "stylesheet", "href": f"{outside}/r-link"}),
        element(7, "style", {"_cssText": style}, words(8, style, True)),
        element(9, "script", {"src": f"{outside}/r-script"}, words(10, RAN)),
        element(11, "base", {"href": f"{outside}/"}),
    )  # fmt: skip
    body = element(
        12, "body", {"onload": RAN, "style": f"background-image:url({outside}/r-style)"},
        element(13, "h1", None, words(14, "The recorded page")),
        element(15, "img", {"src": f"{outside}/r-img", "onerror": RAN}),
        element(16, "svg", {"onload": RAN}, element(17, "image", {"href": f"{outside}/r-svg"})),
        element(18, "iframe", {"srcdoc": f"<script>{RAN}</script>", "src": f"{outside}/r-frame"}),
        element(19, "a", {"href": f"javascript:{RAN}", "ping": f"{outside}/r-ping"}, words(20, "link")),
        element(21, "form", {"action": f"{outside}/r-form"}, element(22, "button", {"autofocus": "", "onfocus": RAN})),
        element(23, "object", {"data": f"{outside}/r-object"}),
        element(24, "video", {"src": f"{outside}/r-video", "autoplay": "", "poster": f"{outside}/r-poster"}),
        element(25, "button", {"id": "pay", "style": "position:absolute;left:600px;top:300px"}, words(26, "Pay")),
    )  # fmt: skip
    html = element(3, "html", None, head, body)
    document = {
        "type": 0,
        "id": 1,
        "childNodes": [{"type": 1, "name": "html", "publicId": "", "systemId": "", "id": 2}, html],
    }
    added = {"parentId": 12, "nextId": None, "node": element(40, "script", {"src": f"{outside}/r-added"})}
    moved = {"source": 1, "positions": [{"x": 9, "y": 9, "id": 13, "timeOffset": 0}]}
    address = f"https://shop.test{quote(screen)}"
    later = {"source": 0, "texts": [], "attributes": [{"id": 15, "attributes": {"src": f"{outside}/r-changed"}}],
             "removes": [], "adds": [added]}  # fmt: skip
    return [
        {"type": 4, "timestamp": at, "data": {"href": address, "width": 1280, "height": 800}},
        {"type": 2, "timestamp": at + 1, "data": {"node": document, "initialOffset": {"left": 0, "top": 0}}},
        {"type": 3, "timestamp": at + 1500, "data": later},
        {"type": 3, "timestamp": at + 9000, "data": moved},
    ]  # fmt: skip


def visit(key: str, poison: str, outside: str, ago_ms: int = 60_000) -> dict[str, Any]:
    """A visit of which every text that a site can send is the poison: rage clicks, calls, errors, a recording."""
    start = now_ms() - ago_ms
    screen = f"/{poison}"
    meta = {"seq": 1, "vw": 1280, "vh": 800, "response_ms": None, "label": poison, "answered": False}
    view = {
        "type": "screen_view",
        "at": start + 10,
        "screen": screen,
        "metadata": {"title": poison, "vw": 1280, "vh": 800},
    }
    clicks = [
        click(start + 2000 + 150 * n, screen=screen, element_id=poison, metadata={**meta, "seq": n}) for n in range(8)
    ]
    session = {
        "session_id": str(uuid.uuid4()), "device_id": poison, "started_at": start, "app_version": poison,
        "referrer": poison,
        "utm": {"utm_source": poison}, "user": {"external_user_id": poison, "email": poison, "locale": poison},
    }  # fmt: skip
    call = {"api": f"GET /{poison}", "latency_ms": 4000, "status": 500}
    return batch(
        key,
        session=session,
        events=[view, *clicks, {"type": poison, "at": start + 5000, "screen": screen, "metadata": {"name": poison}},
                {"type": "custom", "at": start + 5100, "screen": screen, "metadata": {"name": poison}}],
        latency=[{**call, "at": start + 2500 + n} for n in range(3)],
        errors=[{"message": poison, "at": start + 3000, "screen": screen, "stack": f"{poison}\n at {poison}"}],
        replay=[replay_chunk(recording(outside, start + 20, screen))],
    )  # fmt: skip


@pytest.fixture(scope="module")
def asked_outside() -> Iterator[tuple[str, list[str]]]:
    """The address of a stranger's server, and what it was asked."""
    asked: list[str] = []

    def routes(handler: Handler, _body: bytes) -> tuple[int, dict[str, str], bytes]:
        asked.append(handler.path)
        return 200, HTML, b""

    with serving(routes) as address:
        yield address, asked


def analysed(mien: RunningMien, ids: list[str]) -> None:
    """Until each has a score and its signals, or what a session of it lacks is told."""
    with mien.api() as api:
        for _ in range(300):
            answers = [api.get(f"/sessions/{one}") for one in ids]
            if all(one.status_code == 200 and one.json()["signals"] and one.json()["errors"] for one in answers):
                return
            time.sleep(0.1)
    raise AssertionError([one.text[:200] for one in answers])


def addresses(mien: RunningMien, session_id: str, poison: str) -> list[str]:
    """Of all pages, with the poison wherever an address takes a text."""
    with mien.api() as api:
        group = next(row["key"] for row in api.get("/errors").json()["rows"])
        one = api.get(f"/sessions/{session_id}").json()
        screen, signal = one["signals"][0]["screen"] or "", one["signals"][0]["type"]
    of_screen, asked = urlencode({"on": screen}), urlencode({"screen": poison, "having": f"path:{quote(poison)}"})
    return [
        "",
        f"?{asked}",
        "/live",
        "/sessions",
        f"/sessions?{urlencode({'q': poison, 'former': poison, 'moment': poison})}",
        f"/sessions/{session_id}?panel=signals",
        f"/sessions/{session_id}?panel=console",
        "/screens",
        f"/screens?{of_screen}",
        f"/heatmaps?{of_screen}",
        f"/heatmaps?{of_screen}&against=segment&{urlencode({'other': urlencode({'screen': poison})})}",
        f"/heatmaps?{of_screen}&layer=dead&width=all",
        "/journeys",
        f"/journeys?{urlencode({'start': screen, 'node': poison})}",
        f"/journeys?view=funnel&{urlencode({'steps': poison})}",
        "/journeys?view=loops",
        "/latency",
        "/latency?view=vitals",
        f"/latency?{urlencode({'api': 'GET /' + poison})}",
        "/errors",
        f"/errors/{group}",
        "/signals",
        f"/signals?kind={signal}",
        "/signals?lab=1",
        "/moments",
        "/score",
        "/score?score_by=release",
        "/system",
        "/settings",
        f"/{quote(poison, safe='')}",
    ]


@pytest.fixture(scope="module")
def poisoned(mien: RunningMien, asked_outside: tuple[str, list[str]]) -> list[tuple[str, str]]:
    """Each poison with the id of the visit that brought it."""
    outside, _ = asked_outside
    texts = poisons(outside)
    key = mien.cli("key", "create")
    visits = [visit(key, poison, outside) for poison in texts]
    # Long before, so that the releases of the others begin within the period.
    for one in (visit(key, "plain", outside, ago_ms=8 * 3_600_000), *visits):
        agent = {"user-agent": "Mozilla/5.0 Chrome/140.0"}
        httpx.post(f"{mien.base_url}/v1/batch", json=one, headers=agent).raise_for_status()
    ids = [str(one["session"]["session_id"]) for one in visits]
    analysed(mien, ids)
    with httpx.Client(base_url=f"{mien.base_url}/api") as person:
        csrf = person.post("/login", json={"name": "tester", "password": PASSWORD}).json()["csrf"]
        person.headers["x-mien-csrf"] = csrf
        for poison in texts:
            view = {"name": poison[:80], "address": f"/sessions?{urlencode({'q': poison})}"}
            person.post("/projects/default/views", json=view).raise_for_status()
            note = {"note_id": str(uuid.uuid4()), "at_ms": 100, "text": poison}
            person.post(f"/projects/default/sessions/{ids[0]}/notes", json=note).raise_for_status()
    return list(zip(texts, ids, strict=True))


@pytest.fixture
def watched(mien: RunningMien, chromium: Browser, asked_outside: tuple[str, list[str]]) -> Iterator[Page]:
    """Signed in. At the end: what left, what asked, what broke; of none anything."""
    context = chromium.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    page = context.new_page()
    left: list[str] = []
    page.on("pageerror", lambda error: left.append(str(error)) if str(error) != NOT_LOADED else None)
    page.on("dialog", lambda dialog: left.append(dialog.message))
    context.on("page", lambda opened: left.append(opened.url))
    sign_in(page, mien)
    yield page
    context.close()
    assert left == []
    assert asked_outside[1] == []


def look(page: Page, mien: RunningMien, path: str) -> None:
    page.goto(f"{mien.base_url}/p/default{path}")
    # Until nothing loads any more: waiting for a silent network would take as long again.
    expect(page.locator("h1, .state h3").first).to_be_visible(timeout=LOADED_MS)
    expect(page.locator(".blocks")).to_have_count(0, timeout=LOADED_MS)
    assert_harmless(page, mien, path)


@pytest.mark.timeout(400)
def test_on_no_page_a_text_runs_or_leaves(watched: Page, mien: RunningMien, poisoned: list[tuple[str, str]]) -> None:
    poison, session_id = poisoned[1]
    for path in addresses(mien, session_id, poison):
        look(watched, mien, path)
    look(watched, mien, "")
    # The last point of the trend; what a chart says there is HTML, and names the releases.
    drawing = watched.locator(".echart")
    expect(drawing.locator("svg")).to_be_visible()
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    assert box is not None
    note = watched.get_by_text("First sessions of release").first
    for from_right in range(40, 10, -3):
        watched.mouse.move(box["x"] + box["width"] - from_right, box["y"] + box["height"] / 2)
        watched.wait_for_timeout(100)
        if note.is_visible():
            break
    expect(note).to_be_visible()
    assert_harmless(watched, mien, "the trend")
    watched.keyboard.press("Control+k")
    watched.keyboard.type("img")
    expect(watched.get_by_role("option").first).to_be_visible()
    assert_harmless(watched, mien, "the palette")


@pytest.mark.timeout(400)
def test_in_no_session_a_text_or_a_recording_runs_or_leaves(
    watched: Page, mien: RunningMien, poisoned: list[tuple[str, str]]
) -> None:
    for _, session_id in poisoned:
        look(watched, mien, f"/sessions/{session_id}?panel=signals")
    watched.goto(f"{mien.base_url}/p/default/sessions/{poisoned[1][1]}")
    expect(watched.get_by_text("onerror").first).to_be_visible()
    shown = watched.frame_locator(".stage iframe")
    expect(shown.get_by_role("heading", name="The recorded page")).to_be_visible()
    watched.get_by_role("button", name="Play", exact=True).click()
    watched.wait_for_timeout(PLAYED_MS)
    assert_harmless(watched, mien, "the replay, played")


def assert_harmless(page: Page, mien: RunningMien, where: str) -> None:
    assert page.evaluate("window.poisoned") is None, where
    assert page.url.startswith(mien.base_url), where
    assert page.locator(FORBIDDEN).count() == 0, (
        where,
        page.locator(FORBIDDEN).first.evaluate("(one) => one.outerHTML"),
    )
    for frame in page.frames[1:]:
        assert frame.url in ("about:blank", "about:srcdoc", ""), (where, frame.url)
