"""Whether a tree over columns that are all there is itself there, whatever their values."""

from __future__ import annotations

from sqlglot import exp

from . import sql_tree as sql
from .sql_tree import Tree

_OF_ALL = (exp.Add, exp.Sub, exp.Mul, exp.Greatest, exp.Least, exp.Abs, exp.Neg, exp.Paren)
"""What is there where all operands are."""


def is_there(tree: Tree) -> bool:
    """Whether a tree is never missing; no for forms that are not known here."""
    match tree:
        case exp.Null():
            return False
        case exp.Column() | exp.Literal() | exp.Boolean():
            return True
        case exp.TryCast():
            return False
        case exp.Cast():
            return is_there(tree.this)
        case exp.Nullif():
            return _is_not_zero(tree.this) and sql.whole(tree.expression) == 0
        case exp.Div():
            return is_there(tree.this) and _is_not_zero(tree.expression)
        case exp.Case():
            ifs, default = tree.args["ifs"], tree.args.get("default")
            if tree.this is not None or not all(is_there(one.args["true"]) for one in ifs):
                return False
            return any(_holds(one.this) for one in ifs) or (default is not None and is_there(default))
        case _ if isinstance(tree, _OF_ALL):
            return all(is_there(one) for one in tree.iter_expressions())
        case _:
            return False


def _holds(test: Tree) -> bool:
    """Whether a condition is always true: what it asks for is there."""
    test = test.unnest()
    if isinstance(test, exp.And):
        return _holds(test.this) and _holds(test.expression)
    if isinstance(test, exp.Not):
        asked = test.this.unnest()
        return isinstance(asked, exp.Is) and isinstance(asked.expression, exp.Null) and is_there(asked.this)
    return False


def _is_not_zero(tree: Tree) -> bool:
    """Whether a divisor is made of numbers other than zero alone, so that it is there and is not zero."""
    tree = tree.unnest()
    number = sql.whole(tree)
    if number is not None:
        return number != 0
    match tree:
        case exp.Abs() | exp.Neg() | exp.Cast():
            return not isinstance(tree, exp.TryCast) and _is_not_zero(tree.this)
        case exp.Nullif():
            return _is_not_zero(tree.this) and sql.whole(tree.expression) == 0
        case exp.Mul():
            return _is_not_zero(tree.this) and _is_not_zero(tree.expression)
        case _:
            return False
