"""Small trees of SQL: names, literals, choices, logic, calls. Built with sqlglot, which only quotes and prints them.

Every operand that is itself compound is put in parentheses, so a tree says what it was built to say in any dialect.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date as Date
from functools import cache
from typing import TypeAlias

import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel

from .spelling import Spelling

Tree: TypeAlias = exp.Expr

TRUE: Tree = exp.true()
FALSE: Tree = exp.false()

_FRAMES = 20_000  # the printer calls itself for each layer: 27 lines of a chart make 190 layers


def render(tree: Tree, spelling: Spelling, pretty: bool = False) -> str:
    """The text of a tree in a dialect; what the dialect cannot say is an error, never a warning."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _FRAMES))
    try:
        return tree.sql(
            dialect=spelling.dialect,
            pretty=pretty,
            identify=True,
            unsupported_level=ErrorLevel.RAISE,
            comments=False,
            copy=False,  # the tree is not used again
        )
    finally:
        sys.setrecursionlimit(limit)


def name(text: str) -> exp.Identifier:
    """A quoted name."""
    return exp.to_identifier(text, quoted=True)


def column(text: str) -> exp.Column:
    """A column by its name alone: names are unique in everything that the emitter builds."""
    return exp.Column(this=name(text))


def table(text: str) -> exp.Table:
    """A table by its name."""
    return exp.Table(this=name(text))


def size(tree: Tree) -> int:
    """How many nodes a tree has."""
    return sum(1 for _ in tree.walk())


def is_simple(tree: Tree) -> bool:
    """Whether a tree may be written many times: a column, a literal, or a literal with its type."""
    if isinstance(tree, exp.Cast | exp.Neg | exp.Paren):
        return isinstance(tree.this, exp.Literal | exp.Null) or (
            isinstance(tree.this, exp.Neg | exp.Cast) and is_simple(tree.this)
        )
    return isinstance(tree, exp.Column | exp.Literal | exp.Boolean | exp.Null)


def _wrapped(tree: Tree) -> Tree:
    compound = exp.Binary | exp.Connector | exp.Unary | exp.Between | exp.In | exp.Is | exp.Case
    return exp.Paren(this=tree) if isinstance(tree, compound) and not isinstance(tree, exp.Paren) else tree


def cast(tree: Tree, to: str, spelling: Spelling) -> Tree:
    """A tree as another type of the dialect; a literal takes the type at once."""
    if isinstance(tree, exp.Cast) and is_simple(tree):
        tree = tree.this
    return exp.Cast(this=tree, to=_data_type(to, spelling.dialect))


@cache
def _data_type(to: str, dialect: str) -> exp.DataType:
    return exp.DataType.build(to, dialect=dialect)


def null(to: str, spelling: Spelling) -> Tree:
    """Missing, of a type."""
    return cast(exp.Null(), to, spelling)


def integer(value: int, spelling: Spelling, wide: bool = False) -> Tree:
    """A whole number of the narrow or the wide type."""
    literal: Tree = exp.Literal.number(abs(value))
    return cast(exp.Neg(this=literal) if value < 0 else literal, spelling.wide if wide else spelling.narrow, spelling)


def whole(tree: Tree) -> int | None:
    """The whole number that a tree made by `integer` is; nothing for any other tree."""
    inner = tree.this if isinstance(tree, exp.Cast) else None
    sign, literal = (-1, inner.this) if isinstance(inner, exp.Neg) else (1, inner)
    if isinstance(literal, exp.Literal) and not literal.is_string:
        return sign * int(literal.this)
    return None


def text(value: str) -> Tree:
    """A text literal."""
    return exp.Literal.string(value)


def date(value: Date, spelling: Spelling) -> Tree:
    """A date literal."""
    return cast(text(value.isoformat()), spelling.date, spelling)


def truth(value: bool) -> Tree:
    """A truth literal."""
    return exp.true() if value else exp.false()


