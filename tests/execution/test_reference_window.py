from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from typing import Any

import pytest

from engine.execution.values import Bound, Missing, Value, missing
from engine.plan.plan import OrderBy, Window
from tests.execution.hand_plan import BLANK, BOUNDED, DAY, MAYBE, NUMBER, F, codes, interpreter, part

BY_N = (OrderBy(part("n", BOUNDED), descending=True),)
BY_DAY = (OrderBy(part("d", DAY)), OrderBy(part("id")))


def results(function: str, parts: Sequence[dict[str, Value]], **more: Any) -> list[Value]:
    """What a window gives for each part, in the order written."""
    node = Window(function, more.pop("value", None), NUMBER, **more)
    world = interpreter({("part", "result"): node}, parts=parts)
    return [world.value("part", "result", (f"p{at}",)) for at in range(1, len(parts) + 1)]


def ranks(*values: Value) -> list[Value | None]:
    """The ranks by `n`, the largest first; nothing where missing."""
    found = results("rank", [{"n": value} for value in values], order=BY_N)
    return [None if isinstance(value, Missing) else value for value in found]


def test_rank() -> None:
    assert ranks(F(10), F(30), F(20), F(20)) == [4, 1, 2, 2]
    assert ranks(F(10), BLANK, F(20)) == [2, None, 1]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((F(100), F(200), Bound(F(300), None)), [3, 2, 1]),
        ((F(100), F(200), Bound(F(150), None)), [3, None, None]),
        ((F(100), Bound(F(100), None)), [None, 1]),  # level at most, never behind
        ((F(100), Bound(None, F(100)), F(50)), [1, None, None]),
    ],
)
def test_rank_with_bounds(values: tuple[Value, ...], expected: list[int | None]) -> None:
    assert ranks(*values) == expected


def test_a_bound_in_a_second_order_matters_only_between_equals() -> None:
    parts: list[dict[str, Value]] = [
        {"w": F(1), "n": Bound(F(1), None)},
        {"w": F(2), "n": F(5)},
        {"w": F(3), "n": F(5)},
    ]
    order = (OrderBy(part("w")), OrderBy(part("n", BOUNDED)))
    assert results("rank", parts, order=order) == [1, 2, 3]


def test_rank_of_some_rows_within_groups() -> None:
    parts: list[dict[str, Value]] = [
        {"n": F(10), "g": "east", "good": True},
        {"n": F(30), "g": "west", "good": True},
        {"n": F(40), "g": "east", "good": False},
        {"n": F(50), "g": "east"},
        {"n": F(60), "good": True},
    ]
    found = results("rank", parts, order=BY_N, within=(part("g"),), where=part("good", MAYBE))
    assert found[:2] == [1, 1]
    assert codes(found[2]) == {"left out"}
    assert found[3] == missing("blank", "good", "part", ("p4",))
    assert found[4] == missing("blank", "g", "part", ("p5",))


DAYS = [Date(2026, 3, 1), Date(2026, 1, 1), Date(2026, 2, 1)]


def test_running_sum() -> None:
    parts: list[dict[str, Value]] = [{"n": F(n), "d": day} for n, day in zip((5, 7, 1), DAYS, strict=True)]
    assert results("running_sum", parts, value=part("n"), order=BY_DAY) == [13, 7, 8]
    parts[2]["n"] = BLANK
    found = results("running_sum", parts, value=part("n"), order=BY_DAY)
    blank = missing("blank", "n", "part", ("p3",))
    assert found == [blank, 7, blank]


def test_running_sum_of_equal_days_and_of_a_missing_day() -> None:
    parts: list[dict[str, Value]] = [{"n": F(5), "d": DAYS[0]}, {"n": F(7), "d": DAYS[0]}]
    assert results("running_sum", parts, value=part("n"), order=BY_DAY) == [5, 12]
    blank = missing("blank", "d", "part", ("p3",))
    assert results("running_sum", [*parts, {"n": F(1)}], value=part("n"), order=BY_DAY) == [blank] * 3


def test_share_of() -> None:
    parts: list[dict[str, Value]] = [{"n": F(1)}, {"n": F(2)}, {"n": F(5)}]
    assert results("share_of", parts, value=part("n")) == [F("0.125"), F("0.25"), F("0.625")]
    assert codes(results("share_of", [*parts, {}], value=part("n"))[0]) == {"blank"}
    assert codes(results("share_of", [{"n": F(0)}], value=part("n"))[0]) == {"X001"}


def test_a_window_can_be_traced() -> None:
    node = Window("rank", None, NUMBER, order=BY_N)
    world = interpreter({("part", "result"): node}, parts=[{"n": F(1)}, {"n": F(2)}])
    found = world.trace("part", "result", ("p1",))
    assert found.value == 2
    assert [child.value for child in found.children] == [1]
