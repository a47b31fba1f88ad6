"""Made-up visits to a made-up shop, any number of them: to fill a database, and to plant incidents that must be found.

Nothing here is measured: shares, times and delays are guesses at a shop, so these data prove that Mien finds what was
planted and how fast it answers, and say nothing about people. All sessions carry `utm_source` SYNTHETIC. The same plan
gives the same visits. Pure; batches are wire format v1 as dictionaries.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from mien.demo.drawn_replay import centre_of_button, drawn_chunk

SYNTHETIC = "mien-synthetic"
IncidentKind: TypeAlias = Literal["bad_release", "slow_api", "dead_button"]
DAY_S = 86_400.0
VISITS_PER_VISITOR = 1.6
RELEASE_DAYS = 4.0

USER_AGENTS = {
    "desktop Chrome": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "desktop Firefox": "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    "desktop Safari": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
    "phone Chrome": "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    "phone Safari": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
}  # fmt: skip
SHARES = (0.38, 0.08, 0.12, 0.22, 0.20)
LOCALES = ("de-DE", "en-GB", "en-US", "fr-FR")

# Screen -> where people go next, with shares; "" leaves.
NEXT: dict[str, tuple[tuple[str, float], ...]] = {
    "/": (("/list", 0.6), ("/p/:id", 0.2), ("", 0.2)),
    "/list": (("/p/:id", 0.65), ("/list", 0.15), ("", 0.2)),
    "/p/:id": (("/cart", 0.35), ("/list", 0.33), ("", 0.32)),
    "/cart": (("/checkout", 0.6), ("/list", 0.15), ("", 0.25)),
    "/checkout": (("/payment", 0.75), ("", 0.25)),
    "/payment": (("/done", 0.85), ("", 0.15)),
    "/done": (("", 1.0),),
}
CALLS: dict[str, tuple[tuple[str, float], ...]] = {  # API and its median in ms
    "/": (("GET /api/offers", 120),),
    "/list": (("GET /api/search", 240),),
    "/p/:id": (("GET /api/products/:id", 110), ("GET /api/similar/:id", 180)),
    "/cart": (("GET /api/cart", 90),),
    "/checkout": (("GET /api/addresses", 100),),
    "/payment": (("POST /api/orders", 650),),
    "/done": (("GET /api/orders/:id", 130),),
}
BUTTONS = {
    "/": "#offers",
    "/list": "#filter",
    "/p/:id": "#to-cart",
    "/cart": "#to-checkout",
    "/checkout": "#to-payment",
    "/payment": "#pay",
    "/done": "#print",
}
MAX_SCREENS = 15
VIEWS = {"desktop": (1440, 900), "phone": (390, 844)}


@dataclass(frozen=True)
class Incident:
    """Something that breaks at `at` (seconds since the epoch) and stays broken.

    bad_release: the release that begins then fails "POST /api/orders" for four in ten. slow_api: "GET /api/search"
    takes 6 to 12 s. dead_button: "#to-cart" does nothing in six of ten clicks. `for_whom`: "phone", "desktop" or "" for all.
    """

    kind: IncidentKind
    at: float
    for_whom: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """Kind and name of the place that must be found."""
        return {
            "bad_release": ("api", "POST /api/orders"),
            "slow_api": ("api", "GET /api/search"),
            "dead_button": ("element", "#to-cart"),
        }[self.kind]

    def hits(self, at: float, device: str) -> bool:
        """Whether a visit at that time on that kind of device meets it."""
        return at >= self.at and self.for_whom in ("", device)


@dataclass(frozen=True)
class Plan:
    """`sessions` visits between `since` and `until` (seconds since the epoch), the same for the same `seed`.

    `has_replay`: with a drawn recording, in which people press the buttons where they stand.
    """

    sessions: int
    since: float
    until: float
    seed: int = 1
    incidents: tuple[Incident, ...] = ()
    has_replay: bool = False

    def release(self, at: float) -> str:
        """Every few days a new one; a bad release begins with its incident."""
        number = 1 + int((at - self.since) / DAY_S / RELEASE_DAYS)
        bad = sum(1 for one in self.incidents if one.kind == "bad_release" and at >= one.at)
        return f"4.{number}.{bad}"


def planted(seed: int, since: float, until: float) -> Incident:
    """One incident of a kind, time and group that follow from the seed: between 52 % and 80 % of the time."""
    dice = random.Random(f"planted {seed}")
    kinds: tuple[IncidentKind, ...] = ("bad_release", "slow_api", "dead_button")
    at = since + (until - since) * dice.uniform(0.52, 0.8)
    return Incident(kinds[seed % 3], at, dice.choice(("", "phone", "desktop")))


@dataclass(frozen=True)
class Visit:
    """One batch, and the user agent it comes from."""

    user_agent: str
    body: dict[str, Any]


def visits(plan: Plan, write_key: str, part: int = 0, parts: int = 1) -> Iterator[Visit]:
    """Every `parts`-th visit of the plan from the `part`-th on, so that several processes can share the work."""
    for number in range(part, plan.sessions, parts):
        yield Walk(plan, write_key, random.Random(f"{plan.seed} {number}")).visit()


class Walk:
    """One visit being made."""

    def __init__(self, plan: Plan, write_key: str, dice: random.Random) -> None:
        self.plan, self.write_key, self.dice = plan, write_key, dice
        self.visitor = dice.randrange(max(1, round(plan.sessions / VISITS_PER_VISITOR)))
        person = random.Random(f"{plan.seed} visitor {self.visitor}")  # the same device at each visit
        self.agent = person.choices(list(USER_AGENTS), SHARES)[0]
        self.locale = person.choice(LOCALES)
        self.device = self.agent.split()[0]
        self.began = self.at = dice.uniform(plan.since, plan.until)
        self.width, self.height = VIEWS[self.device]
        self.events: list[dict[str, Any]] = []
        self.calls: list[dict[str, Any]] = []
        self.errors: list[dict[str, Any]] = []

    def visit(self) -> Visit:
        """From the entry until they leave."""
        screen = self.dice.choices(("/", "/list", "/p/:id"), (0.5, 0.2, 0.3))[0]
        for _ in range(MAX_SCREENS):
            went_on = self.look_at(screen)
            names, shares = zip(*NEXT[screen], strict=True)
            screen = self.dice.choices(names, shares)[0] if went_on else ""
            if not screen:
                break
        self.add("visibility", "", state="hidden", active_ms=round((self.at - self.began) * 700))
        return Visit(USER_AGENTS[self.agent], self.body())

    def look_at(self, screen: str) -> bool:
        """One screen. False when what happens there makes them give up."""
        self.screen = screen
        self.add("screen_view", "", title="Synthetic shop", load="spa" if self.events else "full", **self.sizes())
        waited = [self.call(api, median) for api, median in CALLS[screen] if screen != "/payment"]
        self.pause(6.0)
        self.add("scroll", "", min_y=0, max_y=self.dice.randrange(300, 2_600), reversals=0, travel=900, **self.sizes())
        if self.device == "desktop":
            cells = [[self.dice.randrange(90), self.dice.randrange(120), self.dice.randrange(1_500)] for _ in range(4)]
            self.add("pointer", "", cells=cells, turns=self.dice.randrange(3), path_px=700)
        self.pause(4.0)
        went_on = self.press(BUTTONS[screen])
        if self.dice.random() < 0.01:
            self.fail("TypeError: cannot read properties of undefined (reading 'price')")
            self.at += 0.4 if self.plan.has_replay else 0.0  # to be seen before the next screen is
        return went_on and max(waited, default=0) < self.dice.uniform(3_000, 60_000)

    def press(self, button: str) -> bool:
        """The button of the screen; what does not answer is pressed again."""
        dead = self.meets("dead_button") and button == "#to-cart" and self.dice.random() < 0.6
        dead = dead or self.dice.random() < 0.004
        if dead:
            for _ in range(self.dice.randrange(2, 5)):
                self.click(button, None)
                self.at += self.dice.uniform(0.35, 0.7)
            self.pause(3.0)
            return self.dice.random() < 0.4
        self.click(button, self.dice.randrange(20, 400))
        if button != "#pay":
            return True
        self.at += 0.02
        if self.meets("bad_release") and self.dice.random() < 0.4:
            self.call("POST /api/orders", 700, status=500)
            self.fail("Error: order refused (500)")
            self.pause(5.0)
            return False
        return self.call("POST /api/orders", 650) < 20_000

    def meets(self, kind: IncidentKind) -> bool:
        return any(one.kind == kind and one.hits(self.began, self.device) for one in self.plan.incidents)

    def click(self, element: str, response_ms: int | None) -> None:
        x, y = self.dice.randrange(40, self.width - 40), self.dice.randrange(80, 1_600)
        if self.plan.has_replay:
            x, y = centre_of_button()
        self.add(
            "click", element, x=x, y=y,
            tag="button", label=element[1:], detail=1, interactive="native", rel_x=0.5, rel_y=0.5, fixed=False,
            pointer="touch" if self.device == "phone" else "mouse",
            response=None if response_ms is None else "mutation", response_ms=response_ms, **self.sizes(),
        )  # fmt: skip

    def call(self, api: str, median_ms: float, status: int = 200) -> float:
        """A call from now on; the screen waits for it. Returns how long it took, in ms."""
        latency = median_ms * self.dice.lognormvariate(0, 0.5)
        if api == "GET /api/search" and self.meets("slow_api"):
            latency = self.dice.uniform(6_000, 12_000)
        if self.dice.random() < 0.004:
            status = 503
        self.calls.append({"api": api, "latency_ms": round(latency), "status": status, "at": self.now()})
        self.at += latency / 1000
        return latency

    def fail(self, message: str) -> None:
        stack = f"Error\n    at submit (https://shop.example.com/app.js:{len(message)}:9)"
        self.errors.append({"message": message, "stack": stack, "screen": self.screen, "at": self.now()})

    def pause(self, median_s: float) -> None:
        self.at += median_s * self.dice.lognormvariate(0, 0.6)

    def add(self, kind: str, element: str, *, x: int | None = None, y: int | None = None, **metadata: Any) -> None:
        metadata = {"seq": len(self.events), **metadata}
        event = {"type": kind, "at": self.now(), "screen": self.screen, "metadata": metadata}
        if element:
            event |= {"element_id": element, "x": x, "y": y, "scroll": 0}
        self.events.append(event)
        self.at += 0.05

    def sizes(self) -> dict[str, int]:
        return {"vw": self.width, "vh": self.height, "page_h": 3_200}

    def now(self) -> int:
        """In ms, as the wire format has it."""
        return round(self.at * 1000)

    def body(self) -> dict[str, Any]:
        """The whole visit as one batch."""
        session_id = uuid.UUID(int=self.dice.getrandbits(128), version=4)
        whole: dict[str, Any] = {
            "write_key": self.write_key,
            "batch_id": str(uuid.UUID(int=self.dice.getrandbits(128), version=4)),
            "sent_at": self.now(),
            "tab": str(session_id),
            "seq": 0,
            "session": {
                "session_id": str(session_id),
                "device_id": f"synthetic-{self.plan.seed}-{self.visitor}",
                "started_at": round(self.began * 1000),
                "screen_resolution": f"{self.width}x{self.height}",
                "app_version": self.plan.release(self.began),
                "user": {"locale": self.locale},
                "utm": {"utm_source": SYNTHETIC},
            },
            "events": self.events,
            "latency": self.calls,
            "errors": self.errors,
        }
        return whole | {"replay": [drawn_chunk(whole, BUTTONS)]} if self.plan.has_replay else whole
