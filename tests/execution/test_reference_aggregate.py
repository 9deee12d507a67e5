from __future__ import annotations

from datetime import date as Date
from typing import Any

import pytest

from engine.execution.values import Bound, Missing, Value, missing
from engine.plan.plan import Cell, OrderBy
from tests.execution.hand_plan import (
    BLANK,
    BOUNDED,
    BY_DAY,
    MAYBE,
    NUMBER,
    WIDE,
    F,
    codes,
    const,
    interpreter,
    over_parts,
    part,
    result,
    trace,
)

Parts = list[dict[str, Value]]

GOOD = part("good", MAYBE)
SURE = part("sure", MAYBE)
N = part("n", BOUNDED)
BY_N = (OrderBy(part("n"), descending=True), OrderBy(part("id")))


def rows(*values: Value, column: str = "n") -> Parts:
    """A part for each value."""
    return [{column: value} for value in values]


def numbers(*values: int | str) -> Parts:
    """A part for each number."""
    return rows(*(F(value) for value in values))


def truths(word: str) -> Parts:
    """A part for each letter of T, F and ?."""
    values: dict[str, Value] = {"T": True, "F": False, "?": BLANK}
    return rows(*(values[letter] for letter in word), column="good")


def over(function: str, parts: Parts, **more: Any) -> Value:
    """A function of the number `n` of parts."""
    return result(over_parts(function, more.pop("value", N), more.pop("type", BOUNDED), **more), parts=parts)


# -- any, all -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "any_", "all_"),
    [("", "F", "T"), ("TF", "T", "F"), ("T?", "T", "?"), ("F?", "?", "F"), ("FF", "F", "F"), ("TT", "T", "T")],
)
def test_any_and_all(word: str, any_: str, all_: str) -> None:
    for function, expected in (("any", any_), ("all", all_)):
        found = result(over_parts(function, GOOD, MAYBE), parts=truths(word))
        assert ("?" if isinstance(found, Missing) else "FT"[bool(found)]) == expected


@pytest.mark.parametrize(("good", "any_", "all_"), [(True, BLANK, True), (False, False, BLANK), (BLANK, BLANK, BLANK)])
def test_a_possible_row_matters_only_where_its_test_does(good: Value, any_: Value, all_: Value) -> None:
    parts: Parts = [{"good": good}]
    for function, expected in (("any", any_), ("all", all_)):
        found = result(over_parts(function, GOOD, MAYBE, where=SURE), parts=parts)
        assert isinstance(found, Missing) == isinstance(expected, Missing)
        assert isinstance(found, Missing) or found is expected


def test_any_of_rows_is_a_count_above_zero() -> None:
    for word, expected in (("", False), ("F", False), ("FT", True), ("T?", True)):
        assert result(over_parts("any", None, MAYBE, where=GOOD), parts=truths(word)) is expected
    assert isinstance(result(over_parts("any", None, MAYBE, where=GOOD), parts=truths("F?")), Missing)


# -- count, share ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("word", "low", "high"), [("", 0, 0), ("TTF", 2, 2), ("T?", 1, 2), ("??", 0, 2)])
def test_count(word: str, low: int, high: int) -> None:
    expected = F(low) if low == high else Bound(F(low), F(high))
    assert result(over_parts("count", None, BOUNDED, where=GOOD), parts=truths(word)) == expected


def test_an_open_count_says_whose_answer_is_open() -> None:
    found = result(over_parts("count", None, BOUNDED, where=GOOD), parts=truths("T?"))
    assert isinstance(found, Bound)
    assert [(reason.code, reason.column, reason.key) for reason in found.reasons] == [("blank", "good", ("p2",))]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("TTF", F("0.666666666667")),
        ("TF?", Bound(F("0.333333333333"), F("0.666666666667"))),
        ("FF", F(0)),
    ],
)
def test_share(word: str, expected: Value) -> None:
    assert result(over_parts("share", GOOD, BOUNDED), parts=truths(word)) == expected


def test_share_of_nothing_and_of_a_possible_row() -> None:
    assert codes(result(over_parts("share", GOOD, BOUNDED))) == {"no rows"}
    parts: Parts = [{"sure": True, "good": True}, {"good": True}]
    assert isinstance(result(over_parts("share", GOOD, BOUNDED, where=SURE), parts=parts), Missing)


# -- numbers --------------------------------------------------------------------------------------------

EMPTY = {"sum": F(0), "count_distinct": F(0)}
NUMERIC = [
    "sum",
    "mean",
    "weighted_mean",
    "median",
    "percentile",
    "stdev_sample",
    "stdev_population",
    "min",
    "max",
    "count_distinct",
    "first",
    "last",
    "the",
]


def extras(function: str) -> dict[str, Any]:
    """What a function needs beside its value."""
    if function == "weighted_mean":
        return {"weight": part("w")}
    if function == "percentile":
        return {"level": const(F("0.25"))}
    return {"order": BY_DAY} if function in ("first", "last") else {}