def case(*branches: tuple[Tree, Tree], otherwise: Tree | None = None) -> Tree:
    """The value of the first condition that is true; missing where there is none and no `otherwise`."""
    return exp.Case(ifs=[exp.If(this=test, true=value) for test, value in branches], default=otherwise)


def every(trees: Iterable[Tree]) -> Tree:
    """Three-valued and; true of nothing."""
    return _folded(exp.And, list(trees), TRUE)


def some(trees: Iterable[Tree]) -> Tree:
    """Three-valued or; false of nothing."""
    return _folded(exp.Or, list(trees), FALSE)


def _folded(kind: type[exp.Connector], trees: Sequence[Tree], empty: Tree) -> Tree:
    if not trees:
        return empty
    first, *rest = trees
    tree = _wrapped(first) if rest else first
    for following in rest:
        tree = kind(this=tree, expression=_wrapped(following))
    return tree


def negate(tree: Tree) -> Tree:
    """Three-valued not."""
    return exp.Not(this=_wrapped(tree))


def is_null(tree: Tree) -> Tree:
    """Whether a tree has no value; never missing."""
    return exp.Is(this=_wrapped(tree), expression=exp.Null())


def is_not_null(tree: Tree) -> Tree:
    """Whether a tree has a value; never missing."""
    return exp.Not(this=is_null(tree))


_BINARY: Mapping[str, type[exp.Binary]] = {
    "=": exp.EQ,
    "<>": exp.NEQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
    "+": exp.Add,
    "-": exp.Sub,
    "*": exp.Mul,
}


def binary(left: Tree, operator: str, right: Tree) -> Tree:
    """A comparison, sum, difference or product."""
    return _BINARY[operator](this=_wrapped(left), expression=_wrapped(right))


def minus(tree: Tree) -> Tree:
    """The negative."""
    return exp.Neg(this=_wrapped(tree))


def call(function: str, *operands: Tree) -> Tree:
    """A call of a function that both engines name and mean alike."""
    return exp.Anonymous(this=function, expressions=list(operands))


def spelled(line: str, spelling: Spelling, **operands: Tree) -> Tree:
    """A line of the table of spellings with its operands in place of their names."""

    def placed(node: Tree) -> Tree:
        return _wrapped(operands[node.name]) if isinstance(node, exp.Column) else node

    return _parsed(line, spelling.dialect).transform(placed)


@cache
def _parsed(line: str, dialect: str) -> Tree:
    return sqlglot.parse_one(line, dialect=dialect)


def counted(test: Tree) -> Tree:
    """How many rows of a group a test is true of; never missing."""
    return exp.Count(this=case((test, exp.Literal.number(1))))


def grouped(function: str, tree: Tree, distinct: bool = False) -> Tree:
    """`SUM`, `MIN`, `MAX` or `COUNT` over the rows of a group that have a value."""
    return call(function, exp.Distinct(expressions=[tree]) if distinct else tree)


def window(function: Tree, within: Sequence[Tree], order: Sequence[tuple[Tree, bool]], running: bool = False) -> Tree:
    """A function over the rows with equal `within` in an order of (value, descending); `running`: up to this row.

    Engines differ on the place of what is missing, so callers put a flag before a value that may be.
    """
    spec = (
        exp.WindowSpec(kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end="CURRENT ROW") if running else None
    )
    ordered = [exp.Ordered(this=value, desc=descending, nulls_first=False) for value, descending in order]
    return exp.Window(
        this=function,
        partition_by=list(within),
        order=exp.Order(expressions=ordered) if ordered else None,
        spec=spec,
    )


def alias(tree: Tree, text: str) -> Tree:
    """A tree under a name."""
    return exp.Alias(this=tree, alias=name(text))


def columns_in(tree: Tree) -> set[str]:
    """The names of the columns that a tree reads."""
    return {found.name for found in tree.find_all(exp.Column)}


def named(tree: Tree, text: str) -> Tree:
    """A tree under a name, unless that is what it is called already."""
    return tree if isinstance(tree, exp.Column) and tree.name == text else alias(tree, text)
