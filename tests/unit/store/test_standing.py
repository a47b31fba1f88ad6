"""Two sets of rows have one hash only if they would be written alike."""

import msgspec
import pytest

from mien.store.standing import NOTHING_KNOWN, Written, count_standing, hash_rows, joined, parted

COLUMNS = ("screen", "weight")
TABLES = ("points", "steps")


class Point(msgspec.Struct):
    screen: str
    weight: float


ROWS = [Point("/a", 1.0), Point("/b", 0.5)]


def written(rows: list[Point]) -> Written:
    return Written(hash_rows(rows, COLUMNS), len(rows))


def standing(rows: list[Point], old: Written, there: int) -> int:
    return count_standing(rows, COLUMNS, written(rows), old, there)


def test_the_same_rows_stand() -> None:
    assert standing(ROWS, written(ROWS), 2) == 2


def test_of_rows_that_came_after_those_there_only_the_latter_stand() -> None:
    assert standing([*ROWS, Point("/c", 1.0)], written(ROWS), 2) == 2


@pytest.mark.parametrize(
    ("rows", "old", "there"),
    [
        ([Point("/c", 1.0), *ROWS], written(ROWS), 2),
        (ROWS[:1], written(ROWS), 2),
        (ROWS, written(ROWS), 1),
        (ROWS, written(ROWS), 3),
        (ROWS, NOTHING_KNOWN, 2),
        (ROWS, NOTHING_KNOWN, 0),
    ],
    ids=["one came before", "one less", "one was deleted", "one was added", "not known", "nothing there"],
)
def test_otherwise_nothing_does(rows: list[Point], old: Written, there: int) -> None:
    assert standing(rows, old, there) == 0


def test_equal_rows_have_an_equal_hash() -> None:
    assert hash_rows([Point("/a", 1.0), Point("/b", 0.5)], COLUMNS) == hash_rows(ROWS, COLUMNS)


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (ROWS[::-1], COLUMNS),
        (ROWS[:1], COLUMNS),
        ([], COLUMNS),
        ([Point("/a", 1.0), Point("/b", 0.5000001)], COLUMNS),
        (ROWS, (*COLUMNS, "occurred_at")),
    ],
    ids=["another order", "fewer", "none", "another value", "another column of the table"],
)
def test_anything_else_has_another(rows: list[Point], columns: tuple[str, ...]) -> None:
    assert hash_rows(rows, columns) != hash_rows(ROWS, COLUMNS)


def test_a_number_beyond_64_bits_is_told_from_another() -> None:
    rows = [{"evidence": {"value": 10**30}}]
    assert hash_rows(rows, COLUMNS) == hash_rows([{"evidence": {"value": 10**30}}], COLUMNS)
    assert hash_rows(rows, COLUMNS) != hash_rows([{"evidence": {"value": 10**30 + 1}}], COLUMNS)


def test_hashes_come_back_as_they_were_kept() -> None:
    hashes = {"points": written(ROWS), "steps": written([])}
    assert parted(joined(hashes, TABLES), TABLES) == hashes


def test_a_table_of_which_nothing_is_known_is_unlike_any_rows() -> None:
    kept = parted(joined({"points": written(ROWS)}, TABLES), TABLES)
    assert kept["points"] == written(ROWS)
    assert kept["steps"] == NOTHING_KNOWN != written([])


def test_hashes_of_other_tables_are_not_taken_for_these() -> None:
    assert parted(joined({}, TABLES), (*TABLES, "views")) == {}
