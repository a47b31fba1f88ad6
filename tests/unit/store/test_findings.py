"""Rows on their way to COPY: columns in their order, times as the database keeps them."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest

from mien.store.findings import records_of, to_utc

SESSION = UUID(int=7)
COLUMNS = ("screen", "occurred_at", "weight")


class Point(msgspec.Struct):
    """Its fields stand in another order than the columns, and one is no column."""

    weight: float
    occurred_at: float
    screen: str
    beside: int = 0


def records(rows: list[Any]) -> list[tuple[Any, ...]]:
    return list(records_of(SESSION, rows, COLUMNS))


def test_a_row_is_told_by_its_columns_in_their_order_after_its_session() -> None:
    rows = [Point(1.5, 0.25, "/a"), Point(2.0, 3600.0, "/b")]
    assert records(rows) == [
        (SESSION, "/a", datetime(1970, 1, 1, 0, 0, 0, 250_000), 1.5),
        (SESSION, "/b", datetime(1970, 1, 1, 1), 2.0),
    ]


def test_a_mapping_and_a_struct_with_the_same_columns_are_the_same_record() -> None:
    row = Point(1.5, 1_795_342_797.896123, "/a")
    assert records([msgspec.structs.asdict(row)]) == records([row])


def test_a_table_without_rows_gives_no_records() -> None:
    assert records([]) == []


def test_a_row_that_lacks_a_column_is_an_error() -> None:
    with pytest.raises(KeyError):
        records([{"screen": "/a", "occurred_at": 0.0}])


@pytest.mark.parametrize(("seconds", "year"), [(-1e12, 5), (float("-inf"), 5), (1e12, 9987), (float("inf"), 9987)])
def test_a_time_that_no_datetime_holds_is_the_nearest_that_one_does(seconds: float, year: int) -> None:
    assert to_utc(seconds).year == year
