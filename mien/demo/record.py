"""Records the demo's visits: scripted people in real Chromium, the live shop, and our own script in its pages.

Every visit gets a small server of its own with the shop, the script and a collector that only keeps what arrives, so
that what a page sends while it is being left still belongs to the right visit. Needs Playwright and a Chromium.
"""

from __future__ import annotations

import asyncio
import gzip
import random
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import uvicorn
from litestar import Litestar, Request, Response, get, post

from mien.demo.browser import launch_options
from mien.demo.person import Person
from mien.demo.shop import shop_router
from mien.demo.visit_file import FOLDER, PLACEHOLDER, SentBatch, VisitFile, unpacked_replay, visit_paths, write_visit
from mien.demo.visitors import VISITORS, Planned, planned_visits, sign_in
from mien.errors import SetupError

if TYPE_CHECKING:
    from playwright.async_api import Browser, ViewportSize

SDK = Path(__file__).resolve().parents[1] / "static" / "sdk"
SCRIPTS = ("mien.js", "mien-replay.js", "mien-vitals.js", "mien-crash.js")
"""What a site loads of ours by itself, at once or when it is needed."""
WRITE_KEY = "mk_demo_recording"
AT_ONCE = 5
LAST_BATCHES_S = 1.5
"""Time for what the page sends while it is being left, and for the server to read it."""

Progress = Callable[[int, int, str], None]
"""Called with how many visits are done, of how many, and what was done last."""


class Kept:
    """The batches of one visit, in the order of arrival; a batch that was sent again is kept once."""

    def __init__(self) -> None:
        self.started_at = int(time.time() * 1000)
        self.batches: dict[str, SentBatch] = {}

    def keep(self, body: bytes) -> None:
        text = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
        batch: dict[str, Any] = msgspec.json.decode(text)
        after_ms = int(time.time() * 1000) - self.started_at
        self.batches.setdefault(str(batch["batch_id"]), SentBatch(after_ms, batch))


def built_scripts() -> dict[str, bytes]:
    """Our script as it is built, by path. Raises SetupError when it is not."""
    missing = [name for name in SCRIPTS if not (SDK / name).exists()]
    if missing:
        raise SetupError(f"{' and '.join(missing)} not built yet: run `./run demo` once, or npm run build:sdk in web/.")
    return {f"/{name}": (SDK / name).read_bytes() for name in SCRIPTS}


def recording_app(kept: Kept, scripts: dict[str, bytes]) -> Litestar:
    """The shop, the script as any site loads it, and a collector that keeps."""

    @get(list(scripts), sync_to_thread=False)
    def script(request: Request[Any, Any, Any]) -> Response[bytes]:
        return Response(scripts[request.url.path], media_type="text/javascript")

    @post("/v1/batch", status_code=200)
    async def batch(request: Request[Any, Any, Any]) -> dict[str, str]:
        kept.keep(await request.body())
        return {"status": "stored"}

    return Litestar([shop_router(WRITE_KEY), script, batch], openapi_config=None)


@asynccontextmanager
async def serving(app: Litestar) -> AsyncIterator[str]:
    """`app` on a free port of this machine; gives its address, and is gone afterwards."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="on", timeout_graceful_shutdown=1))
    # uvicorn's own run() would take over Ctrl+C; as a task it leaves that to whoever records.
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started:
            if task.done():
                raise SetupError("The recording server did not start.")
            await asyncio.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


async def record_visit(browser: Browser, planned: Planned, scripts: dict[str, bytes]) -> VisitFile:
    """Let one person loose in the shop and give back what the script sent meanwhile."""
    title, visit = VISITORS[planned.kind]
    device, kept = planned.device, Kept()
    size: ViewportSize = {"width": device.width, "height": device.height}
    async with serving(recording_app(kept, scripts)) as address:
        context = await browser.new_context(
            base_url=address, user_agent=device.user_agent, locale=planned.locale, timezone_id="Europe/Berlin",
            viewport=size, screen=size, has_touch=device.touch, is_mobile=device.touch)  # fmt: skip
        try:
            page = await context.new_page()
            person = Person(page, random.Random(planned.name), device.touch)  # noqa: S311 (human-like times, no secret)
            kept.started_at = int(time.time() * 1000)
            await person.open("/shop/")
            if planned.email:
                await sign_in(person, planned.email)
                await person.open("/shop/")
            await visit(person)
            await page.goto("about:blank")
            await asyncio.sleep(LAST_BATCHES_S)
        finally:
            await context.close()
    headers = {"accept-language": f"{planned.locale},{planned.locale[:2]};q=0.9"}
    batches = _tidied(list(kept.batches.values()), address)
    return VisitFile(planned.kind, title, kept.started_at, device.user_agent, headers, batches)


def _tidied(batches: list[SentBatch], address: str) -> list[SentBatch]:
    """What only a recording can get wrong is mended.

    The recording server's address becomes PLACEHOLDER, in replay too, which is unpacked for it. Chromium drops the
    emulated device before a page that is being left has said its last, so what describes the device is taken from the
    visit's first batch.
    """
    tidied = []
    for batch in batches:
        chunks = [
            {**chunk, "enc": "json", "data": unpacked_replay(chunk).decode()} for chunk in batch.body.get("replay", [])
        ]
        whole = msgspec.json.encode(batch.body | ({"replay": chunks} if chunks else {}))
        body = msgspec.json.decode(whole.replace(address.encode(), PLACEHOLDER.encode()))
        first = batches[0].body["session"]
        body["session"]["screen_resolution"] = first["screen_resolution"]
        body["session"]["user"] |= {
            key: first["user"][key] for key in ("locale", "device_type") if key in first["user"]
        }
        tidied.append(SentBatch(batch.after_ms, body))
    return tidied


async def record(folder: Path = FOLDER, progress: Progress = lambda done, total, what: None) -> int:
    """Record all planned visits into `folder` and give back how many there are.

    Takes three to five minutes. A visit that fails is tried once more; the files of visits that are no longer planned
    are removed at the end. Raises SetupError when the script is not built or there is no browser.
    """
    scripts = built_scripts()  # read once, so that a build in between does not mix two versions
    from playwright.async_api import async_playwright  # only recording needs it: it is not among the run-time packages

    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    planned = list(planned_visits())
    gate, done = asyncio.Semaphore(AT_ONCE), 0

    async def one(browser: Browser, plan: Planned) -> None:
        nonlocal done
        async with gate:
            try:
                recorded = await record_visit(browser, plan, scripts)
            except Exception as error:
                # A busy machine can make a scripted person miss a button: once more, then give up.
                progress(done, len(planned), f"{plan.name}: once more, after {type(error).__name__}: {error}")
                recorded = await record_visit(browser, plan, scripts)
        size = write_visit(folder / f"{plan.name}.json.gz", recorded)
        done += 1
        progress(done, len(planned), f"{plan.name}: {len(recorded.batches)} batches, {size / 1024:.0f} KiB")

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**launch_options())  # type: ignore[arg-type]
        try:
            async with asyncio.TaskGroup() as group:
                for plan in planned:
                    group.create_task(one(browser, plan))
        except ExceptionGroup as failures:
            raise SetupError(f"A visit could not be recorded: {failures.exceptions[0]}") from failures
    await asyncio.to_thread(_remove_others, folder, {f"{plan.name}.json.gz" for plan in planned})
    return len(planned)


def _remove_others(folder: Path, names: set[str]) -> None:
    for path in visit_paths(folder):
        if path.name not in names:
            path.unlink()
