from __future__ import annotations

from datetime import date as Date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.syntax.expr import (
    Aggregate,
    Among,
    And,
    Arithmetic,
    AsOf,
    Between,
    Call,
    Comparison,
    DateLiteral,
    DayOf,
    Duration,
    Expr,
    If,
    In,
    Invalid,
    IsKnown,
    Member,
    Missing,
    Money,
    Name,
    Negate,
    Not,
    Number,
    Or,
    Order,
    OrderKey,
    OrElse,
    PartOf,
    Percent,
    Reachable,
    Rows,
    Sentence,
    Text,
    Truth,
    YearOf,
)  # fmt: skip
from engine.syntax.parse_expr import (
    parse_order,
    parse_order_at,
    parse_rows,
    parse_rows_at,
    parse_sentence,
    parse_sentence_at,
    parse_test,
    parse_test_at,
    parse_value,
    parse_value_at,
)  # fmt: skip
from engine.syntax.print import print_expr
from engine.syntax.walk import walk
from engine.text.diagnostic import Diagnostics
from engine.text.document import Mapping, Scalar
from engine.text.read import read_document
from engine.text.source import Source
from tests import strategies
from tests.syntax.reading import read, scalar, value

a, b, c, d, x, y = (Name(name) for name in "abcdxy")
one, two = Number(Decimal(1)), Number(Decimal(2))

TREES: list[tuple[str, Expr]] = [
    # literals
    ("0.35", Number(Decimal("0.35"))),
    ("60%", Percent(Decimal(60))),
    ("$1,250", Money(Decimal(1250))),
    ("$41,250/year", Money(Decimal(41250), "year")),
    ("$300/credit_hour", Money(Decimal(300), "credit_hour")),
    ("$18.50 / x", Arithmetic("/", Money(Decimal("18.50")), x)),
    ("2 years", Duration(2, "year")),
    ("90 days", Duration(90, "day")),
    ("6 months", Duration(6, "month")),
    ("3 weeks", Duration(3, "week")),
    ("2026-07-01", DateLiteral(Date(2026, 7, 1))),
    ('"more than ""high"""', Text('more than "high"')),
    ("false", Truth(False)),
    ("FY2027", Name("FY2027")),
    # how tightly things hold together
    ("a or b and not c = d", Or((a, And((b, Not(Comparison("=", c, d))))))),
    ("a and b and c", And((a, b, c))),
    ("a and (b and c)", And((a, And((b, c))))),
    ("not missing >= 2", Not(Comparison(">=", Missing(), two))),
    ("a or_else 1 + 2 = x", Comparison("=", OrElse(a, Arithmetic("+", one, two)), x)),
    ("a + b * c - d", Arithmetic("-", Arithmetic("+", a, Arithmetic("*", b, c)), d)),
    ("a / b / c", Arithmetic("/", Arithmetic("/", a, b), c)),
    ("-a * b", Arithmetic("*", Negate(a), b)),
    ("20% of x * 2", Arithmetic("*", PartOf(Percent(Decimal(20)), x), two)),
    ("20% of 10% of x", PartOf(Percent(Decimal(20)), PartOf(Percent(Decimal(10)), x))),
    ("a.b of x", PartOf(Member(a, "b"), x)),
    ("a.class of x", PartOf(Member(a, "class"), x)),
    ("x between a and b and c", And((Between(x, a, b), c))),
    ("x from 1 to under 2", Between(x, one, two, half_open=True)),
    ("x + 1 in {a, 2}", In(Arithmetic("+", x, one), (a, two))),
    ("not x not in {a}", Not(In(x, (a,), negated=True))),
    ("a - b is missing", IsKnown(Arithmetic("-", a, b), known=False)),
    ("if a then b else if c then d else x or y", If(a, b, If(c, d, Or((x, y))))),
    # calls and time
    ("at_least(2, a, b)", Call("at_least", (two, a, b))),
    ("max($1, 250)", Call("max", (Money(Decimal(1)), Number(Decimal(250))))),
    ("x.a as of y + 1 year", Arithmetic("+", AsOf(Member(x, "a"), y), Duration(1, "year"))),
    ("listed(a as of b)", Call("listed", (AsOf(a, b),))),
    ("listed(a in c as of b)", Call("listed", (AsOf(a, b), c))),
    ("school_year of d + 1 year", Arithmetic("+", YearOf("school_year", d), Duration(1, "year"))),
    ("class of d", YearOf("class", d)),
    ("31 August of class_of", DayOf(31, 8, Name("class_of"))),
    ("first day of school_year", DayOf(1, 0, Name("school_year"))),
    ("x as of last day of fiscal_year of d", AsOf(x, DayOf(31, 0, YearOf("fiscal_year", d)))),
    # over many rows
    ("any(a over b.c where d)", Aggregate("any", Rows(Member(b, "c"), d), a)),
    ("any(a where b)", Aggregate("any", Rows(a, b))),
    ("count(a)", Aggregate("count", Rows(a))),
    ("count(a where b or c)", Aggregate("count", Rows(a, Or((b, c))))),
    ("share(a = b over c)", Aggregate("share", Rows(c), Comparison("=", a, b))),
    ("weighted_mean(a by b over c)", Aggregate("weighted_mean", Rows(c), a, weight=b)),
    ("first(a over b where c by d)", Aggregate("first", Rows(b, c), a, Order((OrderKey(d),)))),
    ("percentile(90%, a over b)", Aggregate("percentile", Rows(b), a, level=Percent(Decimal(90)))),
    (
        "percentile(90%, a over b, nearest_rank)",
        Aggregate("percentile", Rows(b), a, level=Percent(Decimal(90)), option="nearest_rank"),
    ),
    (
        "sum(a over top 2 b by c desc where d)",
        Aggregate("sum", Rows(b, d, 2, Order((OrderKey(c, descending=True),))), a),
    ),
    ("any(a over reachable(b))", Aggregate("any", Rows(Reachable("b")), a)),
    ("any(a over reachable(b or itself))", Aggregate("any", Rows(Reachable("b", or_itself=True)), a)),
    ("the(a over b).c", Member(Aggregate("the", Rows(b), a), "c")),
    ("min(a over b)", Aggregate("min", Rows(b), a)),
    ("min(a, b)", Call("min", (a, b))),
    (
        "rank(by a desc then b within c where d)",
        Among("rank", None, Order((OrderKey(a, descending=True), OrderKey(b))), (c,), d),
    ),
    ("running_sum(a by b within c and d)", Among("running_sum", a, Order((OrderKey(b),)), (c, d))),
    ("share_of(a)", Among("share_of", a)),
    ("share_of(a where b)", Among("share_of", a, where=b)),
    ("share_of(a within b)", Among("share_of", a, within=(b,))),
]


