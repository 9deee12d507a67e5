from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings

from engine.syntax.expr import Allocation, Expr, Invalid, Name, Operate, Order, Outward, Rows, Sentence
from engine.syntax.parse_expr import parse_order, parse_rows, parse_sentence, parse_value
from engine.syntax.print import print_expr
from engine.syntax.walk import walk
from tests import strategies
from tests.syntax.reading import read, value

law = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@law
@given(strategies.exprs)
def test_reading_what_was_printed_gives_the_tree_again(node: Expr) -> None:
    assert read(print_expr(node), parse_value) == node


@law
@given(strategies.rows)
def test_rows_as_well(node: Rows) -> None:
    assert read(print_expr(node), parse_rows) == node


@law
@given(strategies.orders)
def test_orders_as_well(node: Order) -> None:
    assert read(print_expr(node), parse_order) == node


@law
@given(strategies.sentences)
def test_sentences_as_well(node: Sentence) -> None:
    assert read(print_expr(node), parse_sentence) == node


CANONICAL = [
    "12", "0.35", "3.00", "60%", "$1,250", "$18.50/hour", "2026-07-01", "1 year", "2 years", '"a ""quoted"" word"',
    "true", "missing", "this", "jurisdiction.area", "-x", "a - (b - c)", "a - b - c", "a / (b * c)", "-(-x)",
    "20% of x", "(a + b) of x", "a < b", "(a < b) = c", "x between 1 and 2 and y", "x from 150 to under 600",
    "x in {a, b}", "x not in {1}", "x is known", "x is missing", "not (a = b)", "not not a", "not (a or b)",
    "a and (b or c)", "(a and b) and c", "a or b and c", "a or_else b + 1 = 2",
    "if a then b else if c then d else e", "(if a then b else c) + 1", "round(x, 1)", "now()", "a as of b",
    "(a + b) as of c", "school_year of d + 1 year", "a as of first day of school_year of d",
    "last day of fiscal_year", "31 August of class_of", "(class) of x", "first day of (a as of b)",
    "any(a over b where c)", "count(a where b)", "count(top 3 weeks by a desc)",
    "percentile(90%, a over b, nearest_rank)", "weighted_mean(a by b over c)",
    "first(a over b where c by d desc then e)", "rank(by a desc then b within c and d where e)",
    "listed(a in b.c as of d)", "running_sum(a by b within school_year of c)", "share_of(a within b)", "any(a over reachable(b or itself))",
]  # fmt: skip


@pytest.mark.parametrize("text", CANONICAL)
def test_canonical_text_stays_as_it_is(text: str) -> None:
    assert print_expr(value(text)) == text


def test_the_examples_show_every_kind_of_node() -> None:
    shown = {type(node) for text in CANONICAL for node in walk(value(text))}
    assert set(get_args(Expr)) - shown == {Invalid, Outward, Operate, Allocation}


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("((a))+(b*c)", "a + b * c"),
        ("1 years", "1 year"),
        ("$1250", "$1,250"),
        ("a   and\n  b", "a and b"),
        ("20% of (x)", "20% of x"),
        ("x not   in {a, b}", "x not in {a, b}"),
        ("count(rows where (a or b))", "count(rows where a or b)"),
        ("rank(by a asc)", "rank(by a)"),
    ],
)
def test_one_spelling(written: str, printed: str) -> None:
    assert print_expr(value(written)) == printed


def test_what_no_text_says_is_shown_all_the_same() -> None:
    assert print_expr(Invalid()) == "…"
    assert print_expr(Outward(Name("as_of"))) == "as_of"
