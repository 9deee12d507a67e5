"""One function for each rule of grammar.lark: from words and finished parts to nodes.

A finished expression travels as a `Piece`, which also knows the brackets around it. Whatever a function cannot
accept it raises as a `Slip`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal
from typing import Any, TypeAlias, cast

from ..text.document import Scalar
from ..text.source import Span
from .automaton import Word
from .expr import (
    And,
    Arithmetic,
    ArithmeticOp,
    AsOf,
    Between,
    Comparison,
    ComparisonOp,
    DateLiteral,
    DayOf,
    Duration,
    Expr,
    If,
    In,
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
from .slips import Slip, shortened
from .words import MONTHS


@dataclass(frozen=True, slots=True)
class Piece:
    """A finished part (mostly an `Expr`) with the characters it takes in the scalar, brackets included."""

    node: Any
    start: int
    end: int
    in_brackets: bool = False


Parts: TypeAlias = list[Any]
"""What stands in a rule, from left to right: `Word`, `Piece`, or what another function of these files gave."""


def place(scalar: Scalar, parts: Parts) -> Span:
    """Where the parts stand in the file."""
    return scalar.place(parts[0].start, parts[-1].end)


def piece(node: object, parts: Parts) -> Piece:
    """A node that takes all the parts."""
    return Piece(node, parts[0].start, parts[-1].end)


def text_of(scalar: Scalar, part: Word | Piece) -> str:
    """A part as written, short enough for a message."""
    return shortened(scalar.text[part.start : part.end])


# -- literals and names -----------------------------------------------------------------------------------------


def number(scalar: Scalar, parts: Parts) -> Piece:
    """`0.35`"""
    return piece(Number(Decimal(parts[0].text), span=place(scalar, parts)), parts)


def percent(scalar: Scalar, parts: Parts) -> Piece:
    """`60%`"""
    return piece(Percent(Decimal(parts[0].text[:-1]), span=place(scalar, parts)), parts)


def money(scalar: Scalar, parts: Parts) -> Piece:
    """`$18.50/hour`"""
    amount, _, per = parts[0].text[1:].partition("/")
    return piece(Money(Decimal(amount.replace(",", "")), per, span=place(scalar, parts)), parts)


def duration(scalar: Scalar, parts: Parts) -> Piece:
    """`2 years`"""
    count, unit = parts[0].text.split()
    return piece(Duration(int(count), unit.removesuffix("s"), span=place(scalar, parts)), parts)


def date(scalar: Scalar, parts: Parts) -> Piece:
    """`2026-07-01`"""
    word: Word = parts[0]
    try:
        value = Date.fromisoformat(word.text)
    except ValueError:
        raise Slip("S018", word.start, word.end, "a date is year-month-day", found=word.text) from None
    return piece(DateLiteral(value, span=place(scalar, parts)), parts)


def text(scalar: Scalar, parts: Parts) -> Piece:
    """`"text"`; a quote inside is written twice."""
    return piece(Text(parts[0].text[1:-1].replace('""', '"'), span=place(scalar, parts)), parts)


def truth(scalar: Scalar, parts: Parts) -> Piece:
    """`true`, `false`"""
    return piece(Truth(parts[0].text == "true", span=place(scalar, parts)), parts)


def missing(scalar: Scalar, parts: Parts) -> Piece:
    """`missing`"""
    return piece(Missing(span=place(scalar, parts)), parts)


def name(scalar: Scalar, parts: Parts) -> Piece:
    """`wage_floor`"""
    return piece(Name(parts[0].text, span=place(scalar, parts)), parts)


def member(scalar: Scalar, parts: Parts) -> Piece:
    """`base.name`"""
    base, _, last = parts
    return piece(Member(base.node, last.text, span=place(scalar, parts)), parts)


def brackets(_: Scalar, parts: Parts) -> Piece:
    """`(expr)` is the expression itself."""
    return Piece(parts[1].node, parts[0].start, parts[2].end, in_brackets=True)


# -- operators --------------------------------------------------------------------------------------------------


def choice(scalar: Scalar, parts: Parts) -> Piece:
    """`if test then a else b`"""
    _, test, _, then, _, otherwise = parts
    return piece(If(test.node, then.node, otherwise.node, span=place(scalar, parts)), parts)


def disjunction(scalar: Scalar, parts: Parts) -> Piece:
    """`a or b or c`"""
    return piece(Or(tuple(part.node for part in parts[::2]), span=place(scalar, parts)), parts)


def conjunction(scalar: Scalar, parts: Parts) -> Piece:
    """`a and b and c`"""
    return piece(And(tuple(part.node for part in parts[::2]), span=place(scalar, parts)), parts)


def negation(scalar: Scalar, parts: Parts) -> Piece:
    """`not a`"""
    return piece(Not(parts[1].node, span=place(scalar, parts)), parts)


_TESTS = (Comparison, Between, In, IsKnown)
_RANGES = {
    ("<=", "<="): "{b} between {a} and {c}",
    (">=", ">="): "{b} between {c} and {a}",
    ("<=", "<"): "{b} from {a} to under {c}",
    (">", ">="): "{b} from {c} to under {a}",
}


def comparison(scalar: Scalar, parts: Parts) -> Piece:
    """`a >= b`; neither a chain of comparisons nor a comparison with `missing`."""
    left, sign, right = parts
    if isinstance(left.node, _TESTS) and not left.in_brackets:
        raise _chained(scalar, left, sign, right)
    for side, other in ((left, right), (right, left)):
        if isinstance(side.node, Missing) and sign.text in ("=", "!="):
            verb = "is missing" if sign.text == "=" else "is known"
            cure = f"write `{text_of(scalar, other)} {verb}`"
            raise Slip("S016", left.start, right.end, cure, op=sign.text)
    op = cast(ComparisonOp, sign.text)
    return piece(Comparison(op, left.node, right.node, span=place(scalar, parts)), parts)


def _chained(scalar: Scalar, left: Piece, sign: Word, right: Piece) -> Slip:
    start, end = left.start, right.end
    if not isinstance(left.node, Comparison):
        return Slip("S015", start, end, f"put the test before `{sign.text}` in brackets")
    first = left.node
    a, b, c = shortened(first.left.span.text), shortened(first.right.span.text), text_of(scalar, right)
    form = _RANGES.get((first.op, sign.text), "{a} {first} {b} and {b} {second} {c}")
    return Slip("S015", start, end, f"write `{form.format(a=a, b=b, c=c, first=first.op, second=sign.text)}`")


def between(scalar: Scalar, parts: Parts) -> Piece:
    """`x between a and b`, `x from a to under b`"""
    value, word, low, _, high = parts
    half_open = word.kind == "FROM"
    return piece(Between(value.node, low.node, high.node, half_open, span=place(scalar, parts)), parts)


def options(_: Scalar, parts: Parts) -> Piece:
    """`{a, b}`, as a tuple of pieces"""
    return piece(tuple(parts[1:-1:2]), parts)


def membership(scalar: Scalar, parts: Parts) -> Piece:
    """`x in {a, b}`, `x not in {a, b}`"""
    value, word, listed = parts
    for item in listed.node:
        if isinstance(item.node, Missing):
            cure = f"write `{text_of(scalar, value)} is missing` as a test of its own"
            raise Slip("S016", item.start, item.end, cure, op="in")
    items = tuple(item.node for item in listed.node)
    return piece(In(value.node, items, word.kind == "NOT_IN", span=place(scalar, parts)), parts)


def known(scalar: Scalar, parts: Parts) -> Piece:
    """`x is known`, `x is missing`"""
    return piece(IsKnown(parts[0].node, parts[1].kind == "IS_KNOWN", span=place(scalar, parts)), parts)


def or_else(scalar: Scalar, parts: Parts) -> Piece:
    """`x or_else y`"""
    return piece(OrElse(parts[0].node, parts[2].node, span=place(scalar, parts)), parts)


def arithmetic(scalar: Scalar, parts: Parts) -> Piece:
    """`a + b`, `a - b`, `a * b`, `a / b`"""
    left, sign, right = parts
    op = cast(ArithmeticOp, sign.text)
    return piece(Arithmetic(op, left.node, right.node, span=place(scalar, parts)), parts)


def negative(scalar: Scalar, parts: Parts) -> Piece:
    """`-x`"""
    return piece(Negate(parts[1].node, span=place(scalar, parts)), parts)


def part_of(scalar: Scalar, parts: Parts) -> Piece:
    """`20% of x`; the share is a percentage, a name or in brackets."""
    share, _, whole = parts
    if not share.in_brackets and not isinstance(share.node, Percent | Name | Member):
        found = text_of(scalar, share)
        cure = f"write `{found}% of …`" if isinstance(share.node, Number) else f"put it in brackets: `({found}) of …`"
        raise Slip("S027", share.start, share.end, cure, found=found)
    return piece(PartOf(share.node, whole.node, span=place(scalar, parts)), parts)


# -- time -------------------------------------------------------------------------------------------------------


_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""The days of each month; whether a year has its 29 February shows when the year is known."""


