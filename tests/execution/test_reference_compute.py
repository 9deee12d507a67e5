from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date

import pytest

from engine.execution.reference_compute import SPELLED, compute
from engine.execution.values import NOT_APPLICABLE, Bound, Missing, Reason, Value, missing
from engine.plan.operators import OPERATORS
from engine.text.errors import EngineBug
from tests.execution.hand_plan import (
    BLANK,
    BOUNDED,
    DAY,
    MAYBE,
    NUMBER,
    VERDICT,
    YEAR,
    F,
    codes,
    const,
    do,
    interpreter,
    part,
    result,
    thing,
    trace,
)

NA = NOT_APPLICABLE
LEAST_100 = Bound(F(100), None)
MOST_5 = Bound(None, F(5))


def test_every_operator_of_the_plan_is_spelled() -> None:
    assert set(OPERATORS) == SPELLED


def test_an_unknown_operator_is_a_bug() -> None:
    with pytest.raises(EngineBug, match="twist"):
        compute("twist", (F(1),), ())


@pytest.mark.parametrize(
    ("op", "operands", "options", "expected"),
    [
        ("add", (F(1), F(2)), (), F(3)),
        ("sub", (F(1), F(2)), (), F(-1)),
        ("neg", (F(1),), (), F(-1)),
        ("mul", (F("1.15"), F("1.15")), (), F("1.3225")),
        ("div", (F(2), F(3)), (), F("0.666666666667")),
        ("snap", (F("89.999999999999"),), (), F(90)),
        ("abs", (F(-2),), (), F(2)),
        ("min", (F(3), F(-4), F(0)), (), F(-4)),
        ("max", (F(3), F(-4), F(0)), (), F(3)),
        ("min", (Date(2026, 7, 1), Date(2026, 6, 30)), (), Date(2026, 6, 30)),
        ("round", (F("63.65"), "half_up"), (1,), F("63.7")),
        ("round", (F("2.5"), "half_even"), (0,), F(2)),
        ("prorate", (F(725), F(128), F(145), "half_up"), (2,), F(640)),
        ("prorate", (F(10), F(2), F(3), "down"), (2,), F("6.66")),
        ("prorate", (F(10), F(2), F(3), "half_up"), (2,), F("6.67")),
        ("prorate", (F("0.10"), F(1), F(4), "half_up"), (2,), F("0.03")),  # 2.5 cents, rounded once
        ("prorate", (F(-10), F(2), F(3), "floor"), (0,), F(-7)),
        ("prorate", (F(10), F(2), F(-3), "ceiling"), (0,), F(-6)),
        ("prorate", (F(1250), F(1), F(1), "half_even"), (-2,), F(1200)),
        ("ln", (F(2),), (), F("0.693147181")),
        ("sqrt", (F(2),), (), F("1.414213562")),
        ("eq", (F(1), F(1)), (), True),
        ("eq", ("a", "A"), (), False),
        ("ne", (Date(2026, 7, 1), Date(2026, 7, 2)), (), True),
        ("lt", ("Z", "a"), (), True),
        ("le", (F(1), F(1)), (), True),
        ("gt", (F(1), F(1)), (), False),
        ("ge", (2026, 2026), (), True),
        ("ordinal", ("high",), ("low", "high"), F(1)),
        ("add_days", (Date(2026, 7, 1), F(90)), (), Date(2026, 9, 29)),
        ("add_months", (Date(2026, 1, 31), F(1)), (), Date(2026, 2, 28)),
        ("year_of", (Date(2026, 7, 1),), (7, 1, 1), 2027),
        ("day_of_year", (2026,), (8, 31, 7, 1, 0), Date(2026, 8, 31)),
        ("add_years", (2026, F(2)), (), 2028),
    ],
)
def test_exact(op: str, operands: tuple[Value, ...], options: tuple[str | int, ...], expected: Value) -> None:
    assert compute(op, operands, options) == expected