@pytest.mark.parametrize("function", NUMERIC)
@pytest.mark.parametrize("parts", [[], [{"good": False, "n": F(5), "w": F(1), "d": Date(2026, 1, 1)}]])
def test_no_rows(function: str, parts: Parts) -> None:
    found = over(function, parts, where=GOOD, **extras(function))
    if function in EMPTY:
        assert found == EMPTY[function]
    else:
        assert found == missing("no rows", "result", "thing", ("t",))


@pytest.mark.parametrize("function", NUMERIC)
def test_a_possible_row_makes_it_missing(function: str) -> None:
    day = Date(2026, 1, 1)
    parts: Parts = [
        {"good": True, "n": F(5), "w": F(1), "d": day},
        {"good": BLANK, "n": F(5), "w": F(1), "d": day},
    ]
    found = over(function, parts, where=GOOD, **extras(function))
    assert found == missing("blank", "good", "part", ("p2",))


@pytest.mark.parametrize("function", [name for name in NUMERIC if name not in ("first", "last", "the")])
def test_a_missing_value_makes_it_missing(function: str) -> None:
    parts: Parts = [{"n": F(5), "w": F(1)}, {"w": F(1)}]
    assert over(function, parts, **extras(function)) == missing("blank", "n", "part", ("p2",))


@pytest.mark.parametrize(
    ("function", "values", "expected"),
    [
        ("sum", (2, -5), F(-3)),
        ("mean", (100, 85, 85), F(90)),
        ("mean", (1, 1, 2), F("1.333333333333")),
        ("median", (30, 10, 25), F(25)),
        ("median", (40, 10, 20, 25), F("22.5")),
        ("median", ("0.01", "0.02"), F("0.015")),
        ("min", (3, 12, -20), F(-20)),
        ("max", (3, 12, -20), F(12)),
        ("count_distinct", (3, 4, 3), F(2)),
        ("stdev_population", (2, 4, 4, 4, 5, 5, 7, 9), F(2)),
        ("stdev_sample", (1, 2, 3, 4), F("1.290994449")),
        ("percentile", (40, 10, 30, 20), F("17.5")),
    ],
)
def test_numbers(function: str, values: tuple[int | str, ...], expected: Value) -> None:
    found = over(function, numbers(*values), type=WIDE, value=part("n"), **extras(function))
    assert found == expected


def test_weighted_mean_divides_once() -> None:
    parts: Parts = [
        {"n": F(3_000_000_000), "w": F(1)},
        {"n": F(0), "w": F(1)},
        {"n": F(0), "w": F(1)},
    ]
    assert over("weighted_mean", parts, **extras("weighted_mean")) == 1_000_000_000
    assert isinstance(over("weighted_mean", [{"n": F(1)}], **extras("weighted_mean")), Missing)


def test_failures() -> None:
    assert codes(over("weighted_mean", [{"n": F(80), "w": F(0)}], **extras("weighted_mean"))) == {"X001"}
    assert codes(over("stdev_sample", numbers(7))) == {"X001"}
    assert codes(over("percentile", numbers(7), level=const(F(2)))) == {"X002"}
    assert codes(over("the", numbers(7, 7))) == {"X004"}


@pytest.mark.parametrize(
    ("level", "option", "expected"),
    [
        ("0.9", "interpolated", "9.1"),
        ("0", "", "1"),
        ("1", "", "10"),
        ("0.9", "nearest_rank", "9"),
        ("0.91", "nearest_rank", "10"),
        ("0", "nearest_rank", "1"),
    ],
)
def test_percentile(level: str, option: str, expected: str) -> None:
    node = over_parts("percentile", N, NUMBER, level=Cell("parameters.level", NUMBER), option=option)
    cells = {"parameters.level": F(level)}
    assert result(node, parts=numbers(*range(10, 0, -1)), cells=cells) == F(expected)
    assert codes(result(node, parts=numbers(1), cells={"parameters.level": None})) == {"not known"}


# -- bounds ---------------------------------------------------------------------------------------------

LEAST_30 = Bound(F(30), None)


@pytest.mark.parametrize(
    ("function", "values", "expected"),
    [
        ("median", (F(10), F(20), LEAST_30), F(20)),
        ("median", (F(40), Bound(F(40), None), F(10), F(20)), F(30)),
        ("median", (F(10), F(20), Bound(F(15), None)), Bound(F(15), F(20))),
        ("median", (F(10), LEAST_30), Bound(F(20), None)),
        ("percentile", (F(10), F(20), F(30), F(40), Bound(F(50), None)), F(20)),
        ("min", (F(10), LEAST_30), F(10)),
        ("max", (F(10), LEAST_30), LEAST_30),
        ("min", (Bound(None, F(5)), F(10)), Bound(None, F(5))),
        ("the", (LEAST_30,), LEAST_30),
    ],
)
def test_bounds(function: str, values: tuple[Value, ...], expected: Value) -> None:
    assert over(function, rows(*values), **extras(function)) == expected


