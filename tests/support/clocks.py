"""Clocks of a page that are wrong, and minutes that pass at once."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

MINUTE_STEPS = 6
STEP_MS = 10_000

# `Date` alone: like a computer whose clock was set wrong, the page's other clock (performance.now) is not touched.
_SHIFT = """Date = new Proxy(Date, {
  get: (real, name) => name === "now" ? () => real.now() + %(ms)d : Reflect.get(real, name),
  construct: (real, args, made) => Reflect.construct(real, args.length ? args : [real.now() + %(ms)d], made),
  apply: (real) => new real(real.now() + %(ms)d).toString()})"""


def shifted(ms: int) -> Callable[[Page], object]:
    """For `open_visit`: the clock of every page of the tab is `ms` ahead (below 0: behind)."""
    return lambda page: page.add_init_script(_SHIFT % {"ms": ms})


def with_fake_timers(page: Page) -> None:
    """For `open_visit`: time goes on as usual until `pass_seconds` is called."""
    page.clock.install()


# Like a machine so quick that no task takes any time: what measures its own cost finds none.
_STILL = """(() => { const real = performance.now.bind(performance);
  let at = real();
  const tick = () => (at = real());
  setInterval(tick, 1);
  for (const type of ["pointerdown", "click", "keydown", "input", "scroll"]) addEventListener(type, tick, true);
  performance.now = () => at; })()"""


def standing_still(page: Page) -> None:
    """For `open_visit`: `performance.now` stands still while a task runs, and goes on between tasks."""
    page.add_init_script(_STILL)


def pass_minute(page: Page, act: Callable[[int], object]) -> None:
    """Six times: `act` with the number, a moment of real time, and ten seconds that pass at once."""
    for number in range(MINUTE_STEPS):
        act(number)
        page.wait_for_timeout(350)
        page.clock.fast_forward(STEP_MS)


def pass_until(page: Page, is_done: Callable[[], object], most_steps: int = 15) -> None:
    """Ten seconds after ten seconds, until something is so; fails after `most_steps`."""
    for _ in range(most_steps):
        if is_done():
            return
        page.clock.fast_forward(STEP_MS)
        page.wait_for_timeout(250)
    raise AssertionError(f"not so after {most_steps * STEP_MS / 1000:.0f} s")
