"""Which errors are one mistake."""

from __future__ import annotations

import msgspec
import pytest

from mien.analyzers.baselines import NO_BASELINES
from mien.analyzers.error_group import GroupedErrorRow, group_errors, group_of
from mien.timeline import ErrorLog, Timeline
from tests.support.timelines import START, timeline

APP = "https://shop.example/assets/app-BX3kd92f.js"
PAY = "Uncaught TypeError: Cannot read properties of undefined (reading 'total')"
AT_PAY = f"TypeError: Cannot read properties of undefined\n    at pay ({APP}:1:2)\n    at submit ({APP}:3:4)"


def error(message: str | None = PAY, stack: str | None = AT_PAY, at: float = START, number: int = 1) -> ErrorLog:
    return ErrorLog(number, "/Cart/4711", message, stack, at)


def key(message: str | None = PAY, stack: str | None = AT_PAY) -> str:
    return group_of(error(message, stack)).key


def rows(*errors: ErrorLog) -> list[GroupedErrorRow]:
    session = Timeline(timeline().session_id, START, START + 60, errors=errors)
    return list(group_errors(session, NO_BASELINES).rows)


def test_an_error_is_a_row_with_its_group() -> None:
    [row] = rows(error(number=7))
    assert msgspec.structs.asdict(row) == {
        "error_id": 7, "group_key": key(), "kind": "error", "type": "TypeError",
        "title": "cannot use total of undefined or null", "place": "pay in assets/app.js", "screen": "/cart/:id",
        "occurred_at": START, "errors": 1,
    }  # fmt: skip


def test_a_session_without_errors_has_no_rows() -> None:
    assert rows() == []


@pytest.mark.parametrize(
    "stack",
    [
        AT_PAY.replace(":1:2", ":900:1"),
        AT_PAY.replace("app-BX3kd92f.js", "app-Qw81kkZ0.js"),
        AT_PAY.replace("https://shop.example", "http://localhost:4001"),
        AT_PAY + f"\n    at click ({APP}:9:9)",
        AT_PAY.replace("    at submit", "    at inject (chrome-extension://abc/x.js:1:2)\n    at submit").replace(
            "chrome-extension://abc/x.js", "https://shop.example/vendor/get.js"
        ),
        f"pay@{APP}:1:2\nsubmit@{APP}:3:4\n",
    ],
)
def test_lines_builds_hosts_callers_libraries_and_browsers_make_no_other_group(stack: str) -> None:
    assert key(stack=stack) == key()


def test_another_function_file_message_or_kind_is_another_group() -> None:
    others = {
        key(stack=AT_PAY.replace("at pay", "at refund")),
        key(stack=AT_PAY.replace("assets/app-", "assets/admin-")),
        key(stack=AT_PAY.replace("at submit", "at retry")),
        key(PAY.replace("total", "currency")),
        key("console.error: " + PAY.removeprefix("Uncaught ")),
        key(stack=None),
    }
    assert len(others) == 6 and key() not in others


def test_without_a_named_call_of_the_site_the_file_counts_and_else_the_library() -> None:
    assert group_of(error(stack=f"at {APP}:1:2")).place == "assets/app.js"
    library = "at get (https://shop.example/node_modules/lodash/get.js:1:2)"
    assert group_of(error(stack=f"{library}\nat {APP}:1:2")).place == "assets/app.js"
    assert group_of(error(stack=library)).place == "get in node_modules/lodash/get.js"
    assert group_of(error(stack=None)).place is None


def test_foreign_errors_are_one_group_wherever_they_come_from() -> None:
    one = group_of(error("Script error.", None))
    assert (one.kind, one.place) == ("foreign", None)
    assert group_of(error("x", "at a1b2c3 (chrome-extension://one/x.js:1:2)")) == group_of(
        error("x", "at zzz (chrome-extension://other/y.js:1:2)")
    )


@pytest.mark.parametrize("length", range(len(AT_PAY) - len(f"{APP}:3:4)"), len(AT_PAY)))
def test_a_repeat_with_the_beginning_of_the_stack_is_of_the_same_group(length: int) -> None:
    library = "\n".join(f"    at wrap{n} (https://shop.example/vendor/framework.js:1:2)" for n in range(20))
    whole = f"TypeError: x\n{library}\n{AT_PAY}"
    found = rows(error(stack=whole), error(stack=whole[:500], at=START + 1, number=2),
                 error(stack=AT_PAY, at=START + 2), error(stack=AT_PAY[:length], at=START + 3))  # fmt: skip
    assert len(whole) > 500 and "at pay" not in whole[:500]
    assert {row.group_key for row in found} == {key()}


def test_a_beginning_of_another_messages_stack_is_not_joined() -> None:
    cut = AT_PAY[:80]
    first, second = rows(error("Error: a", AT_PAY), error("Error: b", cut, at=START + 1))
    assert second.group_key == key("Error: b", cut) != first.group_key


def test_the_group_is_the_same_in_every_session_and_does_not_depend_on_other_errors() -> None:
    alone = rows(error())
    among = rows(error("Error: other", None, START - 1), error(), error("Error: x", AT_PAY[:90], START + 1))
    assert alone[0].group_key == among[1].group_key
    assert len(alone[0].group_key) == 16 and alone[0].group_key.isalnum()


def test_the_keys_are_kept_over_versions_of_python_and_of_the_program() -> None:
    """Links to groups hold keys: a change of the rule is a new version of the analyzer, and changes this test."""
    assert key() == "eb4a28f380b80670"
    assert key("Script error.", None) == "02d1baf81e4d448d"