def as_of(scalar: Scalar, parts: Parts) -> Piece:
    """`x as of d`"""
    return piece(AsOf(parts[0].node, parts[2].node, span=place(scalar, parts)), parts)


def year_of(scalar: Scalar, parts: Parts) -> Piece:
    """`school_year of d`"""
    return piece(YearOf(parts[0].text.split()[0], parts[1].node, span=place(scalar, parts)), parts)


def day_of(scalar: Scalar, parts: Parts) -> Piece:
    """`31 August of class_of`, `first day of school_year`"""
    word: Word = parts[0]
    first, second, *_ = word.text.split()
    if second == "day":
        day, month = (1 if first == "first" else 31), 0
    else:
        day, month = int(first), MONTHS.index(second) + 1
        if not 1 <= day <= _DAYS[month - 1]:
            raise Slip("S018", word.start, word.end, f"{second} has no such day", found=f"{first} {second}")
    return piece(DayOf(day, month, parts[1].node, span=place(scalar, parts)), parts)


# -- orders, sets of rows, sentences ----------------------------------------------------------------------------


def key(scalar: Scalar, parts: Parts) -> Piece:
    """`value_score desc`"""
    descending = len(parts) == 2 and parts[1].kind == "DESC"
    return piece(OrderKey(parts[0].node, descending, span=place(scalar, parts)), parts)


