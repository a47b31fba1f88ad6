"""The demo's visitors: what each kind of person wants from the shop, and where the shop lets them down.

VISITORS lists the kinds, VISITS every visit that is recorded: a kind, a device, and who signs in. What each kind
should leave behind in Mien: docs/demo.md. Everything typed here is made up, and none of it may reach a recording.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator

import msgspec

from mien.demo.person import Person

PASSWORD = "thimbleweed-58-quarry"  # noqa: S105 (made up; a test looks for it in every recording)
CARD_ACCEPTED = "5217 0000 4411 9083"
CARD_FAILS_TWICE = "4921 0000 7735 2846"
CARD_FAILS_ALWAYS = "3794 0000 6620 1175"
SECURITY_CODE = "4907"
STREET = "Kastanienbogen 174"
HOLDER = "Quirin Vandermeulen"
POSTCODE_WITH_SPACE, POSTCODE_WITHOUT = "90 374", "90374"
VOUCHER = "SPRINGTIDE-2277"
TYPED_SECRETS = (PASSWORD, CARD_ACCEPTED, CARD_FAILS_TWICE, CARD_FAILS_ALWAYS, SECURITY_CODE, STREET, HOLDER,
                 POSTCODE_WITH_SPACE, VOUCHER)  # fmt: skip


class Device(msgspec.Struct, frozen=True):
    """What a browser says about itself and the space that it has, in CSS pixels."""

    name: str
    user_agent: str
    width: int
    height: int
    touch: bool = False


CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{} Safari/537.36"
WEBKIT = "Mozilla/5.0 ({}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{} Mobile/15E148 Safari/604.1"
WINDOWS = Device("windows", CHROME.format("Windows NT 10.0; Win64; x64", "141.0.0.0"), 1280, 800)
MAC = Device("mac", CHROME.format("Macintosh; Intel Mac OS X 10_15_7", "140.0.0.0"), 1440, 860)
EDGE = Device("edge", WINDOWS.user_agent + " Edg/141.0.0.0", 1366, 700)
TABLET = Device("tablet", WEBKIT.format("iPad; CPU OS 18_6 like Mac OS X", "18.6"), 820, 1080, touch=True)
IPHONE = Device("iphone", WEBKIT.format("iPhone; CPU iPhone OS 18_6 like Mac OS X", "18.6"), 390, 844, touch=True)
ANDROID = Device("android", CHROME.format("Linux; Android 15; Pixel 9", "141.0.0.0 Mobile"), 412, 860, touch=True)


async def sign_in(person: Person, email: str) -> None:
    """Open the account page by an address bar's suggestion and sign in."""
    await person.open("/shop/account")
    await person.type("#email", email)
    await person.type("#password", PASSWORD)
    await person.click("#sign-in")
    await person.sees("#sign-out")
    await person.wait(0.8, 1.6)


async def to_product(person: Person, range_name: str, product: str) -> None:
    """Through the menu to a product."""
    await person.click(f"#nav-{range_name}")
    await person.sees(".card")
    await person.wait(0.8, 1.8)
    await person.click(f"#card-{product}")
    await person.sees("#add")
    await person.wait(1.0, 2.2)


async def to_checkout(person: Person, range_name: str, product: str) -> None:
    """Put one product into the basket and go to the address page."""
    await to_product(person, range_name, product)
    await person.click("#add")
    await person.click("#to-cart")
    await person.sees("#checkout")
    await person.wait(0.8, 1.6)
    await person.click("#checkout")
    await person.sees("#address-form")
    await person.wait(0.5, 1.2)


async def fill_address(person: Person, postcode: str) -> None:
    await person.type("#full-name", HOLDER)
    await person.type("#street", STREET)
    await person.type("#postcode", postcode)
    await person.type("#city", "Nuremberg")
    await person.click("#to-payment")


async def fill_card(person: Person, card: str) -> None:
    await person.sees("#payment-form")
    await person.wait(0.6, 1.2)
    await person.type("#card", card)
    await person.type("#expiry", "11/31")
    await person.type("#cvc", SECURITY_CODE)
    await person.click("#pay")


