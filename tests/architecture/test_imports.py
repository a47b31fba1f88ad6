"""Who may import what (design: "Who may import what"). A new arrow is a decision, so it must be written here."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "mien"

EVERYWHERE = {"config", "errors"}
MAY_IMPORT: dict[str, set[str]] = {
    "demo": set(),
    "collector": {"batch", "store"},
    "worker": {"analyzers", "store", "timeline", "tuning", "screen_baselines"},
    "tuning": {"analyzers", "store"},
    "screen_baselines": {"analyzers", "store", "timeline", "tuning"},
    "apart": {"store"},
    "laboratory": {"analyzers", "apart", "store", "timeline", "tuning"},
    "findings": {"apart", "store"},
    "api": {"store", "findings"},
    "analyzers": {"timeline"},
    "store": {"batch", "timeline"},
    "batch": set(),
    "timeline": set(),
    "postgres": set(),
    "config": set(),
    "errors": set(),
}
PUTS_TOGETHER = {"api/app.py": {"tuning", "laboratory"}}
"""Files beside cli that may know more than their part, to hand it in."""
PURE = {"analyzers", "timeline"}
"""These import neither settings nor errors, nor anything that does I/O."""
NO_IO = {
    "asyncio",
    "asyncpg",
    "datetime.now",
    "httpx",
    "os",
    "pathlib",
    "psycopg",
    "random",
    "socket",
    "subprocess",
    "time",
}


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def is_part(name: str) -> bool:
    """Whether `mien.<name>` is a module or package, and not a name such as `__version__`."""
    return (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").exists()


def python_files() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.py") if "static" not in path.parts]


def test_imports_follow_the_path_of_the_data() -> None:
    wrong = []
    for path in python_files():
        part = part_of(path)
        if part in ("cli", "__init__", "__main__"):
            continue
        allowed = MAY_IMPORT[part] | {part} | (set() if part in PURE else EVERYWHERE)
        allowed |= PUTS_TOGETHER.get(path.relative_to(PACKAGE).as_posix(), set())
        for name in imports_of(path):
            pieces = name.split(".")
            if pieces[0] == "mien" and is_part(pieces[1]) and pieces[1] not in allowed:
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_every_part_has_a_rule() -> None:
    parts = {part_of(path) for path in python_files()} - {"cli", "__init__", "__main__"}
    assert parts == set(MAY_IMPORT)


def test_meaning_does_no_io() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in python_files()
        if part_of(path) in PURE
        for name in imports_of(path)
        if name.split(".")[0] in NO_IO
    ]
    assert not wrong, "\n".join(wrong)


def test_an_analyzer_imports_no_other_analyzer() -> None:
    from mien.analyzers import ANALYZERS, CONCLUSIONS

    names = {part.name for part in (*ANALYZERS, *CONCLUSIONS)}
    wrong = [
        f"{name} imports {imported}"
        for name in names
        for imported in imports_of(PACKAGE / "analyzers" / f"{name}.py")
        if imported.split(".")[:2] == ["mien", "analyzers"] and imported.split(".")[2] in names - {name}
    ]
    assert not wrong, "\n".join(wrong)
