"""COPY BINARY as PostgreSQL documents it; that PostgreSQL reads it back is in tests/integration/test_copy_rows.py."""

import struct
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mien.store.copy_binary import INT2, INT4, NULL, TEXT, encode_int4_array, encode_text, encode_time, split_rows
from mien.store.findings import DERIVED, ENCODINGS, to_utc


@given(st.floats(allow_nan=False))
def test_a_time_is_the_same_microsecond_as_a_datetime_of_it(seconds: float) -> None:
    length, us = struct.unpack("!iq", encode_time(seconds))
    assert length == 8
    assert us == (to_utc(seconds) - datetime(2000, 1, 1)) // timedelta(microseconds=1)


@given(st.integers(-(10**15), 10**15))
def test_a_time_of_the_database_comes_back_as_it_was(us: int) -> None:
    seconds = us / 1e6
    if abs(us) < 2_000_000_000_000_000 and -62e9 < seconds < 253e9:  # until the year 2033 floats hold microseconds
        assert struct.unpack("!iq", encode_time(seconds))[1] == us - 946_684_800_000_000


@given(st.text())
def test_a_text_has_its_length_in_bytes_and_no_nul(text: str) -> None:
    data = encode_text(text)
    assert struct.unpack("!i", data[:4])[0] == len(data) - 4
    assert data[4:] == text.replace("\x00", "\ufffd").encode()


@given(st.lists(st.integers(-(2**31), 2**31 - 1)))
def test_an_array_says_what_it_holds(numbers: list[int]) -> None:
    data = encode_int4_array(numbers)
    length, dimensions, has_null, oid = struct.unpack("!iiii", data[:16])
    assert (length, has_null, oid) == (len(data) - 4, 0, 23)
    if not numbers:
        assert (dimensions, len(data)) == (0, 16)
        return
    assert (dimensions, *struct.unpack("!ii", data[16:24])) == (1, len(numbers), 1)
    assert [struct.unpack("!ii", data[at : at + 8]) for at in range(24, len(data), 8)] == [(4, n) for n in numbers]


def test_what_is_not_there_is_null() -> None:
    assert TEXT(None) == INT4(None) == INT2(None) == NULL == b"\xff\xff\xff\xff"


def test_every_encoded_table_has_an_encoding_for_each_column() -> None:
    for table, encodings in ENCODINGS.items():
        assert len(encodings) == len(DERIVED[table]), table


@given(st.lists(st.lists(st.none() | st.text(max_size=20), min_size=1, max_size=4)))
def test_joined_rows_come_apart_again(rows: list[list[str | None]]) -> None:
    encoded = [struct.pack("!h", len(row)) + b"".join(map(TEXT, row)) for row in rows]
    assert list(split_rows(b"".join(encoded))) == encoded