@pytest.mark.parametrize("op", sorted(SPELLED - {"if", "or_else", "is_known", "is_applicable", "and", "or"}))
def test_missing_operands_make_the_result_missing_for_their_reasons(op: str) -> None:
    arity = max(OPERATORS[op].arity, 1)
    options: tuple[str | int, ...] = (1, 1, 7, 1, 0) if op == "day_of_year" else (1,)
    found = compute(op, (BLANK,) * arity, options)
    assert found == BLANK


def test_the_reasons_of_several_missing_operands_are_united() -> None:
    assert codes(compute("add", (BLANK, missing("published as *")), ())) == {"blank", "published as *"}


@pytest.mark.parametrize(
    ("op", "operands", "code"),
    [
        ("div", (F(1), F(0)), "X001"),
        ("div", (LEAST_100, F(0)), "X001"),
        ("prorate", (F(1), F(1), F(0), "half_up"), "X001"),
        ("prorate", (BLANK, F(1), F(0), "half_up"), "blank"),
        ("prorate", (LEAST_100, F(1), F(2), "half_up"), "bound"),
        ("div", (BLANK, F(0)), "blank"),
        ("ln", (F(0),), "X002"),
        ("sqrt", (F(-1),), "X002"),
        ("add_days", (Date(9999, 12, 31), F(1)), "X002"),
        ("add_months", (Date(1, 1, 1), F(-1)), "X002"),
    ],
)
def test_failed(op: str, operands: tuple[Value, ...], code: str) -> None:
    found = compute(op, operands, ())
    assert isinstance(found, Missing)
    assert codes(found) == {code}
    assert found.failed is code.startswith("X")


@pytest.mark.parametrize(
    ("op", "operands", "expected"),
    [
        ("add", (LEAST_100, F(5)), Bound(F(105), None)),
        ("add", (F(5), LEAST_100), Bound(F(105), None)),
        ("sub", (MOST_5, F(2)), Bound(None, F(3))),
        ("sub", (F(2), MOST_5), Bound(F(-3), None)),
        ("neg", (LEAST_100,), Bound(None, F(-100))),
        ("mul", (LEAST_100, F(3)), Bound(F(300), None)),
        ("mul", (F(-3), LEAST_100), Bound(None, F(-300))),
        ("mul", (Bound(F(1), F(2)), F(0)), F(0)),
        ("div", (LEAST_100, F(3)), Bound(F("33.333333333333"), None)),
        ("div", (Bound(F(1), F(2)), F(-4)), Bound(F("-0.5"), F("-0.25"))),
        ("snap", (Bound(F("33.333333333333"), None),), Bound(F("33.333333333"), None)),
        ("bound", (F(1), F(2)), Bound(F(1), F(2))),
        ("bound", (F(2), F(2)), F(2)),
        ("bound", (F(1), BLANK), Bound(F(1), None)),
        ("bound", (BLANK, F(2)), Bound(None, F(2))),
        ("bound", (LEAST_100, F(150)), Bound(F(100), F(150))),
        ("bound", (F(1), MOST_5), Bound(F(1), F(5))),
        ("min", (LEAST_100, F(50)), F(50)),
        ("min", (LEAST_100, F(150)), Bound(F(100), F(150))),
        ("min", (LEAST_100, MOST_5), MOST_5),
        ("max", (LEAST_100, F(50)), LEAST_100),
        ("max", (LEAST_100, F(150)), Bound(F(150), None)),
        ("max", (MOST_5, F(10)), F(10)),
    ],
)
def test_bounds_travel(op: str, operands: tuple[Value, ...], expected: Value) -> None:
    assert compute(op, operands, ()) == expected


def test_each_end_of_a_bound_is_rounded() -> None:
    assert compute("round", (Bound(F("1.25"), F("1.35")), "half_up"), (1,)) == Bound(F("1.3"), F("1.4"))
    assert compute("round", (Bound(F("1.31"), F("1.34")), "half_up"), (1,)) == F("1.3")


