"""Values that a caller puts in the place of parameters: whether each fits, so that no plan has to change for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from ..text.diagnostic import Diagnostics
from ..text.errors import PolicyError
from ..text.suggest import nearest
from ..types.checked import CheckedPolicy
from ..types.datatypes import Type, digits_before_point

LONGEST = 4
"""Digits that the count of a length of time may have."""


def check_overrides(
    checked: CheckedPolicy, overrides: Mapping[str, object], written: Mapping[str, str] | None = None
) -> None:
    """Whether each path is one of a parameter (or of a member of one) and its value fits the parameter's type.

    A number is a Fraction (or a whole int); a percent is a ratio, a length of time its count. Raises PolicyError with
    an X018 for each that does not fit, which shows it as `written` where that has its path.
    """
    known = {
        f"parameters.{name}" + (f".{member}" if member else ""): parameter
        for name, parameter in checked.parameters.items()
        for member in parameter.members or ("",)
    }
    spans = {item.name: item.span for item in checked.policy.parameters}
    found = Diagnostics()
    for path, value in overrides.items():
        if path in known:
            problem, place = _problem(value, known[path].type), spans[known[path].name]
            help = _help(value, known[path].type)
        else:
            problem, place = "there is no such parameter", checked.policy.id_span
            near = nearest(path, known)
            help = (f"did you mean `{near}`?",) if near else ("parameters are named `parameters.wage_floor`",)
        if problem:
            shown = f"`{(written or {}).get(path) or _shown(value)}`" if value is not None else "nothing"
            found.report("X018", place, help=help, path=path, value=shown, problem=problem)
    if found.has_errors:
        raise PolicyError(found.sorted())


def _shown(value: object) -> str:
    """A value as people write it: with a point, where it has an end."""
    if not isinstance(value, Fraction):
        return str(value)
    number = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{number:f}" if Fraction(number) == value else str(value)


def _help(value: object, type: Type) -> tuple[str, ...]:
    """What to write in the place of a value that a type does not take; only where it is plain."""
    if value is None:
        return ("write a value: no limit (`none`) is for parameters that the policy leaves without one",)
    if isinstance(value, bool) or not isinstance(value, (Fraction, int)):
        return ()
    if type.kind == "duration":
        return ("write whole years, months, weeks or days, such as `2 years`",)
    if type.kind != "number":
        return ()
    if (value * 10**type.scale).denominator != 1:
        shown = f"{type.scale} decimals" if type.scale > 1 else "one decimal"
        return (f"round it to {shown}" if type.scale else f"write a whole number such as `{int(value)}`",)
    return ("write a smaller number; see whether it has digits too many",)


def _problem(value: object, type: Type) -> str:
    """Why a value is none of a type; empty where it is one."""
    if value is None:
        return "" if type.nullable else "it has a value at all times"
    match type.kind:
        case "number" | "duration":
            if isinstance(value, bool) or not isinstance(value, (Fraction, int)):
                return f"it is {type}, given exactly"
            return _digits(Fraction(value), type)
        case "date":
            fits = isinstance(value, Date) and not isinstance(value, datetime)
        case "truth":
            fits = isinstance(value, bool)
        case "enum":
            fits = value in type.values
        case _:
            fits = isinstance(value, str)
    return "" if fits else f"it is {type}"


def _digits(value: Fraction, type: Type) -> str:
    if type.kind == "duration":
        fits = value.denominator == 1 and value >= 0 and digits_before_point(value) <= LONGEST
        return "" if fits else f"a length of time is a whole number of at most {LONGEST} digits"
    if (value * 10**type.scale).denominator != 1:
        return f"it has at most {type.scale} decimals" if type.scale else "it is a whole number"
    if digits_before_point(value) > type.whole:
        return f"it has at most {type.whole} digits before the point"
    return ""
