"""Normal forms and directions of single expressions, whose names nothing is known of."""

from __future__ import annotations

import pytest

from engine.results.diff.direction import shift
from engine.results.diff.shift import UP, Moves, Way
from engine.results.diff.term import Term
from engine.results.diff.term_of_expr import Meanings, term_of
from engine.syntax.parse_expr import parse_value
from engine.syntax.slots import scalar, slot
from engine.text.diagnostic import Diagnostics
from engine.text.read import read_document
from engine.text.source import Source


def term(text: str) -> Term:
    diagnostics = Diagnostics()
    document = read_document(Source("x.yaml", f"a: >-\n  {text}\n"), diagnostics)
    assert document is not None
    written = scalar(slot(document.root, "a"))
    assert written is not None
    expr = parse_value(written, diagnostics)
    assert not diagnostics.has_errors, diagnostics.sorted()
    return term_of(expr, Meanings())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a < b", "b > a"), ("a >= b", "not (a < b)"), ("a and b and c", "c and (b and a)"), ("a or a", "a"),
        ("not (a and b)", "not b or not a"), ("not not not a", "not a"), ("x between 1 and 5", "x <= 5 and x >= 1"),
        ("x from 1 to under 5", "x >= 1 and not (x >= 5)"), ("x in {a, b}", "x = b or a = x"),
        ("x not in {a, b}", "x != a and x != b"), ("2 * 3 * x", "x * 6"), ("20% of x", "x * 0.2"), ("x - y", "-y + x"),
        ("x + (y + 3) - 1", "y + x + 2"), ("1 / 4 * x", "0.25 * x"), ("$3.00", "$3"), ("-(-x)", "x"),
        ("if not a then 1 else 2", "if a then 2 else 1"), ("min(x, y, 3)", "min(3, y, x)"),
        ("at_least(2, a, b, c)", "at_least(2, c, a, b)"), ("count(rows where a and b)", "count(rows where b and a)"),
    ],
)  # fmt: skip
def test_the_same_in_other_words(one: str, other: str) -> None:
    assert term(one) == term(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x / 3 * 3", "x"), ("x / 3 * y", "x * y / 3"), ("1 / 3", "0.333333333"), ("a - b", "b - a"), ("x * x", "x"),
        ("x * 0", "0"), ("at_least(2, a, a)", "at_least(2, a)"), ("d + 1 month + 1 day", "d + 1 day + 1 month"),
        ("$3", "3"), ("$3/hour", "$3/year"), ("a or_else b", "b or_else a"),
        ("a < b", "a <= b"), ("any(a over rows)", "any(b over rows)"), ("clamp(x, 1, 2)", "clamp(x, 2, 1)"),
    ],
)  # fmt: skip
def test_what_is_not_the_same(one: str, other: str) -> None:
    assert term(one) != term(other)


@pytest.mark.parametrize(
    ("old", "new", "way"),
    [
        ("x >= 5", "x >= 6", Way.DOWN), ("x < 5", "x < 6", Way.UP), ("x > 5", "x >= 5", Way.UP), ("not (x > 5)", "not (x > 6)", Way.UP),
        ("x > 1 and y > 2", "x > 1 and y > 2 and z > 3", Way.DOWN), ("x > 1 or y > 2", "x > 1", Way.DOWN),
        ("x > 1 or y > 2", "x > 1 and y > 2", Way.DOWN), ("x in {a, b}", "x in {a}", Way.DOWN), ("x != a", "x not in {a, b}", Way.DOWN),
        ("any(x > 3 over rows)", "any(x > 2 over rows)", Way.UP), ("all(x > 3 over rows where y > 1)", "all(x > 3 over rows)", Way.DOWN),
        ("count(rows where x > 3) >= 2", "count(rows where x > 4) >= 2", Way.DOWN), ("x + 3", "x + 2", Way.DOWN), ("x - 3", "x - 2", Way.UP),
        ("min(x, 3)", "min(x, 4)", Way.UP), ("round(x + 1, 1)", "round(x + 2, 1)", Way.UP), ("round(x, 1)", "round(x, 2)", Way.UNKNOWN),
        ("abs(x + 1)", "abs(x + 2)", Way.UNKNOWN), ("2 * x", "3 * x", Way.UNKNOWN), ("x = 5", "x = 6", Way.UNKNOWN),
        ("x = 5", "x in {5, 6}", Way.UP), ("x is known", "y is known", Way.UNKNOWN), ("x / 2", "x / 3", Way.UNKNOWN),
        ("share(x > 1 over rows)", "share(x > 2 over rows)", Way.DOWN), ("share(x > 1 over rows where y)", "share(x > 1 over rows)", Way.UNKNOWN),
        ("mean(x + 1 over rows)", "mean(x + 2 over rows)", Way.UP), ("x > 3", "y > 3", Way.UNKNOWN), ("median(x over rows)", "mean(x over rows)", Way.UNKNOWN),
        ("if a then 2 else 1", "if a then 3 else 1", Way.UP), ("a", "a and b", Way.UNKNOWN),  # either may be not applicable
    ],
)  # fmt: skip
def test_which_way_an_expression_goes_and_back(old: str, new: str, way: Way) -> None:
    assert shift(term(old), term(new), {}).way is way
    assert shift(term(new), term(old), {}).way is way.back


def test_what_moves_with_a_name() -> None:
    moves: Moves = {("name", "p"): UP}
    for text, way in (
        ("x >= p", Way.DOWN), ("x <= p", Way.UP), ("p - x", Way.UP), ("x - p", Way.DOWN), ("x = p", Way.UNKNOWN), ("x", Way.SAME),
        ("all(y > p over rows)", Way.DOWN), ("not all(y > p over rows)", Way.UP), ("p / x", Way.UNKNOWN), ("x.p > 3", Way.UP),
    ):  # fmt: skip
        assert shift(term(text), term(text), moves).way is way, text