async def quick_buyer(person: Person) -> None:
    """Knows what to buy, takes several with quick presses of the plus sign, pays, leaves. Nothing goes wrong."""
    await to_product(person, "seeds", "tomato-seeds")
    await person.click("#more", times=person.rng.randint(3, 4), pace_s=(0.18, 0.3))
    await person.click("#add")
    await person.click("#to-cart")
    await person.click("#checkout")
    await person.sees("#address-form")
    await fill_address(person, POSTCODE_WITHOUT)
    await fill_card(person, CARD_ACCEPTED)
    await person.sees("#again")
    await person.wait(1.5, 2.5)


async def reader(person: Person) -> None:
    """Reads about plants and about the shop, buys nothing, is content."""
    await person.read(2)
    await to_product(person, "plants", "english-lavender")
    await person.read(1)
    await to_product(person, "pots", "glazed-planter")
    await person.read(1)
    await person.click("#top-help")
    await person.sees("#help-orders")
    await person.read(2)


async def voucher_hunter(person: Person) -> None:
    """Has a voucher, and the button for it is dead: presses it again and again, then leaves the basket."""
    await to_product(person, "tools", "pruning-shears")
    await person.click("#add")
    await person.click("#to-cart")
    await person.sees("#apply-voucher")
    await person.type("#voucher", VOUCHER)
    await person.click("#apply-voucher")
    await person.wait(1.8, 2.6)
    await person.click("#apply-voucher", times=person.rng.randint(5, 7))
    await person.wait(3.4, 4.2)
    await person.type("#voucher", VOUCHER.lower())
    await person.click("#apply-voucher", times=4)
    await person.wait(3.4, 4.4)
    await person.click("#logo")
    await person.wait(1.0, 2.0)


async def impatient_searcher(person: Person) -> None:
    """Searches, does not wait for the slow answer, searches again, and gives up into the menu."""
    await person.click("#nav-search")
    await person.type("#q", "fern for a bathroom")
    await person.click("#search-go")
    await person.wait(1.5, 2.0)
    await person.type("#q", "fern")
    await person.click("#search-go")
    await person.wait(1.6, 2.1)
    await person.click("#search-go", times=2, pace_s=(0.4, 0.7))
    await person.sees("#card-boston-fern")
    await person.wait(0.8, 1.4)
    await person.type("#q", "pot for it")
    await person.click("#search-go")
    await person.wait(1.8, 2.3)
    await to_product(person, "pots", "terracotta-pot")


async def unlucky_payer(person: Person) -> None:
    """Pays with a card that the shop's payment call refuses with 502 twice, and then takes."""
    await to_checkout(person, "pots", "window-box")
    await fill_address(person, POSTCODE_WITHOUT)
    await fill_card(person, CARD_FAILS_TWICE)
    for _ in range(2):
        await person.page.locator("#payment-note").filter(has_text="wrong").wait_for(timeout=12_000)
        await person.wait(1.4, 2.4)
        await person.click("#pay")
    await person.sees("#again")
    await person.wait(1.5, 2.5)


async def refused_payer(person: Person) -> None:
    """Pays with a card that always ends in 500; at the third try the page breaks and the button is dead."""
    await to_checkout(person, "plants", "olive-tree")
    await fill_address(person, POSTCODE_WITHOUT)
    await fill_card(person, CARD_FAILS_ALWAYS)
    for _ in range(2):
        await person.page.locator("#payment-note").filter(has_text="wrong").wait_for(timeout=12_000)
        await person.wait(1.2, 2.0)
        await person.click("#pay")
    await person.page.wait_for_function("!document.querySelector('#pay').disabled", timeout=12_000)
    await person.wait(1.0, 1.6)
    await person.click("#pay", times=6)
    await person.wait(3.2, 4.0)
    await person.click("#top-help")
    await person.wait(1.5, 2.5)


