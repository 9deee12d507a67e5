"""What an expression can come to, where that can be read in the policy alone."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from ...syntax import expr as ast
from ...syntax.expr import Expr
from ...syntax.policy import Parameter, Policy
from ..check_parameters import literal_value

Values: TypeAlias = tuple[Fraction, ...]


def values(policy: Policy, expr: Expr | None) -> Values:
    """The numbers that an expression may be: written out, of a parameter at all its dates, of the branches of a choice.
    None where it reads data, or where a parameter may set no limit.
    """
    match expr:
        case ast.Number() | ast.Money() | ast.Percent() | ast.Negate():
            found = literal_value(expr)
            return (found,) if isinstance(found, Fraction) else ()
        case ast.Name(name=name):
            return next((_all_of(one) for one in policy.parameters if one.name == name), ())
        case ast.If(then=then, otherwise=otherwise):
            one, two = values(policy, then), values(policy, otherwise)
            return one + two if one and two else ()
        case _:
            return ()


def _all_of(parameter: Parameter) -> Values:
    found = [literal_value(value) if value else None for dated in parameter.values for _, value in dated.members]
    numbers = tuple(one for one in found if isinstance(one, Fraction))
    return numbers if len(numbers) == len(found) else ()


def crossed(policy: Policy, low: Expr | None, high: Expr | None) -> bool:
    """Whether a lower limit is surely above an upper one, on every day."""
    lows, highs = values(policy, low), values(policy, high)
    return bool(lows and highs) and min(lows) > max(highs)
