"""A scripted person at a real browser: moves the pointer or a finger, scrolls, types and waits like one.

visitors.py tells what such a person wants. All times are drawn from the visit's own seeded generator, so that a visit
repeats except for what the browser and the machine add. The figures are invented to look human, not measured.
"""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import CDPSession, Locator, Page

PATIENCE_MS = 12_000
STEP_PX = 22.0
SLOP_PX = 15


class Person:
    """One page, one generator, and whether it is a touch screen."""

    def __init__(self, page: Page, rng: random.Random, touch: bool) -> None:
        self.page, self.rng, self.touch = page, rng, touch
        self._at = (40.0, 120.0)
        self._touchscreen: CDPSession | None = None

    async def wait(self, low_s: float, high_s: float) -> None:
        """Think, read or look for somewhere between `low_s` and `high_s` seconds."""
        await asyncio.sleep(self.rng.uniform(low_s, high_s))

    async def open(self, path: str) -> None:
        """Type an address: a full page load."""
        await self.page.goto(path, wait_until="load")
        await self.wait(0.8, 1.6)

    async def sees(self, selector: str) -> Locator:
        """The first element of `selector`, as soon as it can be seen."""
        found = self.page.locator(selector).first
        await found.wait_for(state="visible", timeout=PATIENCE_MS)
        return found

    async def click(self, selector: str, times: int = 1, pace_s: tuple[float, float] = (0.13, 0.24)) -> None:
        """Go to the element and press it; `times` > 1 presses the same place again, `pace_s` apart."""
        x, y = await self._aim(await self.sees(selector))
        if not self.touch:
            await self._move_to(x, y)
        await self.wait(0.15, 0.4)
        for count in range(times):
            if count:
                await self.wait(*pace_s)
            if self.touch:
                await self.page.touchscreen.tap(x, y)
            else:
                await self.page.mouse.move(x + self.rng.uniform(-2, 2), y + self.rng.uniform(-1, 1))
                await self.page.mouse.down()
                await self.wait(0.04, 0.09)
                await self.page.mouse.up()

    async def type(self, selector: str, text: str) -> None:
        """Click into a field, empty it and type, key by key."""
        await self.click(selector)
        field = self.page.locator(selector).first
        if await field.input_value():
            await field.select_text()
            await self.page.keyboard.press("Backspace")
        for sign in text:
            await self.page.keyboard.type(sign)
            await self.wait(0.035, 0.13)
        await self.wait(0.2, 0.6)

    async def scroll(self, distance_px: float) -> None:
        """Scroll down (or up, when negative) in several turns of the wheel or strokes of the finger."""
        left = abs(distance_px)
        while left > 0:
            turn = min(left, self.rng.uniform(90, 220))
            left -= turn
            signed = turn if distance_px > 0 else -turn
            await (self._swipe(signed) if self.touch else self.page.mouse.wheel(0, signed))
            await self.wait(0.06, 0.22)
        await self.wait(0.5, 1.2)

    async def read(self, screens: int = 1) -> None:
        """Read down the page, a part of a screen at a time, the pointer wandering beside the text."""
        for _ in range(screens):
            if not self.touch:
                await self._move_to(self.rng.uniform(200, 700), self.rng.uniform(200, 520))
            await self.wait(1.0, 2.2)
            await self.scroll(self.rng.uniform(260, 480))

    async def _aim(self, target: Locator) -> tuple[float, float]:
        """A point near the middle of the element, which is scrolled to when it is out of sight."""
        size = self.page.viewport_size or {"width": 1280, "height": 800}
        for _ in range(12):
            box = await target.bounding_box() or {"x": 0.0, "y": 0.0, "width": 1.0, "height": 1.0}
            middle = box["y"] + box["height"] / 2
            if 60 < middle < size["height"] - 40:
                break
            before = await self.page.evaluate("scrollY")
            await self.scroll(max(-600.0, min(600.0, middle - size["height"] * 0.55)))
            if await self.page.evaluate("scrollY") == before:
                break
        box = await target.bounding_box() or box
        return (box["x"] + box["width"] * self.rng.uniform(0.35, 0.65),
                box["y"] + box["height"] * self.rng.uniform(0.38, 0.62))  # fmt: skip

    async def _move_to(self, x: float, y: float) -> None:
        """A slightly bent way there, fast in the middle and slow at the end."""
        x0, y0 = self._at
        distance = ((x - x0) ** 2 + (y - y0) ** 2) ** 0.5
        bend = self.rng.uniform(-0.12, 0.12) * distance
        steps = max(4, min(30, int(distance / STEP_PX)))
        for step in range(1, steps + 1):
            share = step / steps
            eased = share * share * (3 - 2 * share)
            aside = bend * 4 * eased * (1 - eased)
            await self.page.mouse.move(x0 + (x - x0) * eased + aside * 0.5, y0 + (y - y0) * eased + aside)
            await asyncio.sleep(0.012)
        self._at = (x, y)

    async def _swipe(self, distance_px: float) -> None:
        size = self.page.viewport_size or {"width": 390, "height": 844}
        x, y = size["width"] * self.rng.uniform(0.55, 0.75), size["height"] * (0.7 if distance_px > 0 else 0.35)
        # The browser takes the first few pixels of a drag to see that it is one: they do not scroll.
        way = distance_px + (SLOP_PX if distance_px > 0 else -SLOP_PX)
        await self._finger("touchStart", x, y)
        for step in range(1, 9):
            await asyncio.sleep(0.014)
            await self._finger("touchMove", x, y - way * step / 8)
        await asyncio.sleep(0.09)  # resting before it lifts, so that nothing is flung
        await self._finger("touchEnd", x, y)

    async def _finger(self, what: str, x: float, y: float) -> None:
        if self._touchscreen is None:
            self._touchscreen = await self.page.context.new_cdp_session(self.page)
        points = [] if what == "touchEnd" else [{"x": round(x), "y": round(y)}]
        await self._touchscreen.send("Input.dispatchTouchEvent", {"type": what, "touchPoints": points})