@pytest.mark.parametrize(("text", "tree"), TREES, ids=[text for text, _ in TREES])
def test_tree(text: str, tree: Expr) -> None:
    assert value(text) == tree
    assert read(text, parse_test) == tree


def test_rows_orders_and_sentences() -> None:
    assert read("students where graduated", parse_rows) == Rows(Name("students"), Name("graduated"))
    assert read("top 10 a by b", parse_rows) == Rows(a, None, 10, Order((OrderKey(b),)))
    assert read("a desc then b asc then c", parse_order) == Order((OrderKey(a, True), OrderKey(b), OrderKey(c)))
    assert read("{a + b} of {{x}} in {c in {a, b}}%", parse_sentence) == Sentence(
        (Arithmetic("+", a, b), " of {x} in ", In(c, (a, b)), "%")
    )
    assert read("", parse_sentence) == Sentence(())


# -- places -------------------------------------------------------------------------------------------------------


def reread(node: object, text: str) -> object:
    match node:
        case Rows():
            return read(text, parse_rows)
        case Order():
            return read(text, parse_order)
        case OrderKey():
            return read(text, parse_order).keys[0]
        case Sentence():
            return read(text, parse_sentence)
        case _:
            return read(text, parse_value)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(strategies.exprs, strategies.sentences))
def test_the_place_of_every_node_holds_that_node(tree: Expr | Sentence) -> None:
    text = print_expr(tree)
    parser = parse_sentence if isinstance(tree, Sentence) else parse_value
    for node in walk(read(text, parser)):
        assert reread(node, node.span.text) == node


def yaml_scalar(text: str, key: str = "test") -> Scalar:
    diagnostics = Diagnostics()
    document = read_document(Source("policy.yaml", text), diagnostics)
    assert document is not None and isinstance(document.root, Mapping) and not diagnostics.sorted()
    found = document.root.get(key)
    assert isinstance(found, Scalar)
    return found


@pytest.mark.parametrize(
    "yaml",
    [
        "policy: p\ntest: a and wrong ~ b\n",
        "policy: p\ntest: 'a and \"it''s\" wrong ~ b'\n",
        'policy: p\ntest: "a and\\n \\u0062 wrong ~ b"\n',
        "policy: p\ntest: |\n  a and\n  wrong ~ b\n",
        "policy: p\ntest: >-\n  a\n  and\n\n  wrong ~ b\n",
        "policy: p\ntest: a and\n  wrong ~\n  b\n",
    ],
)
def test_a_complaint_points_into_the_yaml_file(yaml: str) -> None:
    diagnostics = Diagnostics()
    parse_test(yaml_scalar(yaml), diagnostics)
    (found,) = diagnostics.sorted()
    assert (found.code, found.span.start, found.span.text) == ("S004", yaml.index("~"), "~")


def test_a_name_in_a_folded_block_has_its_place_in_the_file() -> None:
    yaml = "test: >-\n  good_job\n  and college_credit\n"
    tree = parse_test(yaml_scalar(yaml), Diagnostics())
    assert [node.span.text for node in walk(tree) if isinstance(node, Name)] == ["good_job", "college_credit"]
    assert tree.span.text == "good_job\n  and college_credit"


def test_a_part_of_a_scalar() -> None:
    cells, diagnostics = scalar("| x > 2 | a desc | $1,25 | b where c | {d} |"), Diagnostics()
    bars = [place for place, char in enumerate(cells.text) if char == "|"]
    first, second, third, fourth, fifth = ((start + 1, end) for start, end in pairwise(bars))
    assert parse_test_at(cells, *first, diagnostics) == Comparison(">", x, two)
    assert parse_value_at(cells, 2, 3, diagnostics).span.text == "x"
    assert parse_order_at(cells, *second, diagnostics) == Order((OrderKey(a, True),))
    assert parse_rows_at(cells, *fourth, diagnostics) == Rows(b, c)
    assert parse_sentence_at(cells, fifth[0] + 1, fifth[1] - 1, diagnostics) == Sentence((d,))
    assert not diagnostics.sorted()
    assert parse_value_at(cells, *third, diagnostics) == Invalid()
    assert [found.span.text for found in diagnostics.sorted()] == ["$1,25"]


def test_a_part_ends_where_it_ends() -> None:
    diagnostics = Diagnostics()
    assert parse_value_at(scalar("ab + c"), 0, 1, diagnostics) == a
    assert parse_value_at(scalar("1 years"), 0, 1, diagnostics) == one
    assert parse_value_at(scalar("1,250"), 0, 1, diagnostics) == one
    assert parse_value_at(scalar("1.5"), 0, 1, diagnostics) == one
    assert parse_sentence_at(scalar("a{{"), 0, 1, diagnostics) == Sentence(("a",))
    assert not diagnostics.sorted()