def keys(scalar: Scalar, parts: Parts) -> Piece:
    """`value_score desc then credential_id`"""
    return piece(Order(tuple(part.node for part in parts[::2]), span=place(scalar, parts)), parts)


def named(scalar: Scalar, rows: Piece) -> Expr:
    """The path of a set of rows: a name, a walk or `reachable(…)`."""
    if isinstance(rows.node, Name | Member | Reachable):
        return rows.node
    found = text_of(scalar, rows)
    cure = "rows have a name, such as `students`, a walk, `school.students`, or `reachable(stacks_to)`"
    raise Slip("S032", rows.start, rows.end, cure, found=found)


def bare_rows(scalar: Scalar, parts: Parts) -> Piece:
    """`students`"""
    return piece(Rows(named(scalar, parts[0]), span=place(scalar, parts)), parts)


def filtered_rows(scalar: Scalar, parts: Parts) -> Piece:
    """`students where graduated`"""
    return piece(Rows(named(scalar, parts[0]), parts[2].node, span=place(scalar, parts)), parts)


def top_rows(scalar: Scalar, parts: Parts) -> Piece:
    """`top 10 occupations by employment where high_skill`"""
    _, count, path, _, by, *rest = parts
    if not count.text.isdecimal() or int(count.text) == 0:
        raise Slip("S019", count.start, count.end, "`top` takes a whole number of rows, at least 1", found=count.text)
    where = rest[1].node if rest else None
    return piece(Rows(named(scalar, path), where, int(count.text), by.node, span=place(scalar, parts)), parts)


def hole(_: Scalar, parts: Parts) -> Piece:
    """`{value}` in a sentence"""
    return piece(parts[1].node, parts)


def sentence(scalar: Scalar, parts: Parts) -> Piece:
    """Prose and values in turn"""
    items = tuple(part.text if isinstance(part, Word) else part.node for part in parts)
    return Piece(Sentence(items, span=place(scalar, parts) if parts else scalar.span), 0, 0)