@pytest.mark.parametrize(
    ("op", "operands"),
    [
        ("add", (LEAST_100, LEAST_100)),
        ("mul", (LEAST_100, MOST_5)),
        ("div", (F(1000), LEAST_100)),
        ("abs", (LEAST_100,)),
        ("sqrt", (LEAST_100,)),
    ],
)
def test_where_a_bound_does_not_travel(op: str, operands: tuple[Value, ...]) -> None:
    assert codes(compute(op, operands, ())) == {"bound"}


COMPARED = ("lt", "le", "eq", "ne", "ge", "gt")


@pytest.mark.parametrize(
    ("left", "right", "expected"),  # in the order of COMPARED; ? is missing
    [
        (LEAST_100, F(99), "FFFTTT"),
        (LEAST_100, F(100), "F???T?"),
        (LEAST_100, F(101), "??????"),
        (MOST_5, F(5), "?T???F"),
        (MOST_5, F(6), "TTFTFF"),
        (LEAST_100, Bound(None, F(99)), "FFFTTT"),
        (LEAST_100, Bound(None, F(100)), "F???T?"),
        (LEAST_100, Bound(F(200), None), "??????"),
        (Bound(F(1), F(2)), F(3), "TTFTFF"),
    ],
)
def test_comparisons_with_bounds(left: Value, right: Value, expected: str) -> None:
    words = {True: "T", False: "F"}
    found = [compute(op, (left, right), ()) for op in COMPARED]
    assert "".join("?" if isinstance(value, Missing) else words[bool(value)] for value in found) == expected
    mirrored = [compute(op, (right, left), ()) for op in ("gt", "ge", "eq", "ne", "le", "lt")]
    assert [codes(value) or value for value in mirrored] == [codes(value) or value for value in found]


def test_a_comparison_that_a_bound_leaves_open_names_what_made_the_bound() -> None:
    masked = Bound(F(100), None, frozenset((Reason("bound", "wage", "thing", ("t",)),)))
    assert compute("ge", (masked, F(200)), ()) == missing("bound", "wage", "thing", ("t",))


TRUTHS = {True: "T", False: "F", NA: "-"}


def table(op: str, options: tuple[str | int, ...] = ()) -> list[str]:
    """The results over T, F, ? and - for the first operand (rows) and the second."""
    order: Sequence[Value] = (True, False, BLANK, NA)
    return ["".join(TRUTHS.get(compute(op, (left, right), options), "?") for right in order) for left in order]


def test_logic() -> None:
    assert table("and") == ["TF?T", "FFFF", "?F??", "TF?-"]
    assert table("or") == ["TTTT", "TF?F", "T???", "TF?-"]
    assert table("at_least", (2,)) == ["TF?F", "FFFF", "?F?F", "FFF-"]
    # operands are test and excuse
    assert table("criterion") == ["-T??", "-F??", "-???", "--??"]


def test_not() -> None:
    assert [compute("not", (value,), ()) for value in (True, False, BLANK, NA)] == [False, True, BLANK, NA]


def test_at_least_of_three() -> None:
    assert compute("at_least", (True, BLANK, True), (2,)) is True
    assert compute("at_least", (True, BLANK, False), (2,)) == BLANK
    assert compute("at_least", (False, BLANK, False), (2,)) is False
    assert compute("at_least", (True, NA, False), (2,)) is False
    assert compute("at_least", (NA, NA, NA), (2,)) is NA


def test_overruled_operands_are_not_responsible() -> None:
    other = missing("X001", "ratio", "thing", ("t",))
    assert compute("and", (BLANK, False), ()) is False
    assert compute("and", (BLANK, other, True), ()) == Missing(BLANK.reasons | other.reasons)