async def address_fighter(person: Person) -> None:
    """Writes the postcode with a space; the form refuses it and says nothing. Leaves after several tries."""
    await to_checkout(person, "tools", "hand-trowel")
    await fill_address(person, POSTCODE_WITH_SPACE)
    await person.wait(2.0, 3.0)
    await person.click("#to-payment", times=3, pace_s=(0.5, 0.8))
    await person.wait(1.5, 2.5)
    await person.type("#street", STREET)
    await person.click("#to-payment")
    await person.wait(2.0, 3.0)
    await person.click("#to-payment")
    await person.wait(2.0, 3.0)
    await person.click("#logo")
    await person.wait(0.8, 1.6)


async def lost_in_menu(person: Person) -> None:
    """Wants to send something back; two pages with nearly one name send each other the person."""
    await person.click("#top-help")
    await person.sees("#help-orders")
    await person.wait(1.2, 2.2)
    await person.click("#help-orders")
    for _ in range(3):
        await person.sees("#get-slip")
        await person.wait(1.6, 2.8)
        await person.click("#get-slip")
        await person.sees("#open-order")
        await person.wait(1.4, 2.4)
        await person.click("#open-order")
    await person.wait(1.5, 2.5)


async def size_chooser(person: Person) -> None:
    """Wants the largest size, whose button throws a TypeError; tries, compares, tries harder, gives up."""
    await to_product(person, "plants", "boston-fern")
    await person.click("#size-2")
    await person.wait(1.0, 1.8)
    await person.click("#size-3")
    await person.wait(1.8, 2.6)
    await person.click("#size-3", times=4)
    await person.wait(3.2, 4.0)
    await to_product(person, "pots", "terracotta-pot")
    await person.click("#size-3")
    await person.wait(1.6, 2.4)
    await person.click("#size-3")
    await person.wait(2.0, 3.0)


async def stock_asker(person: Person) -> None:
    """Asks whether a shop nearby has it, waits for an answer that takes 20 s, and leaves before it comes."""
    await to_product(person, "tools", "watering-can")
    await person.click("#stock")
    await person.wait(6.0, 8.0)
    await to_product(person, "plants", "cheese-plant")
    await person.click("#stock")
    await person.wait(5.0, 7.0)
    await person.click("#logo")
    await person.wait(1.0, 2.0)


Visit = Callable[[Person], Awaitable[None]]
VISITORS: dict[str, tuple[str, Visit]] = {
    "quick-buyer": ("Buys and leaves", quick_buyer),
    "reader": ("Reads about plants", reader),
    "voucher-hunter": ("Presses a dead button", voucher_hunter),
    "impatient-searcher": ("Does not wait for the search", impatient_searcher),
    "unlucky-payer": ("Pays at the third try", unlucky_payer),
    "refused-payer": ("Cannot pay at all", refused_payer),
    "address-fighter": ("Is refused without a word", address_fighter),
    "lost-in-menu": ("Goes round in circles", lost_in_menu),
    "size-chooser": ("Picks a size that breaks", size_chooser),
    "stock-asker": ("Leaves before the answer", stock_asker),
}


class Planned(msgspec.Struct, frozen=True):
    """One visit to record. `email` is the customer who signs in first, if any."""

    kind: str
    number: int
    device: Device
    locale: str
    email: str | None

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.number}"


# Three visits of a kind: desktop, desktop or tablet, phone; every second one signs in.
DEVICES = ((WINDOWS, TABLET, IPHONE), (MAC, EDGE, ANDROID))
LOCALES = ("de-DE", "en-GB", "nl-NL", "sv-SE", "en-US")
CUSTOMERS = ("nora.lind", "tomas.reyes", "aiko.mori", "ben.okafor", "clara.weiss")


def planned_visits() -> Iterator[Planned]:
    """Three variations of every kind, always the same ones."""
    for row, kind in enumerate(VISITORS):
        for column, device in enumerate(DEVICES[row % 2]):
            index = row * 3 + column
            customer = f"{CUSTOMERS[index // 2 % 5]}@larkspur.example" if index % 2 else None
            yield Planned(kind, column + 1, device, LOCALES[(row + column) % 5], customer)
