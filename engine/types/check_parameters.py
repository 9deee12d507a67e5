"""Parameters: the type of each from its unit and its values, and what does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date as Date
from fractions import Fraction

from ..model.table import Table
from ..syntax import expr as ast
from ..syntax.expr import Expr
from ..syntax.policy import Parameter, Policy
from ..text.diagnostic import Diagnostics
from . import complaints, units
from .checked import CheckedParameter
from .datatypes import DATE, ROUNDING_MODE, TEXT, TRUTH, UNKNOWN, Type, digits_before_point, number
from .units import parse_unit

SPARE_DIGITS = 3
"""Digits before the point beyond those written, so that another value can be bound without a new plan."""

LEAST_DIGITS = 6
"""Digits before the point that any parameter may take."""


def check_parameters(
    policy: Policy, tables: Mapping[str, Table], diagnostics: Diagnostics
) -> dict[str, CheckedParameter]:
    """Every parameter with its type; values that do not fit it are reported at their places."""
    return {item.name: _parameter(item, policy, tables, diagnostics) for item in policy.parameters}


def _parameter(
    item: Parameter, policy: Policy, tables: Mapping[str, Table], diagnostics: Diagnostics
) -> CheckedParameter:
    members = _members(item, policy, tables, diagnostics)
    literals = [value for dated in item.values for _, value in dated.members if value is not None]
    found = _declared(item, literals, tables, diagnostics)
    for dated in item.values:
        for (member, value), place in zip(
            dated.members, dated.places or (dated.span,) * len(dated.members), strict=True
        ):
            if members and member and member not in members:
                complaints.unknown_value(diagnostics, place, member, Type("enum", values=members))
            if value is not None:
                _fits(item, value, found, diagnostics)
    none = any(value is None for dated in item.values for _, value in dated.members)
    partial = bool(members) and not set(members) <= {m for dated in item.values for m, _ in dated.members}
    _check_deferred(item, diagnostics)
    return CheckedParameter(item.name, found.maybe(none or partial or not item.values), members, item.in_force_by)


def _check_deferred(item: Parameter, diagnostics: Diagnostics) -> None:
    """What was put off was put off to a value of the parameter (N098)."""
    for deferral in item.deferred:
        if deferral.to not in {dated.starts for dated in item.values}:
            keys = ", ".join(f"`{dated.key}`" for dated in item.values)
            help = f"the values begin with {keys}"
            diagnostics.report("N098", deferral.span, help=help, name=item.name, to=deferral.keys[1])


def first_day(item: Parameter, members: tuple[str, ...] = ()) -> Date | None:
    """The day from which every member of a parameter has a value; nothing where one of them never has."""
    begun = {name: dated.starts for dated in reversed(item.values) for name, _ in dated.members}
    days = [begun.get(name) for name in members or ("",)]
    return None if None in days else max((day for day in days if day is not None), default=None)


def since(parameters: Mapping[str, CheckedParameter], policy: Policy, starts: Date) -> dict[str, CheckedParameter]:
    """The parameters as they are from a day on: one whose first value is of a later day may be missing."""
    known = dict(parameters)
    for item in policy.parameters:
        found = parameters[item.name]
        day = first_day(item, found.members)
        known[item.name] = replace(found, type=found.type.maybe(day is None or day > starts))
    return known


def _members(item: Parameter, policy: Policy, tables: Mapping[str, Table], diagnostics: Diagnostics) -> tuple[str, ...]:
    if item.by is None:
        return ()
    if item.by.text == "student_group":
        return tuple(group.name for group in policy.student_groups)
    for table in tables.values():
        for column in table.columns:
            if column.name == item.by.text and column.values:
                return column.values
    known = {c.name for t in tables.values() for c in t.columns if c.values} | {"student_group"}
    complaints.unknown_name(diagnostics, item.by.span, item.by.text, "to give values by", known)
    return tuple(dict.fromkeys(m for dated in item.values for m, _ in dated.members))


def enum_of(name: str, tables: Mapping[str, Table]) -> Type | None:
    """The type of the first column of this name that has values; nothing where there is none."""
    columns = (column for table in tables.values() for column in table.columns)
    found = next((column for column in columns if column.name == name and column.values), None)
    return None if found is None else Type("enum", name=name, values=found.values, ordered=found.ordered)


def _declared(item: Parameter, literals: list[Expr], tables: Mapping[str, Table], diagnostics: Diagnostics) -> Type:
    if item.type is not None:
        plain = {"rounding_mode": ROUNDING_MODE, "text": TEXT, "date": DATE, "truth": TRUTH}
        if item.type.text in plain:
            return plain[item.type.text]
        words = enum_of(item.type.text, tables)
        if words is not None:
            return words
        if item.type.text != "number":
            complaints.unknown_name(diagnostics, item.type.span, item.type.text, "among the types", (*plain, "number"))
            return UNKNOWN
    if item.unit is not None:
        unit = parse_unit(item.unit.text)
        if unit is None:
            return complaints.unknown_unit(diagnostics, item.unit.span, item.unit.text)
        return _number(unit, literals)
    first = next(iter(literals), None)
    match first:
        case ast.Money(per=per):
            return _number(parse_unit(f"USD/{per}" if per else "USD") or units.USD, literals)
        case ast.Percent():
            return _number(units.RATIO, literals)
        case ast.DateLiteral():
            return DATE
        case ast.Text():
            return TEXT
        case ast.Truth():
            return TRUTH
        case ast.Duration(unit=step):
            return Type("duration", name=step)
        case _:
            return _number(units.PLAIN, literals)


def _number(unit: units.Unit, literals: list[Expr]) -> Type:
    """A number type wide enough to bind other values: dollars keep cents, ratios four decimals, or what is written."""
    written, before = [0], 0
    for literal in literals:
        inner = literal.operand if isinstance(literal, ast.Negate) else literal
        if isinstance(inner, (ast.Number, ast.Money, ast.Percent)):
            exponent = inner.value.as_tuple().exponent
            places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
            written.append(places + (2 if isinstance(inner, ast.Percent) else 0))
            before = max(before, digits_before_point(Fraction(inner.value)))
    least = 2 if unit.is_money else 4 if unit == units.RATIO else 0
    whole = 3 if unit == units.RATIO else max(LEAST_DIGITS, before + SPARE_DIGITS)
    return number(unit, whole, max(least, *written))


_LIMITLESS = ("unlimited", "limitless", "infinite", "infinity", "no_limit", "uncapped", "null", "nil")


def _fits(item: Parameter, value: Expr, found: Type, diagnostics: Diagnostics) -> None:
    inner = value.operand if isinstance(value, ast.Negate) else value
    kind = _kind(inner)
    if found.kind == "unknown" or isinstance(inner, ast.Invalid):
        return
    if found.kind == "enum":
        said = inner.name if isinstance(inner, ast.Name) else inner.value if isinstance(inner, ast.Text) else None
        if said not in found.values:
            complaints.unknown_value(diagnostics, value.span, complaints.text_of(value), found)
        return
    if kind != found.kind or (found.kind == "number" and not _unit_fits(inner, found)):
        help = _written(found)
        if isinstance(inner, ast.Name) and inner.name in _LIMITLESS:
            help = "where there is no limit write `none`"
        diagnostics.report("T015", value.span, help=help, name=item.name, text=complaints.text_of(value), type=found)


def _written(found: Type) -> str:
    """How a value of a type is written in a parameter."""
    if found.kind != "number":
        forms = {"date": "`2026-07-01`", "text": '`"in quotes"`', "truth": "`true` or `false`", "duration": "`2 years`"}
        return f"write {forms[found.kind]}"
    if found.unit.is_money:
        return f"write an amount such as `$41,250`, or change `unit:` (it is {found.unit})"
    return (
        "write a percent such as `60%`"
        if found.unit == units.RATIO
        else "write a number without a sign, such as `12.5`"
    )


def _kind(value: Expr) -> str:
    match value:
        case ast.Number() | ast.Money() | ast.Percent():
            return "number"
        case ast.DateLiteral():
            return "date"
        case ast.Text():
            return "text"
        case ast.Truth():
            return "truth"
        case ast.Duration():
            return "duration"
        case _:
            return "other"


def _unit_fits(value: Expr, found: Type) -> bool:
    """Money may leave out the unit under the bar where the parameter names it; a bare number fits all but money
    and ratios.
    """
    match value:
        case ast.Money(per=""):
            return found.unit.is_money
        case ast.Money(per=per):
            return parse_unit(f"USD/{per}") == found.unit
        case ast.Percent():
            return found.unit == units.RATIO
        case _:
            return not found.unit.is_money and (found.unit != units.RATIO)


def literal_value(value: Expr) -> Fraction | bool | str | object | None:
    """The exact value of a literal: Fraction, bool, text, date; months or days of a length of time as Fraction."""
    match value:
        case ast.Negate(operand=operand):
            inner = literal_value(operand)
            return -inner if isinstance(inner, Fraction) else None
        case ast.Number(value=number_value) | ast.Money(value=number_value):
            return Fraction(number_value)
        case ast.Percent(value=percent):
            return Fraction(percent) / 100
        case ast.DateLiteral(value=day):
            return day
        case ast.Text(value=text):
            return text
        case ast.Truth(value=truth):
            return truth
        case ast.Name(name=name):
            return name
        case _:
            return None
