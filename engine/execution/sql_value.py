"""A value inside a query: one tree, or the two ends of a bound, or a truth with whether it is not applicable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Date
from fractions import Fraction

from ..text.errors import EngineBug
from ..types.datatypes import Type
from . import sql_tree as sql
from .physical import NARROW_DIGITS, digits_of, is_number, to_integer
from .spelling import Spelling
from .sql_number import Number, retyped
from .sql_scope import Scope
from .sql_tree import Tree


@dataclass(frozen=True, slots=True)
class Value:
    """`main` is the value, low end or truth; `high` the high end of a bound; `na` whether a truth is not applicable."""

    type: Type
    main: Tree
    high: Tree | None = None
    na: Tree | None = None

    @property
    def trees(self) -> tuple[Tree, ...]:
        """The trees in the order of `physical_names`."""
        return tuple(tree for tree in (self.main, self.high, self.na) if tree is not None)


def sql_type(type: Type, spelling: Spelling) -> str:
    """The type of a column in the dialect."""
    if is_number(type):
        return spelling.narrow if digits_of(type) <= NARROW_DIGITS else spelling.wide
    return {"truth": spelling.truth, "date": spelling.date}.get(type.kind, spelling.text)


def given(name: str, type: Type, spelling: Spelling) -> Value:
    """An exact value of a table that the engine brings, in the dialect's own type: of an Arrow decimal DuckDB would
    make a DECIMAL, whose `//` is a DOUBLE.
    """
    tree: Tree = sql.column(name)
    wide = is_number(type) and digits_of(type) > NARROW_DIGITS
    return Value(type, sql.cast(tree, spelling.wide, spelling) if wide else tree)


def constant(value: Fraction | int | bool | str | Date | None, type: Type, spelling: Spelling) -> Value:
    """A literal."""
    tree: Tree
    if value is None:
        tree = sql.null(sql_type(type, spelling), spelling)
    elif isinstance(value, bool):
        tree = sql.truth(value)
    elif isinstance(value, Fraction | int):
        whole = to_integer(Fraction(value), type.scale if type.kind == "number" else 0)
        tree = sql.integer(whole, spelling, wide=digits_of(type) > NARROW_DIGITS)
    elif isinstance(value, Date):
        tree = sql.date(value, spelling)
    else:
        tree = sql.text(value)
    return fitted(Value(type.certain(), tree), type)


def bound(scope: Scope, value: Value) -> Value:
    """The value with its trees bound."""
    return each(value, scope.bind)


def each(value: Value, change: Callable[[Tree], Tree]) -> Value:
    """The value with each of its trees changed."""
    return Value(
        value.type,
        change(value.main),
        None if value.high is None else change(value.high),
        None if value.na is None else change(value.na),
    )


def ends(value: Value) -> tuple[Tree, Tree]:
    """The low and the high end; of an exact value they are the same."""
    return value.main, value.main if value.high is None else value.high


def number(value: Value, tree: Tree | None = None) -> Number:
    """A numeric value, or another tree of its type, with its digits and scale."""
    if not is_number(value.type):
        raise EngineBug(f"{value.type} is no number")
    scale = value.type.scale if value.type.kind == "number" else 0
    return Number(value.main if tree is None else tree, digits_of(value.type), scale)


def known(value: Value) -> Tree:
    """Whether there is an exact value; never missing."""
    if value.high is None:
        return sql.is_not_null(value.main)
    return sql.call("COALESCE", sql.binary(value.main, "=", value.high), sql.FALSE)


def wholly_missing(value: Value) -> Tree:
    """Whether there is nothing, not even a bound; never missing."""
    return sql.every(sql.is_null(tree) for tree in {id(tree): tree for tree in ends(value)}.values())


def exact(value: Value) -> Tree:
    """The exact value; missing where there is only a bound."""
    if value.high is None:
        return value.main
    return sql.case((sql.binary(value.main, "=", value.high), value.main))


def fitted(value: Value, type: Type, scope: Scope | None = None) -> Value:
    """The value as another type of its kind holds it: at its scale and width, as a bound or not, excusable or not."""
    if value.type.kind in ("nothing", "unknown") and scope is not None:
        return constant(None, type, scope.spelling)
    main, high = ends(value)
    if is_number(type) and is_number(value.type) and scope is not None:
        scale = type.scale if type.kind == "number" else 0
        main, high = (retyped(number(value, end), digits_of(type), scale, scope.spelling) for end in (main, high))
        value = Value(value.type, main, None if value.high is None else high, value.na)
    if type.bounded:
        return Value(type, main, high=high)
    main = exact(value)
    if type.excusable:
        return Value(type, main, na=sql.FALSE if value.na is None else value.na)
    return Value(type, main)
