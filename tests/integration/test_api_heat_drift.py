"""Whether a screen changed between releases, asked of a real database."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from mien.store.database import Database
from tests.integration.test_api_heatmap import Click, View, store
from tests.support.api_site import NOON, PERIOD, site_of


def view(at: datetime, vw: int, page_h: int, element: str | None) -> View:
    clicks = [Click(at + timedelta(seconds=2), element, 100, 100, (0.5, 0.5), False)] if element else []
    return View(uuid4(), f"device-{uuid4()}", "/cart", at, vw, 800, page_h, 0, clicks, [])


async def test_a_longer_page_and_a_button_that_went_are_told_with_their_release(database: Database) -> None:
    first = NOON - timedelta(days=2)
    old = [view(first + timedelta(minutes=n), 1280, 2000, "#voucher" if n % 2 else "#pay") for n in range(24)]
    new = [view(NOON - timedelta(minutes=60 - n), 1280, 3000, "#pay") for n in range(24)]
    narrow = [view(NOON - timedelta(minutes=60 - n), 390, 2000, "#voucher") for n in range(2)]
    async with site_of(database) as site:
        await store(site, old + new + narrow)
        for release, views in (("1.0", old), ("2.0", new + narrow)):
            ids = [one.session_id for one in views]
            await site.run("UPDATE sessions SET app_version = $1 WHERE session_id = ANY($2::uuid[])", release, ids)
        found = await site.get("/heatmap/drift", **PERIOD, on="/cart", width="1200-")
        (change,) = found["changes"]
        assert (change["before"], change["release"]) == ("1.0", "2.0")
        assert (change["page_px_before"], change["page_px"]) == (2000.0, 3000.0)
        assert (change["gone"], change["appeared"]) == (["Label of #voucher"], [])
        assert datetime.fromisoformat(change["at"]).replace(tzinfo=None) == new[0].at
        assert datetime.fromisoformat(found["newest_view_at"]).replace(tzinfo=None) == new[-1].at
        # At all widths somebody still clicks it: that is no change of the page.
        assert (await site.get("/heatmap/drift", **PERIOD, on="/cart"))["changes"][0]["gone"] == []
        only_old = {**PERIOD, "on": "/cart", "width": "1200-", "release": "1.0"}
        assert (await site.get("/heatmap/drift", **only_old))["changes"] == []


async def test_nothing_and_nonsense(database: Database) -> None:
    async with site_of(database) as site:
        nothing = await site.get("/heatmap/drift", on="/none")
        assert (nothing["newest_view_at"], nothing["changes"]) == (None, [])
        for params in ({}, {"on": " "}, {"on": "a\0"}, {"on": "x" * 501}, {"on": "/", "width": "480"}):
            await site.get("/heatmap/drift", 400, **params)
