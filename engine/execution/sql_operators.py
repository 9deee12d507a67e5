"""The operators on numbers and the comparisons, each as a tree that is missing, never an error, where it must be.

Every function takes the scope, the node and its operands, and gives the value; the caller fits it to the node's type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from ..plan.plan import Compute, Const
from ..types.datatypes import SNAP_SCALE, Type
from . import sql_tree as sql
from .physical import is_number
from .sql_number import Number, add, aligned, divide, is_below_zero, multiply, negative, prorated, rounded, size
from .sql_scope import Scope
from .sql_tree import Tree
from .sql_value import Value, bound, constant, each, ends, exact, known, number, wholly_missing

Operation: TypeAlias = Callable[[Scope, Compute, Sequence[Value]], Value]


def _of(result: Number, high: Number | None, like: Type) -> Value:
    """A value of reckoned numbers, with a type that says their digits and scale."""
    top = result if high is None else high
    digits = max(result.digits, top.digits)
    kind = replace(like, kind="number", whole=digits - result.scale, scale=result.scale, bounded=high is not None)
    return Value(kind, result.tree, None if high is None else high.tree)


def _sum(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    """A bound and an exact number make a bound; of two bounds one must be known exactly."""
    left, right = operands
    operator = "+" if node.op == "add" else "-"
    if left.high is None and right.high is None:
        return _of(add(number(left), operator, number(right), scope.spelling), None, node.type)
    left, right = bound(scope, left), bound(scope, right)
    from_low, from_high = ends(right) if node.op == "add" else reversed(ends(right))
    low = add(number(left, ends(left)[0]), operator, number(right, from_low), scope.spelling)
    high = add(number(left, ends(left)[1]), operator, number(right, from_high), scope.spelling)
    if left.high is None or right.high is None:
        return _of(low, high, node.type)
    one_is_exact = scope.bind(sql.some((known(left), known(right))))
    low, high = (replace(end, tree=sql.case((one_is_exact, end.tree))) for end in (low, high))
    return _of(low, high, node.type)


def _neg(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    (operand,) = operands
    low, high = ends(operand)
    turned = negative(number(operand, high))
    return _of(turned, None if operand.high is None else negative(number(operand, low)), node.type)


def _mul(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    """A bound times an exact number, which may be a bound by type and exact here."""
    left, right = operands
    if left.high is None and right.high is None:
        return _of(multiply(number(left), number(right), scope.spelling), None, node.type)
    if right.high is None:
        left, right = right, left
    left, right = bound(scope, left), bound(scope, right)
    straight = _times(scope, node, exact(left), left, right)
    if left.high is None:
        return straight
    turned = _times(scope, node, exact(right), right, left)
    left_known = scope.bind(known(left))
    return Value(
        straight.type,
        sql.case((left_known, straight.main), otherwise=turned.main),
        sql.case((left_known, ends(straight)[1]), otherwise=ends(turned)[1]),
    )


def _times(scope: Scope, node: Compute, factor: Tree, of: Value, bounded: Value) -> Value:
    multiplier = number(of, scope.bind(factor))
    low, high = (multiply(multiplier, number(bounded, end), scope.spelling) for end in ends(bounded))
    return _turned(scope, node, is_below_zero(multiplier, scope.spelling), low, high)


def _turned(scope: Scope, node: Compute, turns: Tree, low: Number, high: Number) -> Value:
    """Two ends, exchanged where the test is true."""
    turns = scope.bind(turns)
    low, high = (replace(end, tree=scope.bind(end.tree)) for end in (low, high))
    return _of(
        replace(low, tree=sql.case((turns, high.tree), otherwise=low.tree)),
        replace(high, tree=sql.case((turns, low.tree), otherwise=high.tree)),
        node.type,
    )


def _div(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    left, right = operands
    under = number(right, scope.bind(exact(right)))
    if left.high is None:
        return _of(divide(number(left), under, node.type.scale, scope), None, node.type)
    low, high = (divide(number(left, end), under, node.type.scale, scope) for end in ends(left))
    return _turned(scope, node, is_below_zero(under, scope.spelling), low, high)


def _rounded(scope: Scope, node: Compute, operands: Sequence[Value], places: int, mode: str | Tree) -> Value:
    (operand,) = operands
    low, high = (rounded(number(operand, end), places, mode, scope) for end in ends(operand))
    return _of(low, None if operand.high is None else high, node.type)


def _snap(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    return _rounded(scope, node, operands, SNAP_SCALE, "half_up")


def _round(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    return _rounded(scope, node, operands[:1], int(node.options[0]), _mode(scope, node, operands))


def _mode(scope: Scope, node: Compute, operands: Sequence[Value]) -> str | Tree:
    """The rounding mode, which is the last operand: its name where it is written, else a tree that gives it."""
    said = node.args[-1]
    return said.value if isinstance(said, Const) and isinstance(said.value, str) else scope.bind(operands[-1].main)


def _prorate(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    amount, over, under = (number(operand, exact(operand)) for operand in operands[:3])
    mode = _mode(scope, node, operands)
    return _of(prorated(amount, over, under, int(node.options[0]), mode, scope), None, node.type)


def _between(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    low, high = comparable(scope, operands)
    return Value(replace(low.type, bounded=True), low.main, ends(high)[1])


def _abs(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    return _of(size(number(operands[0], exact(operands[0]))), None, node.type)


def _extreme(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    """Least or greatest. Engines leave out what is missing, which is right for the end that yields when it is open."""
    function = "LEAST" if node.op == "min" else "GREATEST"
    values = comparable(scope, operands)
    if all(value.high is None for value in values):
        trees = [scope.bind(value.main) for value in values]
        every = sql.every(sql.is_not_null(tree) for tree in trees)
        return each(values[0], lambda _: sql.case((every, sql.call(function, *trees))))
    values = [bound(scope, value) for value in values]
    none_missing = sql.every(sql.negate(wholly_missing(value)) for value in values)
    lows, highs = zip(*(ends(value) for value in values), strict=True)
    wins = lows if node.op == "min" else highs
    none_open = sql.every([none_missing, *(sql.is_not_null(end) for end in wins)])
    low = sql.case((none_open if node.op == "min" else none_missing, sql.call(function, *lows)))
    high = sql.case((none_missing if node.op == "min" else none_open, sql.call(function, *highs)))
    return Value(replace(values[0].type, bounded=True), low, high)


def comparable(scope: Scope, operands: Sequence[Value]) -> list[Value]:
    """The operands with their numbers at one scale and in one type."""
    if not all(is_number(operand.type) for operand in operands):
        return list(operands)
    flat = aligned([number(operand, end) for operand in operands for end in ends(operand)], scope.spelling)
    return [
        _of(flat[2 * place], None if operand.high is None else flat[2 * place + 1], operand.type)
        for place, operand in enumerate(operands)
    ]


def _comparison(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    """True or false where every value inside the bounds agrees."""
    operator = {"eq": "=", "ne": "<>", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}[node.op]
    left, right = comparable(scope, operands)
    if left.high is None and right.high is None:
        return Value(node.type, sql.binary(left.main, operator, right.main))
    (left_low, left_high), (right_low, right_high) = ends(bound(scope, left)), ends(bound(scope, right))
    less, not_less = sql.binary(left_high, "<", right_low), sql.binary(left_low, ">=", right_high)
    more, not_more = sql.binary(left_low, ">", right_high), sql.binary(left_high, "<=", right_low)
    sure, never = {
        "=": (sql.every((not_less, not_more)), sql.some((less, more))),
        "<>": (sql.some((less, more)), sql.every((not_less, not_more))),
        "<": (less, not_less),
        ">=": (not_less, less),
        ">": (more, not_more),
        "<=": (not_more, more),
    }[operator]
    return Value(node.type, sql.case((sure, sql.TRUE), (never, sql.FALSE)))


def _ordinal(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    operand = scope.bind(operands[0].main)
    places = [sql.integer(place, scope.spelling) for place in range(len(node.options))]
    tests = (sql.binary(operand, "=", sql.text(str(option))) for option in node.options)
    return _of(Number(sql.case(*zip(tests, places, strict=True)), 9, 0), None, node.type)


def nothing(scope: Scope, type: Type) -> Value:
    """Missing, of a type."""
    return constant(None, type, scope.spelling)


NUMBERS: Mapping[str, Operation] = {
    "add": _sum,
    "sub": _sum,
    "neg": _neg,
    "mul": _mul,
    "div": _div,
    "snap": _snap,
    "round": _round,
    "prorate": _prorate,
    "bound": _between,
    "abs": _abs,
    "min": _extreme,
    "max": _extreme,
    "ordinal": _ordinal,
    "eq": _comparison,
    "ne": _comparison,
    "lt": _comparison,
    "le": _comparison,
    "gt": _comparison,
    "ge": _comparison,
}
"""Operator → how it is written."""
