"""Comparisons: which kinds of value meet, which units, and which bare words are values of an enum."""

from __future__ import annotations

import re
from dataclasses import replace

from ..model.school_year import school_year_begins
from ..syntax import expr as ast
from ..syntax.expr import Expr
from . import arithmetic, complaints, units
from .check_digits import held
from .check_names import has
from .checked import ValueUse
from .checker import Checker, Scope
from .datatypes import TRUTH, UNKNOWN, Type
from .units import Unit

Typed = tuple[Expr, Type]

_CODE = re.compile(r"\w+(-\w+)+", re.ASCII)


def common_unit(checker: Checker, expr: Expr, op: str, left: Typed, right: Typed) -> Unit | None:
    """The unit in which two numbers meet; nothing (and a complaint) where they do not.

    A bare number takes the other side's unit, unless that is money or a ratio, which are always written out.
    """
    if left[1].unit == right[1].unit:
        return left[1].unit
    for (side, found), (_, other) in ((left, right), (right, left)):
        if found.unit == units.PLAIN:
            if other.unit == units.RATIO and found.literal:
                complaints.number_for_percent(checker.diagnostics, side, found)
                return None
            if other.unit.is_money and found.literal:
                complaints.number_for_money(checker.diagnostics, side, other)
                return None
            if other.unit != units.RATIO and not other.unit.is_money:
                return other.unit
    for (side, _), (_, other) in ((left, right), (right, left)):
        if isinstance(side, ast.Percent):
            complaints.percent_for_number(checker.diagnostics, side, other)
            return None
    complaints.units_differ(checker.diagnostics, expr, op, left, right)
    return None


def comparison(checker: Checker, expr: ast.Comparison, scope: Scope) -> Type:
    """The type of `a op b`."""
    left = checker.infer(expr.left, scope)
    right = against(checker, expr.right, left, scope)
    return meet(checker, expr, expr.op, (expr.left, left), (expr.right, right))


def between(checker: Checker, expr: ast.Between, scope: Scope) -> Type:
    """The type of `x between a and b` and `x from a to under b`."""
    value = checker.infer(expr.value, scope)
    low = against(checker, expr.low, value, scope)
    high = against(checker, expr.high, value, scope)
    op = "from" if expr.half_open else "between"
    first = meet(checker, expr, op, (expr.value, value), (expr.low, low), ordered=True)
    second = meet(checker, expr, op, (expr.value, value), (expr.high, high), ordered=True)
    return UNKNOWN if "unknown" in (first.kind, second.kind) else first.maybe(second.nullable)


def within(checker: Checker, expr: ast.In, scope: Scope) -> Type:
    """The type of `x in {a, b}`."""
    value = checker.infer(expr.value, scope)
    result = TRUTH
    for option in expr.options:
        found = against(checker, option, value, scope)
        result = result.maybe(meet(checker, option, "in", (expr.value, value), (option, found)).nullable)
    return result


def against(checker: Checker, expr: Expr, other: Type, scope: Scope) -> Type:
    """The type of the side that stands against a value of type `other`: a bare word may be a value of its enum."""
    if not isinstance(expr, (ast.Name, ast.Text)):
        if isinstance(expr, ast.Arithmetic) and _is_code(expr, other):
            return checker.adopt(expr, complaints.needs_quotes(checker.diagnostics, expr, expr.span.text))
        return checker.infer(expr, scope)
    word = expr.name if isinstance(expr, ast.Name) else expr.value
    if other.kind == "enum":
        if isinstance(expr, ast.Name) and word in other.values and scope and _is_value(checker, scope[0], word):
            return checker.adopt(expr, complaints.ambiguous_name(checker.diagnostics, expr.span, word, scope[0]))
        if word in other.values:
            checker.uses[expr.id] = ValueUse(word)
            return checker.adopt(expr, replace(other, nullable=False, excusable=False))
        if isinstance(expr, ast.Text) or not _resolves(checker, word, scope):
            return checker.adopt(expr, complaints.unknown_value(checker.diagnostics, expr.span, word, other))
    if other.kind == "unknown" and isinstance(expr, ast.Name) and not _resolves(checker, word, scope):
        return checker.adopt(expr, UNKNOWN)  # it may be a value of what could not be made out
    if other.kind == "row" and isinstance(expr, ast.Text):
        checker.uses[expr.id] = ValueUse(word)
        return checker.adopt(expr, replace(other, nullable=False))
    if (other.kind, other.name) == ("year", "school_year") and isinstance(expr, ast.Text):
        begins = school_year_begins(word)
        if begins is not None:
            checker.uses[expr.id] = ValueUse(begins)
            return checker.adopt(expr, Type("year", name="school_year"))
    if other.kind == "text" and isinstance(expr, ast.Name) and not _resolves(checker, word, scope):
        return checker.adopt(expr, complaints.needs_quotes(checker.diagnostics, expr, word))
    return checker.infer(expr, scope)


