"""Paths as text: what is written is read back, names may hold anything, wrong ones are refused by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mien.errors import InvalidRequest
from mien.store.funnel import read_steps, write_steps
from mien.store.paths import END, Path, Step, expression, read_name, read_path, write_name, write_path

NAMES = st.one_of(
    st.text(min_size=1, max_size=12),
    st.text(alphabet=">|!*^$@% :/ab%25E", min_size=1, max_size=12),
    st.sampled_from(["event:x", "event%3A", " ", "  ", "%3E", "a\nb", "/a>/b", "*", "!"]),
)
STEPS = st.builds(Step, names=st.lists(NAMES, max_size=3).map(tuple), is_not=st.booleans(), directly=st.booleans())


@given(NAMES)
def test_a_name_is_read_back(name: str) -> None:
    assert read_name(write_name(name)) == name


@given(st.lists(STEPS, min_size=1, max_size=12), st.booleans(), st.booleans(), st.integers(-1, 11))
def test_a_path_is_read_back(steps: list[Step], from_start: bool, to_end: bool, first: int) -> None:
    clean = tuple(
        Step(
            names=step.names,
            is_not=step.is_not and bool(step.names) and number != first,
            is_first=number == first and bool(step.names),
            directly=step.directly and number > 0,
        )
        for number, step in enumerate(steps)
    )
    path = Path(steps=clean, from_start=from_start, to_end=to_end)
    assert read_path(write_path(path)) == path


@given(st.lists(st.tuples(st.sampled_from(["screen:", "event:"]), NAMES).map("".join), min_size=2, max_size=8))
def test_funnel_steps_are_read_back(steps: list[str]) -> None:
    assert read_steps(write_steps(steps)) == tuple(steps)


def test_a_readable_path_means_what_it_says() -> None:
    assert read_path("^/cart >> @/pay>*$") == Path(
        steps=(Step(names=("/cart",)), Step(names=("/pay",), is_first=True), Step(directly=True)),
        from_start=True, to_end=True,
    )  # fmt: skip
    assert read_path("!/a|/b") == Path(steps=(Step(names=("/a", "/b"), is_not=True),))
    assert read_steps("/cart>>event:add to cart>/pay") == ("screen:/cart", "event:add to cart", "screen:/pay")


@pytest.mark.parametrize(
    "text", ["", ">", "/a>>", "/a||/b", "!", "@", "^$", "@/a>@/b", ">".join("a" * 13), "x" * 20_001]
)
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest, match="path: "):
        read_path(text)


@pytest.mark.parametrize("text", ["", "/a", "/a>>", "event:>>/a", ">>".join("a" * 9), "x>>" + "y" * 20_000])
def test_what_is_no_funnel_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest, match="funnel: "):
        read_steps(text)


def test_the_separator_of_screens_cannot_come_from_a_name() -> None:
    text = expression(Path(steps=(Step(names=(f"/a{END}/b",)),), from_start=True))
    assert text.count(END) == 1
