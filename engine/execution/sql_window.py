"""Ranks, running sums and shares among the rows of an entity itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..plan.plan import Node, Window
from ..text.errors import EngineBug
from ..types.digits import ROW_DIGITS
from . import sql_tree as sql
from .physical import NARROW_DIGITS
from .sql_number import Number, divide, widened
from .sql_order import in_order
from .sql_rows import Rows
from .sql_tree import Tree
from .sql_value import Value, exact, number


def window(rows: Rows, node: Window) -> Value:
    """The window's value for each row. A row takes part where its filter is true and its group is known."""
    scope = rows.scope
    within = [rows.exact(part) for part in node.within]
    order = in_order(rows, node.order)
    place_known = sql.every(sql.is_not_null(value) for value, _ in order)
    takes_part = [rows.truth(node.where), *(sql.is_not_null(part) for part in within)]
    if node.function == "rank":
        takes_part.append(place_known)
    inside = scope.bind(sql.call("COALESCE", sql.every(takes_part), sql.FALSE))
    group = [inside, *within]
    if node.function == "rank":
        rank = sql.cast(sql.window(sql.call("RANK"), group, order), scope.spelling.narrow, scope.spelling)
        return _where(inside, Number(scope.bind(rank), ROW_DIGITS, 0), node)
    if node.value is None:
        raise EngineBug(f"`{node.function}` has no value")
    value = rows.value(node.value)
    summand = number(value, scope.bind(exact(value)))
    if node.function == "running_sum":
        tests = [inside]
        if any(_may_be_missing(by.value) for by in node.order):
            tests.append(_none_missing(rows, group, [], place_known))
        if _may_be_missing(node.value):
            tests.append(_none_missing(rows, group, order, sql.is_not_null(summand.tree)))
        return _where(sql.every(tests), _total(rows, summand, group, order), node)
    if node.function == "share_of":
        everywhere = _none_missing(rows, group, [], sql.is_not_null(summand.tree))
        share = divide(summand, _total(rows, summand, group, []), node.type.scale, scope)
        return _where(sql.every((inside, everywhere)), share, node)
    raise EngineBug(f"no database computes `{node.function}`")


def _may_be_missing(node: Node) -> bool:
    """Whether a count of missing values is worth its sorting."""
    return node.type.nullable or node.type.bounded or node.type.excusable


def _where(test: Tree, found: Number, node: Window) -> Value:
    kind = replace(node.type, kind="number", whole=found.digits - found.scale, scale=found.scale, bounded=False)
    return Value(kind, sql.case((test, found.tree)))


def _none_missing(rows: Rows, group: Sequence[Tree], order: Sequence[tuple[Tree, bool]], known: Tree) -> Tree:
    """Whether a test holds for every row of the group, or for every row up to this one where there is an order."""
    scope = rows.scope
    counted = scope.bind(sql.window(sql.counted(sql.negate(known)), group, order, running=bool(order)))
    return sql.binary(counted, "=", sql.integer(0, scope.spelling))


def _total(rows: Rows, summand: Number, group: Sequence[Tree], order: Sequence[tuple[Tree, bool]]) -> Number:
    scope = rows.scope
    digits = summand.digits + ROW_DIGITS
    wide = widened(summand, digits, scope.spelling)
    kind = scope.spelling.wide if digits > NARROW_DIGITS else scope.spelling.narrow
    tree = sql.window(sql.grouped("SUM", wide.tree), group, order, running=bool(order))
    return Number(scope.bind(sql.cast(tree, kind, scope.spelling)), digits, summand.scale)
