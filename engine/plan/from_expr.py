"""Checked expressions as nodes of the plan: one function per kind of expression."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from ..syntax import expr as ast
from ..syntax.expr import Expr
from ..syntax.policy import YearBegin
from ..types import units
from ..types.arithmetic import constant
from ..types.checked import ValueUse
from ..types.datatypes import ROUNDING_MODE, TRUTH, Type, number
from ..types.list_key import LISTED_THERE
from . import from_names, from_rows
from .plan import Allocate, Cell, Compute, Const, InForce, Node
from .planner import Planner, Scope, seen, settled

STEPS = {"year": ("add_months", 12), "month": ("add_months", 1), "week": ("add_days", 7), "day": ("add_days", 1)}
COMPARISONS = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


def make_node(planner: Planner, expr: Expr, scope: Scope) -> Node:
    """The node of a checked expression in a scope of entities, innermost first."""
    return _MAKE[type(expr)](planner, expr, scope)


def _literal(planner: Planner, expr: Any, scope: Scope) -> Node:
    found = planner.type(expr)
    use = planner.epoch.uses.get(expr.id)
    if isinstance(use, ValueUse):
        return Const(use.value, found)
    value = Fraction(expr.value) if found.kind == "number" else expr.value
    return Const(value / 100 if isinstance(expr, ast.Percent) else value, found)


def _missing(planner: Planner, expr: ast.Missing, scope: Scope) -> Node:
    return Const(None, planner.type(expr), expr.reason)


def _negate(planner: Planner, expr: ast.Negate, scope: Scope) -> Node:
    return Compute("neg", (planner.node(expr.operand, scope),), planner.type(expr))


def _arithmetic(planner: Planner, expr: ast.Arithmetic, scope: Scope) -> Node:
    left, found = planner.node(expr.left, scope), planner.type(expr)
    if left.type.kind in ("date", "year"):
        return _moved(planner, expr, left, scope)
    right = planner.node(expr.right, scope)
    if "nothing" in (left.type.kind, right.type.kind):
        return Const(None, found, "missing")
    names = {"+": "add", "-": "sub", "*": "mul", "/": "div"}
    if expr.op == "/":
        right = seen(right)
    return Compute(names[expr.op], (left, right), found)


def _moved(planner: Planner, expr: ast.Arithmetic, moment: Node, scope: Scope) -> Node:
    """A date or a year, so many days, months or years on."""
    step = planner.type(expr.right)
    sign = -1 if expr.op == "-" else 1
    if moment.type.kind == "year":
        op, times = "add_years", 1
    else:
        op, times = STEPS[step.name]
    whole = number(units.COUNT, 9, 0)
    if isinstance(expr.right, ast.Duration):
        count: Node = Const(Fraction(sign * times * expr.right.count), whole)
    else:
        factor = Const(Fraction(sign * times), constant(Fraction(sign * times), units.COUNT, 0))
        cell = planner.node(expr.right, scope)
        count = Compute(
            "mul", (replace_type(cell, whole.maybe(cell.type.nullable)), factor), whole.maybe(cell.type.nullable)
        )
    return Compute(op, (moment, count), planner.type(expr))


def replace_type(node: Node, found: Type) -> Node:
    """The same leaf with another type (a length of time counted in its unit)."""
    return replace(node, type=found)


def _part_of(planner: Planner, expr: ast.PartOf, scope: Scope) -> Node:
    return Compute("mul", (planner.node(expr.share, scope), planner.node(expr.whole, scope)), planner.type(expr))


def _comparison(planner: Planner, expr: ast.Comparison, scope: Scope) -> Node:
    left, right = planner.node(expr.left, scope), planner.node(expr.right, scope)
    return compare(expr.op, left, right, planner.type(expr))


def compare(op: str, left: Node, right: Node, found: Type) -> Node:
    """A comparison of two nodes as they are seen; values of an ordered enum by their positions."""
    left, right = settled(seen(left)), settled(seen(right))
    if "nothing" in (left.type.kind, right.type.kind):
        return Const(None, TRUTH.maybe(), "missing")
    if op not in ("=", "!=") and left.type.kind == "enum":
        left, right = _ordinal(left), _ordinal(right)
    return Compute(COMPARISONS[op], (left, right), found)


def _ordinal(node: Node) -> Node:
    position = number(units.COUNT, 3, 0).maybe(node.type.nullable)
    return Compute("ordinal", (node,), position, node.type.values)


def _between(planner: Planner, expr: ast.Between, scope: Scope) -> Node:
    value, found = planner.node(expr.value, scope), planner.type(expr)
    low = compare(">=", value, planner.node(expr.low, scope), found)
    high = compare("<" if expr.half_open else "<=", value, planner.node(expr.high, scope), found)
    return Compute("and", (low, high), found)


def _in(planner: Planner, expr: ast.In, scope: Scope) -> Node:
    value, found = planner.node(expr.value, scope), planner.type(expr)
    tests = tuple(compare("=", value, planner.node(option, scope), found) for option in expr.options)
    inside = tests[0] if len(tests) == 1 else Compute("or", tests, found)
    return Compute("not", (inside,), found) if expr.negated else inside


def _is_known(planner: Planner, expr: ast.IsKnown, scope: Scope) -> Node:
    known = Compute("is_known", (settled(planner.node(expr.value, scope)),), TRUTH)
    return known if expr.known else Compute("not", (known,), TRUTH)


def _logic(planner: Planner, expr: ast.And | ast.Or, scope: Scope) -> Node:
    op = "and" if isinstance(expr, ast.And) else "or"
    operands = tuple(truth(planner.node(operand, scope)) for operand in expr.operands)
    return Compute(op, operands, planner.type(expr))


def truth(node: Node) -> Node:
    """A test; the literal `missing` as a missing truth."""
    return Const(None, TRUTH.maybe(), "missing") if node.type.kind == "nothing" else node


def _not(planner: Planner, expr: ast.Not, scope: Scope) -> Node:
    return Compute("not", (truth(planner.node(expr.operand, scope)),), planner.type(expr))


def _or_else(planner: Planner, expr: ast.OrElse, scope: Scope) -> Node:
    found = planner.type(expr)
    value, fallback = settled(planner.node(expr.value, scope)), settled(planner.node(expr.fallback, scope))
    return Compute("or_else", (fitted(value, found), fitted(fallback, found)), found)


def _if(planner: Planner, expr: ast.If, scope: Scope) -> Node:
    found = planner.type(expr)
    test = settled(truth(planner.node(expr.test, scope)))
    branches = (settled(planner.node(one, scope)) for one in (expr.then, expr.otherwise))
    return Compute("if", (test, *(fitted(branch, found) for branch in branches)), replace(found, excusable=False))


def fitted(node: Node, found: Type) -> Node:
    """A branch with the kind of the whole: the literal `missing` takes its type."""
    return replace(node, type=found.maybe()) if isinstance(node, Const) and node.value is None else node


# -- functions --------------------------------------------------------------------------------------------------


def _call(planner: Planner, expr: ast.Call, scope: Scope) -> Node:
    found = planner.type(expr)
    if expr.function in ("listed", LISTED_THERE):
        return from_rows.listed(planner, expr, scope)
    if expr.function == "at_least":
        counted = expr.arguments[0]
        assert isinstance(counted, ast.Number)
        tests = tuple(truth(planner.node(argument, scope)) for argument in expr.arguments[1:])
        return Compute("at_least", tests, found, (int(counted.value),))
    arguments = tuple(planner.node(argument, scope) for argument in expr.arguments)
    match expr.function:
        case "min" | "max":
            return Compute(expr.function, tuple(seen(one) for one in arguments), found)
        case "clamp":
            value, low, high = (seen(one) for one in arguments)
            return Compute("max", (low, Compute("min", (value, high), found)), found)
        case "abs":
            return Compute("abs", arguments, found)
        case "points":
            hundred = Const(Fraction(100), constant(Fraction(100), units.POINTS, 0))
            return Compute("mul", (arguments[0], hundred), found)
        case "ln" | "sqrt":
            operand = planner.hoist(scope[0], seen(arguments[0]), expr.span)
            return planner.hoist(scope[0], Compute(expr.function, (operand,), found), expr.span)
        case _:
            return _rounded(expr, arguments, found)


def _rounded(expr: ast.Call, arguments: tuple[Node, ...], found: Type) -> Node:
    modes = {"floor": "floor", "ceiling": "ceiling", "truncate": "down", "round": "half_up"}
    places = expr.arguments[1] if len(expr.arguments) > 1 else None
    mode = arguments[2] if len(arguments) > 2 else Const(modes[expr.function], ROUNDING_MODE)
    wanted = int(places.value) if isinstance(places, ast.Number) else 0
    return Compute("round", (seen(arguments[0]), mode), found, (wanted,))


def _as_of(planner: Planner, expr: ast.AsOf, scope: Scope) -> Node:
    value = planner.node(expr.value, scope)
    assert isinstance(value, Cell)
    return InForce(value.path, planner.node(expr.date, scope), planner.type(expr))


def _named_for_end(begin: YearBegin) -> bool:
    """Whether a year is named for a calendar year later than that in which it begins, which no calendar year is."""
    return begin.named_for_end and (begin.month, begin.day) != (1, 1)


def _year_of(planner: Planner, expr: ast.YearOf, scope: Scope) -> Node:
    begin = planner.policy.fiscal_year if expr.kind == "fiscal_year" else planner.policy.school_year_begins
    named_for_end = int(_named_for_end(begin)) if expr.kind == "fiscal_year" else int(expr.kind == "class")
    options = (begin.month, begin.day, named_for_end)
    return Compute("year_of", (planner.node(expr.date, scope),), planner.type(expr), options)


def _day_of(planner: Planner, expr: ast.DayOf, scope: Scope) -> Node:
    year = planner.node(expr.year, scope)
    policy = planner.policy
    match year.type.name:
        case "school_year":
            begin = (policy.school_year_begins.month, policy.school_year_begins.day, 0)
        case "fiscal_year":
            begin = (policy.fiscal_year.month, policy.fiscal_year.day, int(_named_for_end(policy.fiscal_year)))
        case _:
            begin = (1, 1, 0)
    return Compute("day_of_year", (year,), planner.type(expr), (expr.month, expr.day, *begin))


def _operate(planner: Planner, expr: ast.Operate, scope: Scope) -> Node:
    operands = tuple(planner.node(operand, scope) for operand in expr.operands)
    if expr.op == "bound":
        operands = tuple(seen(fitted(one, planner.type(expr))) for one in operands)
    else:
        operands = (seen(operands[0]), *operands[1:])
    return Compute(expr.op, operands, planner.type(expr), expr.options)


def _allocation(planner: Planner, expr: ast.Allocation, scope: Scope) -> Node:
    claim, low, high = (planner.stored(expr.entity, name) for name in (expr.claim, expr.low, expr.high))
    pot = planner.stored("state", expr.pot)
    node = Allocate(
        expr.part, expr.entity, claim, low, high, pot, expr.places, expr.remainder, expr.short, planner.type(expr)
    )
    return planner.hoist(scope[0], node, expr.span)


_MAKE: dict[type, Callable[[Planner, Any, Scope], Node]] = {
    ast.Number: _literal,
    ast.Percent: _literal,
    ast.Money: _literal,
    ast.DateLiteral: _literal,
    ast.Text: _literal,
    ast.Truth: _literal,
    ast.Missing: _missing,
    ast.Name: from_names.name,
    ast.Member: from_names.member,
    ast.Negate: _negate,
    ast.Arithmetic: _arithmetic,
    ast.PartOf: _part_of,
    ast.Comparison: _comparison,
    ast.Between: _between,
    ast.In: _in,
    ast.IsKnown: _is_known,
    ast.Not: _not,
    ast.And: _logic,
    ast.Or: _logic,
    ast.OrElse: _or_else,
    ast.If: _if,
    ast.Call: _call,
    ast.AsOf: _as_of,
    ast.YearOf: _year_of,
    ast.DayOf: _day_of,
    ast.Aggregate: from_rows.aggregate,
    ast.Among: from_rows.among,
    ast.Outward: from_names.outward_expr,
    ast.Operate: _operate,
    ast.Allocation: _allocation,
}
