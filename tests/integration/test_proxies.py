"""The recipes of docs/sdk.md for a proxy on the site's own domain, run as they stand there by these programs."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.batches import batch, click
from tests.support.running import ROOT, RunningMien, free_port, running_mien
from tests.support.servers import scratch_folder

SITE = "shop.example.com"


@pytest.fixture(scope="module")
def mien() -> Iterator[RunningMien]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MIEN_TRUST_PROXY", "1")
        with running_mien() as running:
            yield running


def recipe(name: str, mien: RunningMien) -> str:
    """The block after the line "NAME:", with this Mien's port."""
    found = re.search(rf"^{name}:\n\n```\w*\n(.*?)```", (ROOT / "docs" / "sdk.md").read_text(), re.M | re.S)
    assert found and ":8110" in found[1]
    return found[1].replace(":8110", ":" + mien.base_url.rsplit(":", 1)[1])


def nginx(folder: Path, port: int, block: str) -> list[str]:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    logs = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; {logs} server {{ listen 127.0.0.1:{port};\n{block}\n}} }}"
    )
    return ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)]


def caddy(folder: Path, port: int, block: str) -> list[str]:
    (folder / "Caddyfile").write_text(f"{{\nadmin off\n}}\nhttp://{SITE}:{port} {{\n{block}\n}}")
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@pytest.mark.parametrize(("name", "command"), [("nginx", nginx), ("Caddy", caddy)])
def test_a_site_hands_the_script_and_its_batches_on(
    mien: RunningMien, name: str, command: Callable[[Path, int, str], list[str]]
) -> None:
    if not shutil.which(name.lower()):
        pytest.skip(f"{name} is not installed here")
    port = free_port()
    with scratch_folder() as folder:
        arguments = command(folder, port, recipe(name, mien))
        with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as proxy:
            try:
                visit_by(mien, f"http://127.0.0.1:{port}/m", name)
            finally:
                proxy.terminate()


def visit_by(mien: RunningMien, address: str, name: str) -> None:
    """The script and its parts, the configuration and a batch, as a browser of the site asks for them."""
    key = mien.cli("key", "create", "--label", name).split()[-1]
    body = batch(key, events=[click()])
    with httpx.Client(headers={"host": SITE}) as browser:
        for _ in range(100):
            try:
                script = browser.get(f"{address}/mien.js")
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        for part in ("mien.js", "mien-vitals.js", "mien-replay.js"):
            script = browser.get(f"{address}/{part}")
            assert (script.status_code, script.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
            assert script.headers["content-encoding"] == "gzip"
        assert browser.get(f"{address}/v1/config/{key}").status_code == 200
        packed = gzip.compress(json.dumps(body).encode())
        sent = browser.post(f"{address}/v1/batch", content=packed, headers={"content-type": "text/plain"})
        assert (sent.status_code, sent.json()["stored"]) == (200, 1)
    with mien.api() as api:
        assert api.get(f"/sessions/{body['session']['session_id']}").status_code == 200
