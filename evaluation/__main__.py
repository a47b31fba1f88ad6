"""Checks Mien against real data of others: `./run evaluate [--data FOLDER] [--out FILE]`.

Each data set is imported over HTTP, as any client would, into a database of its own, analysed and compared with what
is known of it. Data of the same layout in another folder is judged by the same program. A set that is not there is
skipped.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

from evaluation import access_log, access_log_report, errors_report, iweb_report, recordings_report, shop_report
from evaluation.errors import TRACES, read_events, read_traces
from evaluation.frequency import Frequencies, frequency_table
from evaluation.iweb import read_tasks
from evaluation.recordings import read_recordings
from evaluation.shop import read_visits

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = "Skipped: the data was not there."


def iweb(folder: Path, frequencies: Frequencies) -> str:
    rows = asyncio.run(iweb_report.judge(read_tasks(folder)))
    frequencies["map tasks"] = [row.signals for row in rows]
    return iweb_report.report(rows)


def recordings(folder: Path, frequencies: Frequencies) -> str:
    rows = asyncio.run(recordings_report.judge(read_recordings(folder)))
    frequencies["recordings"] = [row.signals for row in rows]
    return recordings_report.report(rows)


def shop(folder: Path, frequencies: Frequencies) -> str:
    judged = asyncio.run(shop_report.judge(read_visits(folder)))
    frequencies["shop visits"] = judged.signals
    return shop_report.report(judged)


def server_log(folder: Path, _: Frequencies) -> str:
    return access_log_report.report(asyncio.run(access_log_report.judge(access_log.read_visits(folder))))


def error_events(folder: Path, _: Frequencies) -> str:
    return errors_report.report_events(asyncio.run(errors_report.judge(read_events(folder))))


def error_traces(folder: Path, _: Frequencies) -> str:
    return errors_report.report_traces(asyncio.run(errors_report.judge(read_traces(folder))))


# Place in the template -> the folder that it is of, a file that must be there, and what writes its figures.
SETS: Mapping[str, tuple[str, str, Callable[[Path, Frequencies], str]]] = {
    "iweb": ("iweb-qoe", "raw_data.csv.gz", iweb),
    "recordings": ("rrweb-recordings", ".", recordings),
    "shop": ("ecom-journeys-planted", "ecom.csv.gz", shop),
    "server_log": ("apache-access-log", "apache_logs.gz", server_log),
    "error_events": ("error-events", "UPSTREAM-README.txt", error_events),
    "error_traces": ("js-stack-traces", TRACES, error_traces),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the data sets")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "docs" / "evaluation.md", help="where the figures are written"
    )
    options = parser.parse_args()
    text = (ROOT / "evaluation" / "template.md").read_text()
    frequencies: Frequencies = {}
    is_any_there = False
    for place, (folder, file, figures) in SETS.items():
        is_there = (options.data / folder / file).exists()
        is_any_there |= is_there
        found = figures(options.data / folder, frequencies) if is_there else SKIPPED
        print(f"{folder}\n\n{found}\n", flush=True)
        text = text.replace(f"{{{{{place}}}}}", found)
    if not is_any_there:
        print(f"There is no known data set in {options.data}; nothing was written. Name another folder: --data FOLDER")
        return
    options.out.write_text(text.replace("{{frequency}}", frequency_table(frequencies)))
    print(f"Written to {options.out}")


if __name__ == "__main__":
    main()
