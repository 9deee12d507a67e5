"""Logic and choice: SQL's own three values for true, false and missing, with *not applicable* in a column beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..plan.plan import Compute
from ..types.datatypes import SNAP_SCALE, Type
from . import sql_tree as sql
from .physical import is_number
from .sql_number import retyped, rounded
from .sql_operators import Operation, comparable
from .sql_scope import Scope
from .sql_tree import Tree
from .sql_value import Value, bound, ends, fitted, known, number, wholly_missing


def _all_not_applicable(operands: Sequence[Value]) -> Tree | None:
    """Whether every operand is not applicable, where that can be."""
    if not operands or any(operand.na is None for operand in operands):
        return None
    return sql.every(operand.na for operand in operands if operand.na is not None)


def _left_out(scope: Scope, operands: Sequence[Value], neutral: Tree) -> list[Tree]:
    """The truths of the operands, with a neutral one for what is not applicable."""
    return [
        operand.main if operand.na is None else sql.case((operand.na, neutral), otherwise=operand.main)
        for operand in operands
    ]


def _joined(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    if node.op == "and":
        tree = sql.every(_left_out(scope, operands, sql.TRUE))
    else:
        tree = sql.some(_left_out(scope, operands, sql.FALSE))
    return _unless_all(scope, node, operands, tree)


def _unless_all(scope: Scope, node: Compute, operands: Sequence[Value], tree: Tree) -> Value:
    nothing = _all_not_applicable(operands)
    if nothing is None:
        return Value(node.type, tree)
    nothing = scope.bind(nothing)
    return Value(node.type, sql.case((sql.negate(nothing), tree)), na=nothing)


def _not(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    (operand,) = operands
    return replace(operand, main=sql.negate(operand.main))


def _at_least(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    """Counted: the true ones, and those that are true or missing."""
    wanted = sql.integer(int(node.options[0]), scope.spelling)
    one, zero = sql.integer(1, scope.spelling), sql.integer(0, scope.spelling)
    truths = [scope.bind(tree) for tree in _left_out(scope, operands, sql.FALSE)]

    def total(tests: Sequence[Tree]) -> Tree:
        tree = zero
        for test in tests:
            tree = sql.binary(tree, "+", sql.case((test, one), otherwise=zero))
        return tree

    sure = total(truths)
    possible = total([sql.some((truth, sql.is_null(truth))) for truth in truths])
    tree = sql.case((sql.binary(sure, ">=", wanted), sql.TRUE), (sql.binary(possible, "<", wanted), sql.FALSE))
    return _unless_all(scope, node, operands, tree)


def _criterion(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    test, excuse = operands
    excused = scope.bind(excuse.main)
    tree = sql.case((sql.negate(excused), test.main))
    na = excused if test.na is None else sql.some((excused, sql.every((sql.negate(excused), test.na))))
    return Value(node.type, tree, na=sql.call("COALESCE", na, sql.FALSE))


def _settled(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    return Value(node.type, operands[0].main)


def _is_applicable(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    na = operands[0].na
    return Value(node.type, sql.TRUE if na is None else sql.negate(na))


def _is_known(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    return Value(node.type, sql.negate(wholly_missing(bound(scope, operands[0]))))


def _if(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    """Where the test is missing: what both branches agree on, exactly known; of quotients, as they are seen."""
    test = scope.bind(operands[0].main)
    branches = [bound(scope, fitted(branch, node.type, scope)) for branch in operands[1:]]
    then, otherwise = branches
    if not (operands[0].type.nullable or operands[0].type.excusable):
        both = zip(then.trees, otherwise.trees, strict=True)
        low, *more = (sql.case((test, one), otherwise=other) for one, other in both)
        high = more.pop(0) if node.type.bounded else None
        return Value(node.type, low, high, more[0] if more else None)
    never = sql.negate(test)
    seen, other = (_as_seen(scope, branch, node.type) for branch in branches)
    agreed = scope.bind(sql.every((known(seen), known(other), sql.binary(seen.main, "=", other.main))))

    def chosen(place: int) -> Tree:
        return sql.case((test, ends(then)[place]), (never, ends(otherwise)[place]), (agreed, ends(seen)[place]))

    na = None
    if then.na is not None and otherwise.na is not None:
        na = sql.case((test, then.na), (never, otherwise.na), otherwise=sql.FALSE)
    return Value(node.type, chosen(0), chosen(1) if node.type.bounded else None, na)


def _as_seen(scope: Scope, value: Value, type: Type) -> Value:
    """A branch of a quotient snapped, and anything else as it is."""
    if not type.quotient:
        return value
    ends_seen = (
        retyped(rounded(number(value, end), SNAP_SCALE, "half_up", scope), type.digits, type.scale, scope.spelling)
        for end in ends(value)
    )
    low, high = (scope.bind(end) for end in ends_seen)
    return Value(type, low, high if type.bounded else None)


def _or_else(scope: Scope, node: Compute, operands: Sequence[Value]) -> Value:
    first, second = (bound(scope, fitted(operand, node.type, scope)) for operand in operands)
    gone = scope.bind(wholly_missing(first))
    low, high = (sql.case((gone, other), otherwise=one) for one, other in zip(ends(first), ends(second), strict=True))
    return Value(node.type, low, high if node.type.bounded else None, sql.FALSE if node.type.excusable else None)


def same(scope: Scope, left: Value, right: Value) -> tuple[Tree, Tree]:
    """Two exact values as trees that may be compared with `=`."""
    if is_number(left.type):
        left, right = comparable(scope, (left, right))
    return left.main, right.main


LOGIC: Mapping[str, Operation] = {
    "and": _joined,
    "or": _joined,
    "not": _not,
    "at_least": _at_least,
    "criterion": _criterion,
    "settled": _settled,
    "is_applicable": _is_applicable,
    "is_known": _is_known,
    "if": _if,
    "or_else": _or_else,
}
"""Operator → how it is written."""
