"""Styles that hold within one page only."""

import re
from pathlib import Path

STYLES = Path(__file__).resolve().parents[2] / "web" / "dashboard" / "src" / "styles"
ROOT = re.compile(r"@scope \((\.[\w-]+)\)")


def test_no_rule_of_a_scoped_sheet_looks_for_its_own_root_inside_of_itself() -> None:
    """Within @scope (.a) a rule ".a .b" asks for an .a inside of the .a, which there is none of: it is ":scope .b"."""
    scoped = {path: path.read_text() for path in STYLES.glob("*.css") if "@scope" in path.read_text()}
    assert scoped
    for path, text in scoped.items():
        roots = (f"{ROOT.search(text)[1]} ", ".page ")  # type: ignore[index]
        dead = [line for line in text.splitlines() if line.lstrip().startswith(roots)]
        assert not dead, f"{path.name}: {dead}"