@pytest.mark.parametrize("function", ["sum", "mean", "stdev_population", "count_distinct"])
def test_where_a_bound_is_too_little(function: str) -> None:
    masked = missing("bound", "n", "part", ("p2",)).reasons
    assert over(function, rows(F(10), Bound(F(30), None, masked))) == Missing(masked)


# -- order ----------------------------------------------------------------------------------------------

DAYS: Parts = [
    {"n": F(1), "d": Date(2026, 3, 1)},
    {"n": F(2), "d": Date(2025, 3, 1)},
    {"n": BLANK, "d": Date(2027, 3, 1)},
]


def test_first_and_last() -> None:
    assert over("first", DAYS, order=BY_DAY) == 2
    assert over("last", DAYS, order=BY_DAY) == missing("blank", "n", "part", ("p3",))
    assert over("first", [*DAYS, {"n": F(9)}], order=BY_DAY) == missing("blank", "d", "part", ("p4",))


def test_equal_places_are_told_apart_by_key() -> None:
    day = Date(2026, 3, 1)
    parts: Parts = [{"id": "b", "n": F(5), "d": day}, {"id": "a", "n": F(7), "d": day}]
    assert over("first", parts, order=BY_DAY) == 7
    assert over("last", parts, order=BY_DAY) == 5
    latest = (OrderBy(part("d"), descending=True), OrderBy(part("id")))
    assert over("first", parts, order=latest) == 7


def test_top() -> None:
    parts = numbers(10, 30, 20)
    assert over("sum", parts, top=2, top_by=BY_N) == 50
    assert over("sum", parts, top=5, top_by=BY_N) == 60
    assert codes(over("mean", [], top=2, top_by=BY_N)) == {"no rows"}
    assert over("sum", [*parts, {}], top=2, top_by=BY_N) == missing("blank", "n", "part", ("p4",))
    open_row: Parts = [{"good": True, "n": F(1)}, {"n": F(2)}]
    found = over("count", open_row, top=1, top_by=BY_N, where=GOOD)
    assert found == missing("blank", "good", "part", ("p2",))
    tied: Parts = [{"id": "b", "n": F(1), "w": F(10)}, {"id": "a", "n": F(1), "w": F(1)}]
    assert over("sum", tied, value=part("w"), top=1, top_by=BY_N) == 1


# -- which rows -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("function", ["any", "all", "count", *NUMERIC])
def test_rows_that_may_not_have_been_reported(function: str) -> None:
    found = over(function, [], complete=False, **extras(function))
    assert codes(found) == {"no rows reported"}


def test_reported_rows_that_are_filtered_out_are_no_rows() -> None:
    parts: Parts = [{"good": False, "n": F(1)}]
    assert result(over_parts("count", None, BOUNDED, where=GOOD, complete=False), parts=parts) == 0


def test_rows_of_another_parent_and_of_none_do_not_match() -> None:
    parts: Parts = [{"n": F(1)}, {"n": F(2), "thing": "u"}, {"n": F(4), "thing": BLANK}]
    assert over("sum", parts) == 1


# -- traces ---------------------------------------------------------------------------------------------


def test_a_trace_shows_the_rows_that_decide() -> None:
    node = over_parts("max", N, BOUNDED, where=GOOD)
    parts: Parts = [{"good": good, "n": F(n)} for n, good in ((1, True), (9, False), (5, True))]
    found = trace(node, parts=parts)
    assert found.value == 5
    assert found.seen is not None
    assert (found.seen.rows_in, found.seen.rows_out, found.seen.possible, found.seen.left_out) == (2, 1, 0, 1)
    shown = [(child.entity, child.key, child.value) for child in found.children if child.entity == "part"]
    assert shown == [("part", ("p3",), True), ("part", ("p3",), 5)]


def test_a_trace_of_what_is_open_shows_the_open_rows() -> None:
    parts: Parts = [{"good": True, "n": F(1)}, {"n": F(2)}]
    found = trace(over_parts("sum", N, BOUNDED, where=GOOD), parts=parts)
    assert {child.key for child in found.children if child.entity == "part"} == {("p2",)}
    assert found.seen is not None
    assert (found.seen.rows_in, found.seen.possible, found.seen.left_out) == (1, 1, 1)


def test_a_trace_lists_few_of_many_rows() -> None:
    found = trace(over_parts("sum", N, BOUNDED), parts=numbers(*range(100)))
    assert found.value == 4950
    assert found.seen is not None
    assert found.seen.left_out == 88
    assert len([child for child in found.children if child.entity == "part"]) == 12


def test_a_traced_value_is_the_stored_one() -> None:
    world = interpreter(over_parts("mean", N, BOUNDED), parts=numbers(1, 2))
    assert world.trace("thing", "result", ("t",)).value == world.value("thing", "result", ("t",))