def _is_value(checker: Checker, entity: str, word: str) -> bool:
    """Whether a name on rows of an entity is something that an enum could be compared with: it leads to no row."""
    return has(checker, entity, word) and word not in checker.world.entities[entity].relations


def _is_code(expr: ast.Arithmetic, other: Type) -> bool:
    """Whether what is written as a subtraction stands where a code belongs and looks like one: `US-OH`, `15-1252`."""
    text = expr.span.text
    if other.kind == "enum" and text not in other.values:
        return False
    return other.kind in ("text", "row", "enum") and _CODE.fullmatch(text) is not None


def _resolves(checker: Checker, word: str, scope: Scope) -> bool:
    known = {*checker.parameters, *checker.years, *scope, "this", "as_of", "school_year", "fiscal_year"}
    return word in known or bool(scope and has(checker, scope[0], word))


def meet(checker: Checker, expr: Expr, op: str, left: Typed, right: Typed, *, ordered: bool = False) -> Type:
    """The truth that comparing two typed sides gives, or `unknown` and a complaint."""
    one, two = left[1], right[1]
    if "unknown" in (one.kind, two.kind):
        return UNKNOWN
    absent = (one.nullable or two.nullable or one.excusable or two.excusable)  # fmt: skip
    result = TRUTH.maybe(absent or one.bounded or two.bounded or "nothing" in (one.kind, two.kind))
    if "nothing" in (one.kind, two.kind):
        return result
    if one.kind != two.kind or (one.kind in ("row", "year") and one.name != two.name):
        return complaints.types_differ(checker.diagnostics, expr, op, one, two)
    if one.kind == "enum" and one.values != two.values:
        return complaints.types_differ(checker.diagnostics, expr, op, one, two)
    if one.kind == "number":
        if common_unit(checker, expr, op, left, right) is None:
            return UNKNOWN
        return held(checker, expr, "eq", (arithmetic.snapped(one), arithmetic.snapped(two)), result)
    if (ordered or op in ("<", "<=", ">", ">=")) and not (one.kind in ("date", "year", "text") or one.ordered):
        return complaints.no_order(checker.diagnostics, left[0], one)
    return result


def unite(checker: Checker, expr: Expr, left: Typed, right: Typed) -> Type:
    """The type that holds the values of both sides (branches of a choice), or `unknown` and a complaint."""
    one, two = left[1], right[1]
    if "unknown" in (one.kind, two.kind):
        return UNKNOWN
    if "nothing" in (one.kind, two.kind):
        return (two if one.kind == "nothing" else one).maybe()
    if one.kind == "number" and two.kind == "number":
        op = expr.function if isinstance(expr, ast.Call) else "or_else" if isinstance(expr, ast.OrElse) else "else"
        unit = common_unit(checker, expr, op, left, right)
        if unit is None:
            return UNKNOWN
        return held(checker, expr, "if", (one, two), replace(arithmetic.united(one, two), unit=unit))
    for enum, (side, found) in ((one, right), (two, left)):
        if enum.kind == "enum" and found.kind == "text" and isinstance(side, ast.Text):
            if side.value not in enum.values:
                return complaints.unknown_value(checker.diagnostics, side.span, side.value, enum)
            return enum
    same = one.kind == two.kind and (
        one.kind not in ("enum", "row", "year") or (one.name, one.values) == (two.name, two.values)
    )
    if not same:
        return complaints.branches_differ(checker.diagnostics, expr, one, two)
    return replace(one, nullable=one.nullable or two.nullable, excusable=one.excusable or two.excusable)
