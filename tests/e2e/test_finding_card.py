"""What got worse, on the Overview: each part says what the API says, and opens exactly the sessions that it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.support.dashboard import serious_violations, shown_total, signed_in
from tests.support.running import RunningMien, running_mien

PROJECT = "default"
FIRST_MS = 30_000
"""The comparison of 1,600 visits, on a loaded machine."""


@pytest.fixture(scope="module")
def worse() -> Iterator[RunningMien]:
    """Two weeks of made-up visits, of which the second has an API that became slow (the kind follows from the seed)."""
    with running_mien() as running:
        said = running.cli("bench", "fill", "--project", PROJECT, "--sessions", "1600", "--days", "14", "--seed", "4")
        assert said == ""  # what it planted goes to stderr, for people
        yield running


@pytest.fixture
def overview(worse: RunningMien, chromium: Browser) -> Iterator[Page]:
    page = signed_in(worse, chromium, viewport={"width": 1440, "height": 1000})
    page.goto(f"{worse.base_url}/p/{PROJECT}")
    shown(page)
    yield page
    page.context.close()


def shown(page: Page) -> None:
    """A comparison that takes longer than a moment is told of in a line, and shown on demand."""
    late = page.get_by_role("button", name="Show it")
    expect(page.get_by_text("Since when").or_(late)).to_be_visible(timeout=FIRST_MS)
    if late.is_visible():
        late.click()
    expect(page.get_by_text("Since when")).to_be_visible()


def part(page: Page, name: str) -> Locator:
    return page.locator(".change-parts > div").filter(has=page.locator("dt", has_text=re.compile(f"^{name}$")))


def finding(worse: RunningMien) -> dict[str, Any]:
    with worse.api() as api:
        found = api.get(f"{worse.base_url}/api/projects/{PROJECT}/findings").json()["findings"]
        return dict(found[0])


def opened(page: Page, link: Locator) -> int:
    """How many sessions the list says that this link opens; goes back."""
    link.click()
    expect(page.get_by_role("heading", name="Sessions", exact=True)).to_be_visible()
    total = shown_total(page)
    page.go_back()
    shown(page)
    return total


def test_each_part_of_the_finding_opens_its_sessions(overview: Page, worse: RunningMien) -> None:
    said = finding(worse)
    assert (said["place"], said["cause"]) == ("GET /api/search", "wait"), "what was planted"
    assert opened(overview, overview.locator(".say a")) == said["sessions"]
    assert opened(overview, overview.get_by_role("link", name=re.compile("^Watch"))) == said["sessions"]
    reason = part(overview, "Why").locator(".why-list a").first
    assert 0 < opened(overview, reason) <= said["sessions"]
    when = part(overview, "Since when").get_by_role("link").first
    since = parse_qs(urlsplit(when.get_attribute("href") or "").query)
    with worse.api() as api:
        only = {name: since[name][0] for name in ("cause", "place_kind", "place", "since", "until")}
        after = api.get("/sessions", params=only).json()["total"]
    assert opened(overview, when) == after < said["sessions"], "the few before it are left out"
    p95 = part(overview, "Why").locator("li").filter(has_text="p95")
    expect(p95).to_contain_text("was")
    expect(part(overview, "Where").locator(".here")).to_contain_text("GET /api/search")
    expect(overview.get_by_role("img", name=re.compile("^Points lost there by a session"))).to_be_visible()
    expect(overview.get_by_text("95\u00a0% interval").first).to_be_visible()
    violations = serious_violations(overview)
    assert not violations, "\n".join(violations)


def with_another(route: Route) -> None:
    """The server's answer, with its finding once more at another place: what is planted is one."""
    answer = route.fetch()
    found = answer.json()
    found["findings"].append({**found["findings"][0], "place": "GET /api/other"})
    route.fulfill(response=answer, json=found)


def test_what_else_got_worse_takes_the_card_when_chosen(overview: Page) -> None:
    overview.route("**/findings?*", with_another)
    overview.reload()
    shown(overview)
    sentence, others = overview.locator(".finding .say"), overview.locator(".also-worse")
    expect(sentence).to_contain_text("GET /api/search")
    others.get_by_role("link", name="GET /api/other").click()
    expect(sentence).to_contain_text("GET /api/other")
    expect(others).to_contain_text("GET /api/search")
    expect(part(overview, "Where").locator(".here")).to_contain_text("GET /api/other")
    overview.reload()
    expect(sentence).to_contain_text("GET /api/other", timeout=FIRST_MS)
    overview.go_back()
    expect(sentence).to_contain_text("GET /api/search")


def test_why_leads_to_the_page_that_explains_it(overview: Page) -> None:
    overview.get_by_role("link", name="Why", exact=True).click()
    expect(overview.get_by_role("heading", name="Latency", exact=True)).to_be_visible()
    assert "api=GET" in overview.url


def test_the_sessions_to_watch_first_are_those_behind_the_finding(overview: Page, worse: RunningMien) -> None:
    card = overview.locator(".card").filter(has=overview.get_by_role("heading", name="Watch these first"))
    expect(card.get_by_text("behind the finding")).to_be_visible()
    assert opened(overview, card.get_by_role("link", name=re.compile("^All"))) == finding(worse)["sessions"]


def test_a_score_by_screen_and_device_opens_its_sessions(overview: Page) -> None:
    cell = overview.locator(".device-cell:not(.few)").first
    label = cell.get_attribute("aria-label") or ""
    sessions = int(re.sub(r"\D", "", label.rsplit(",", 1)[1]))
    assert opened(overview, cell) == sessions > 30


SHIFTS = """
window.shifted = 0;
const add = (one) => { if (!one.hadRecentInput) shifted += one.value; };
new PerformanceObserver((list) => list.getEntries().forEach(add))
  .observe({type: "layout-shift", buffered: true});
"""


def test_nothing_moves_on_a_phone_when_the_comparison_comes(worse: RunningMien, chromium: Browser) -> None:
    """Its card is the tallest of all: the whole page waits for it, or it waits until it is asked for."""
    page = signed_in(worse, chromium, viewport={"width": 390, "height": 844})
    page.add_init_script(SHIFTS)
    page.goto(f"{worse.base_url}/p/{PROJECT}")
    expect(page.get_by_text("Since when").or_(page.get_by_role("button", name="Show it"))).to_be_visible(
        timeout=FIRST_MS
    )
    page.wait_for_timeout(500)
    assert page.evaluate("shifted") < 0.1, "what web vitals call good"
    page.context.close()
