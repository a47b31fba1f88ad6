"""How often each signal fires in each data set. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

# Name of a data set -> the signals of each of its sessions.
Frequencies = dict[str, Sequence[Counter[str]]]


def frequency_table(frequencies: Frequencies) -> str:
    """Markdown: a row for each signal, a column for each set: sessions in which it fires, in percent."""
    names = list(frequencies)
    kinds = sorted({kind for rows in frequencies.values() for row in rows for kind in row})
    lines = [
        "| Signal | " + " | ".join(f"{name} ({len(frequencies[name])})" for name in names) + " |",
        "|---|" + "---|" * len(names),
    ]
    for kind in kinds:
        shares = [100 * sum(kind in row for row in frequencies[name]) / len(frequencies[name]) for name in names]
        lines.append(f"| `{kind}` | " + " | ".join(f"{share:.1f} %" for share in shares) + " |")
    return "\n".join(lines)
