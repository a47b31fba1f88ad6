"""Writes the generated files (`./run generate`), or with --check says which are not current."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLIENT = ROOT / "web" / "dashboard" / "src" / "api.gen.ts"


def client_types() -> str:
    """The dashboard's types, from the API's OpenAPI document."""
    with tempfile.TemporaryDirectory() as folder:
        document, target = Path(folder) / "openapi.json", Path(folder) / "api.ts"
        document.write_bytes(
            subprocess.run([sys.executable, "-m", "mien.api.openapi"], capture_output=True, check=True).stdout
        )
        subprocess.run(
            ["npx", "openapi-typescript", str(document), "-o", str(target)],
            cwd=ROOT / "web", capture_output=True, check=True,
        )  # fmt: skip
        return target.read_text()


def main() -> int:
    wanted = client_types()
    if "--check" not in sys.argv[1:]:
        CLIENT.write_text(wanted)
        return 0
    if CLIENT.exists() and CLIENT.read_text() == wanted:
        return 0
    print(f"{CLIENT.relative_to(ROOT)} is not current: run ./run generate", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
