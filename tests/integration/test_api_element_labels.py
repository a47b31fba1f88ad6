"""The words on elements in the lists that name them: the usual ones of the screen, and no figure hangs on them."""

from __future__ import annotations

from mien.store.database import Database
from tests.support.api_site import NOON, PERIOD, Lost, Site, site_of

CLICK = (
    "INSERT INTO heatmap_clicks (session_id, view, screen, element_id, label, fixed, occurred_at)"
    " VALUES ($1, 1, $2, $3, $4, false, $5)"
)


async def fill(site: Site) -> None:
    """Trouble at two elements of one name on two screens, and at one without words."""
    lost = [
        Lost("rage_click", 0.3, "/cart", "#pay"),
        Lost("dead_click", 0.3, "/help", "#pay"),
        Lost("dead_click", 0.3, "/cart", "#bare"),
    ]
    session_id = await site.session(NOON, lost)
    clicks = [
        ("/cart", "#pay", "Pay now"),
        ("/cart", "#pay", "Pay now"),
        ("/cart", "#pay", "Pay"),
        ("/cart", "#bare", None),
    ]
    for screen, element, label in clicks:
        await site.run(CLICK, session_id, screen, element, label, NOON)


async def test_lists_name_elements_by_their_usual_words(database: Database) -> None:
    wanted = {("#pay", "/cart"): "Pay now", ("#pay", "/help"): None, ("#bare", "/cart"): None}
    async with site_of(database) as site:
        await fill(site)
        places = (await site.get("/signals", **PERIOD))["places"]
        assert {(row["element_id"], row["screen"]): row["label"] for row in places} == wanted
        rows = (await site.get("/score", by="element", **PERIOD))["rows"]
        assert {(row["name"], row["screen"]): row["label"] for row in rows} == wanted
        elements = (await site.get("/screens/one", on="/cart", **PERIOD))["elements"]
        assert {(row["name"], "/cart"): row["label"] for row in elements} == {
            place: label for place, label in wanted.items() if place[1] == "/cart"
        }
        apis = (await site.get("/score", by="screen", **PERIOD))["rows"]
        assert apis and all(row["label"] is None for row in apis)


async def test_one_element_is_named_on_its_screen_or_on_any(database: Database) -> None:
    async with site_of(database) as site:
        await fill(site)
        asked = [("#pay", "/cart"), ("#pay", "/help"), ("#bare", "/cart"), ("#pay", None), ("#bare", None)]
        labels = [
            (await site.get("/element-label", of_element=element, **({"of_screen": screen} if screen else {})))["label"]
            for element, screen in asked
        ]
        assert labels == ["Pay now", None, None, "Pay now", None]
