"""What belongs to one query, and what is another."""

from __future__ import annotations

from mien.analyzers.search_queries import Query, find_queries
from tests.support.timelines import START, timeline


def found(text: str) -> list[Query]:
    return find_queries(timeline(text), min_gap_s=2.0)


def times(text: str) -> list[float]:
    return [round(query.at - START, 3) for query in found(text)]


def typed(at: float, length: int, words: str = "duration_ms=900") -> str:
    return f"{at}  input  /home  #q  -  form=search-form  field=q  length={length}  {words}\n"


def sent(at: float) -> str:
    return f"{at}  submit  /home  #f  -  form=search-form\n"


def test_typing_submit_and_screen_are_one_query() -> None:
    [query] = found(typed(1, 4) + sent(1.1) + "2.0  screen_view  /search")
    assert (query.at, query.length, query.sent_at) == (START + 1, 4, START + 1.1)


def test_no_search_is_no_query() -> None:
    assert found("") == []
    assert found("0.0  screen_view  /search\n1.0  click  /search  #x\n2.0  input  /home  #name  -  field=name") == []


def test_another_length_is_another_query() -> None:
    queries = found(typed(1, 4) + sent(1.1) + typed(9, 7) + sent(9.1))
    assert [(query.length, query.differs) for query in queries] == [(4, False), (7, True)]


def test_an_emptied_field_asks_nothing() -> None:
    assert times(typed(1, 0) + typed(5, 4)) == [5]


def test_senders_that_tell_of_every_change_ask_once() -> None:
    assert [query.length for query in found("".join(typed(1 + n / 2, n, "returns=0") for n in range(1, 9)))] == [8]


def test_sent_again_at_once_is_the_same_query_and_later_another_whose_text_is_not_known() -> None:
    assert times(sent(1) + sent(2.999)) == [1]
    queries = found(sent(1) + sent(3))
    assert [query.differs for query in queries] == [False, False]


def test_the_screen_of_a_search_belongs_to_it_for_ten_seconds() -> None:
    assert times(sent(1) + "11.0  screen_view  /search\n" + sent(12.5)) == [1]
    assert times(sent(1) + "11.001  screen_view  /search\n" + sent(12.5)) == [1, 12.5]


def test_a_button_pressed_again_without_typing_sends_the_same_text() -> None:
    press = "8.9  click  /home  #go\n"
    assert times(typed(1, 4) + sent(1.1) + press + sent(9)) == [1]
    assert times(sent(1.1) + press + sent(9)) == [1.1, 9]  # nobody tells of typing here: it may have changed
    assert times(typed(1, 4) + sent(1.1) + "8.9  click  /home  #q\n" + sent(9)) == [1, 9]


def test_a_text_of_the_same_length_counts_once_it_is_sent() -> None:
    assert times(typed(1, 4) + sent(1.1) + typed(9, 4)) == [1]
    assert times(typed(1, 4) + sent(1.1) + typed(9, 4) + "9.1  click  /home  #go\n" + sent(9.2)) == [1, 9.2]


def test_text_sent_by_the_enter_key_is_told_when_the_field_loses_its_focus() -> None:
    queries = found(sent(2) + typed(2.5, 4, "duration_ms=2000") + sent(9) + typed(9.5, 7, "duration_ms=3000"))
    assert [(query.at - START, query.length, query.differs) for query in queries] == [(2, 4, False), (9, 7, True)]
    [query] = found(sent(2) + typed(2.5, 4, "duration_ms=2000") + typed(5, 9, "duration_ms=4000"))
    assert query.length == 4


def test_screens_whose_names_hold_the_text_tell_queries_apart() -> None:
    queries = found("""
        1.0  screen_view  /search?q=fern
        2.0  screen_view  /search?q=fern&page=2
        5.0  screen_view  /search?q=moss
        6.0  screen_view  /search?q=moss
    """)
    assert [(query.text, query.differs) for query in queries] == [("fern", False), ("moss", True)]


def test_screens_alone_ask_when_one_search_follows_another() -> None:
    text = (
        "1.0  screen_view  /search\n9.0  screen_view  /search\n30.0  screen_view  /search\n31.0  screen_view  /search"
    )
    assert times(text) == [9, 30]
    assert times("1.0  screen_view  /search\n9.0  screen_view  /item\n30.0  screen_view  /search") == []
    assert times(text + "\n40.0  screen_view  /search  -  -  load=back_forward") == [9, 30]


def test_once_inputs_are_told_screens_ask_no_more() -> None:
    assert times(typed(1, 4) + "30.0  screen_view  /search\n60.0  screen_view  /search") == [1]
