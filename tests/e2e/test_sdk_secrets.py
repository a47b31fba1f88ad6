"""Secrets that a person types and a page carries in its addresses: none is in the whole database, in any spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Browser, Page

from tests.support.http_server import HTML, Answer, Handler, serving
from tests.support.running import RunningMien
from tests.support.stored import chunk_texts, dump_of

# Of none of these do six characters in a row stand in the page, in its address's path, or in Mien itself.
TYPED = {
    "password": "Quokka7-Vexillum-Brzm",
    "cc": "5291 8836 4407 1921",
    "plain": "4716093845217760",
    "iban": "GB82 WEST 1234 5698 7654 32",
    "email": "zorbina.kwillfeather@plumtrix.test",
    "note": "jabberwocky fumaroles ledger",
    "rich": "wombat sarcophagus pudding",
}
CARRIED = {
    "page_query": "xylocarp-Hn48Yq-Grvtz71",
    "page_fragment": "mnemosyne-Kf93Lw-Tdpbx52",
    "state_query": "ptarmigan-Zj67Rc-Wqshm04",
    "fetch_query": "ocelotine-Vb25Xn-Jkfyd86",
    "xhr_query": "crwthmaker-Ug19Ts-Bvzlp37",
    "link_query": "hypogeumed-Ay74Kd-Nxgrw20",
    "link_fragment": "syzygiacal-Ep58Mf-Hcqtj93",
    "link_user": "ziggurated-Ow36Vp-Lyskn15",
    "error_query": "ichthyoform-Dx81Jb-Fzmvh69",
}
RUN = 6  # so many characters of a secret give it away
LINK = "https://{link_user}:x@partner.example/out?t={link_query}#id={link_fragment}"

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Form</title>
<script async src="%(mien)s/mien.js" data-key="%(key)s"></script></head><body>
<form onsubmit="return false"><input name="password" type="password"><input name="cc" autocomplete="cc-number">
<input name="plain"><input name="iban"><input name="email" type="email"><textarea name="note"></textarea></form>
<div id="rich" contenteditable="true" style="min-height:40px"></div>
<button id="push">Push</button><button id="fetch">Fetch</button><button id="xhr">Send</button><button id="fail">Fail</button>
<p id="links"></p></body></html>"""

# What the page does with its secrets is given to it by the test: they stand in no file that it loads.
WIRE = """(given) => {
  const on = (id, act) => document.getElementById(id).addEventListener("click", act);
  links.innerHTML = `<a id="out" href="${given.link}" onclick="return false">Partner shop</a>`;
  on("push", () => history.pushState({}, "", `/form/next?t=${given.state_query}#t=${given.state_query}`));
  on("fetch", () => fetch(`/api/one?t=${given.fetch_query}`));
  on("xhr", () => { const xhr = new XMLHttpRequest(); xhr.open("GET", `/api/two?t=${given.xhr_query}`); xhr.send(); });
  on("fail", () => { const typed = [...document.querySelectorAll("input, textarea")].map((field) => field.value).join("; ");
    throw new Error(`refused: ${typed}; ${rich.textContent} at /api/three?t=${given.error_query}`); }); }"""

# Random and counted things, in which six digits in a row may be anything.
NOISE = re.compile(
    r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|"timestamp":\d+|\d{4}-\d\d-\d\d[ T][\d:.+]+|"data": "[\w+/=]{40,}"'
    r"|\b0\.\d{4,}|\b\d+\.\d{4,}|\\\\x[0-9a-f]+|\b[0-9a-f]{32,}\b"
)


def spellings(secret: str) -> set[str]:
    """Every six characters of it, in lower case, and the same without what stands between groups."""
    forms = {secret.lower(), re.sub(r"[\s.-]", "", secret.lower())}
    return {form[at : at + RUN] for form in forms for at in range(len(form) - RUN + 1)}


def found_in(text: str, secrets: dict[str, str]) -> dict[str, set[str]]:
    """Which pieces of which secrets are in the text, written with or without blanks and hyphens between groups."""
    plain = NOISE.sub("~", text.lower())
    joined = re.sub(r"(?<=\w)(?:[ .-]|%20|\+)(?=\w)", "", plain)
    found = {
        name: {piece for piece in spellings(value) if piece in plain or piece in joined}
        for name, value in secrets.items()
    }
    return {name: pieces for name, pieces in found.items() if pieces}


def test_the_search_finds_every_spelling() -> None:
    for text in ("of 5291-8836", "x52918836y", "pay 8836 4407 now", "GB82WEST", "zorbina%40", "QUOKKA7", "rbina.kwill"):
        assert found_in(f"nothing; {text}; nothing", TYPED), text
    assert not found_in("01a21112-3c0f-7e69-8865-529188364407 2026-11-25 05:29:18.836440", TYPED)


@pytest.fixture(scope="module")
def form(mien: RunningMien) -> Iterator[str]:
    page = (PAGE % {"mien": mien.base_url, "key": mien.cli("key", "create")}).encode()

    def answer(handler: Handler, _: bytes) -> Answer:
        return (200, HTML, page) if handler.route.startswith("/form") else (200, {}, b"ok")

    with serving(answer) as address:
        yield address


def visit(page: Page, form: str) -> None:
    """Type everything, and make the page use every address."""
    page.goto(f"{form}/form/start?utm_source=mail&t={CARRIED['page_query']}#t={CARRIED['page_fragment']}")
    page.wait_for_function("window.mien && window.mien.sessionId")
    page.evaluate(WIRE, {**CARRIED, "link": LINK.format(**CARRIED)})
    page.wait_for_timeout(900)  # the recorder is there
    for name, text in TYPED.items():
        page.click("#rich" if name == "rich" else f"[name={name}]")
        page.keyboard.type(text, delay=3)
    for name in ("push", "fetch", "xhr", "fail", "out"):
        page.click(f"#{name}")
        page.wait_for_timeout(250)
    page.dblclick("#rich", position={"x": 20, "y": 10})  # select some of it
    page.wait_for_timeout(1200)
    page.reload()
    page.wait_for_timeout(1200)
    page.goto("about:blank")
    page.wait_for_timeout(1500)


def test_no_secret_is_in_the_whole_database(chromium: Browser, form: str, dsn: str) -> None:
    context = chromium.new_context()
    visit(context.new_page(), form)
    context.close()
    with psycopg.connect(dsn) as connection:
        chunks = [row[0] for row in connection.execute("SELECT chunk_data FROM replay_chunks").fetchall()]
    dump, replay = dump_of(dsn), "\n".join(chunk_texts(chunks))
    for told in ("refused: ", "GET /api/one", "GET /api/two", "/form/next", "'input'", "'select'", "partner shop"):
        assert told.lower() in dump.lower(), "the visit was stored"
    assert "Partner shop" in replay and "partner.example/out" in replay and "****" in replay
    secrets = {**TYPED, **CARRIED}
    assert (found_in(dump, secrets), found_in(replay, secrets)) == ({}, {})
