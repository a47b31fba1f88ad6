"""File sizes, forbidden words, documentation: rules that a machine can check."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = {".py", ".ts", ".tsx", ".sql", ".mjs", ".css"}
LARGEST_FILE_LINES = 500
OUTSIDE = {".venv", ".cache", ".mien", "node_modules", ".git", "static", "__pycache__"}


def project_files() -> list[Path]:
    """Files of the project: git's list where there is one, else all but what is installed or built."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    ) if (ROOT / ".git").exists() and _has_git() else None  # fmt: skip
    if listed is not None and listed.returncode == 0:
        return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not OUTSIDE & set(path.parts)]


def _has_git() -> bool:
    import shutil

    return shutil.which("git") is not None


def test_files_are_short() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in project_files()
        if path.suffix in CODE and not path.name.endswith(".gen.ts")
        and (lines := len(path.read_text().splitlines())) > LARGEST_FILE_LINES
    ]  # fmt: skip
    assert not long, "\n".join(long)


def test_nothing_names_a_registry_or_a_path_of_one_machine() -> None:
    forbidden = re.compile(
        r"https?://[a-z.]*(?:pypi|npmjs|files\.pythonhosted)[.]|(?:^|[^\w./])/(?:home|root|work)/", re.MULTILINE
    )
    wrong = []
    for path in project_files():
        if path.suffix in {".gz", ".png", ".woff2", ".ico"} or path == Path(__file__):
            continue
        if found := forbidden.search(path.read_text(errors="replace")):
            wrong.append(f"{path.relative_to(ROOT)}: {found.group().strip()}")
    assert not wrong, "\n".join(wrong)


def test_every_analyzer_has_its_page_and_its_test() -> None:
    from mien.analyzers import ANALYZERS, CONCLUSIONS

    for part in (*ANALYZERS, *CONCLUSIONS):
        assert (ROOT / "docs" / "analyzers" / f"{part.name}.md").exists(), f"docs/analyzers/{part.name}.md is missing"
        assert (ROOT / "tests" / "unit" / "analyzers" / f"test_{part.name}.py").exists(), f"{part.name} has no test"


def test_every_setting_is_documented() -> None:
    import msgspec

    from mien.config import Settings

    text = (ROOT / "docs" / "operating.md").read_text()
    missing = [
        f"MIEN_{field.name.upper()}"
        for field in msgspec.structs.fields(Settings)
        if f"`MIEN_{field.name.upper()}`" not in text
    ]
    assert not missing, f"docs/operating.md does not name {missing}"


def test_every_command_is_documented() -> None:
    import typer.main

    from mien.cli import app

    text = (ROOT / "docs" / "operating.md").read_text()
    root = typer.main.get_command(app)
    names: list[str] = []
    for name, command in root.commands.items():  # type: ignore[attr-defined]
        children = getattr(command, "commands", None)
        names += [f"mien {name} {child}" for child in children] if children else [f"mien {name}"]
    missing = [name for name in names if f"`{name}" not in text]
    assert not missing, f"docs/operating.md does not name {missing}"


def test_every_table_of_ours_is_documented(shared_tables: list[str]) -> None:
    text = (ROOT / "docs" / "schema.md").read_text()
    missing = [name for name in shared_tables if f"`{name}`" not in text]
    assert not missing, f"docs/schema.md does not name {missing}"


@pytest.fixture
def shared_tables() -> list[str]:
    """Tables that the migrations create."""
    sql = "".join(path.read_text() for path in (ROOT / "mien" / "store" / "migrations").rglob("*.sql"))
    return re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", sql)


def test_every_endpoint_is_documented() -> None:
    text = (ROOT / "docs" / "api.md").read_text()
    import msgspec

    from mien.api.openapi import document

    missing = [
        path for path in msgspec.json.decode(document())["paths"] if f"`{path}`" not in text and path not in text
    ]
    assert not missing, f"docs/api.md does not name {missing}"