def test_seen_from_outside_logic() -> None:
    assert codes(compute("settled", (NA,), ())) == {"not applicable"}
    assert codes(compute("eq", (NA, True), ())) == {"not applicable"}
    assert compute("settled", (True,), ()) is True
    for value, applicable, known in ((NA, False, False), (BLANK, True, False), (LEAST_100, True, True)):
        assert compute("is_applicable", (value,), ()) is applicable
        assert compute("is_known", (value,), ()) is known
    assert compute("is_known", (F(0),), ()) is True


# -- choice: which operand is read -------------------------------------------------------------------------------------

CHOICE = do("if", thing("a", MAYBE), thing("n"), thing("m"), type=NUMBER)


@pytest.mark.parametrize(
    ("a", "n", "m", "expected"),
    [
        (True, F(1), F(2), F(1)),
        (False, F(1), F(2), F(2)),
        (True, F(1), BLANK, F(1)),
        (BLANK, F(2), F(2), F(2)),
    ],
)
def test_if(a: Value, n: Value, m: Value, expected: Value) -> None:
    assert result(CHOICE, thing={"a": a, "n": n, "m": m}) == expected


def test_an_undecided_choice_names_everything_that_is_open() -> None:
    assert result(CHOICE, thing={"n": F(1), "m": F(2)}) == missing("blank", "a", "thing", ("t",))
    found = result(CHOICE, thing={"n": F(1)})
    assert isinstance(found, Missing)
    assert {reason.column for reason in found.reasons} == {"a", "m"}


def test_a_branch_not_taken_is_not_read() -> None:
    failing = do("if", const(True), const(F(1)), do("div", const(F(1)), const(F(0)), type=NUMBER), type=NUMBER)
    found = trace(failing)
    assert found.value == 1
    assert [child.node for child in found.children] == [failing.args[0], failing.args[1]]


def test_the_same_bound_in_both_branches_may_be_two_numbers() -> None:
    node = do("if", thing("a", MAYBE), thing("n", BOUNDED), thing("m", BOUNDED), type=BOUNDED)
    assert codes(result(node, thing={"n": LEAST_100, "m": LEAST_100})) == {"blank", "bound"}
    assert result(node, thing={"a": True, "n": LEAST_100}) == LEAST_100


def test_or_else() -> None:
    node = do("or_else", thing("n", BOUNDED), thing("m"), type=BOUNDED)
    assert result(node, thing={"n": F(0), "m": F(7)}) == 0
    assert result(node, thing={"n": BLANK, "m": F(7)}) == 7
    assert result(node, thing={"n": LEAST_100, "m": F(7)}) == LEAST_100
    assert isinstance(result(node), Missing)


def test_what_the_type_cannot_hold_is_missing() -> None:
    assert codes(result(do("add", thing("n", BOUNDED), const(F(1)), type=NUMBER), thing={"n": LEAST_100})) == {"bound"}
    excused = do("criterion", const(True), const(True), type=VERDICT)
    assert result(excused) is NA
    assert codes(result(do("criterion", const(True), const(True), type=MAYBE))) == {"not applicable"}


def test_a_failure_knows_the_cell_in_which_it_happened() -> None:
    node = do("div", const(F(1)), thing("n"), type=NUMBER)
    assert result(node, thing={"n": F(0)}) == missing("X001", "result", "thing", ("t",))


def test_an_operand_two_hundred_deep() -> None:
    node = thing("n")
    deep = do("add", node, const(F(1)), type=NUMBER)
    for _ in range(400):
        deep = do("add", deep, const(F(1)), type=NUMBER)
    assert result(deep, thing={"n": F(0)}) == 401


def test_dates_and_years() -> None:
    node = do("year_of", thing("d", DAY), type=YEAR, options=(7, 1, 0))
    assert result(node, thing={"d": Date(2026, 6, 30)}) == 2025
    assert isinstance(result(node), Missing)


def test_a_node_of_another_entity_is_a_bug() -> None:
    with pytest.raises(EngineBug, match="part"):
        interpreter(part("n")).value("thing", "result", ("t",))
