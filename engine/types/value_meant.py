"""Which value of a parameter a number without its sign, or with a wrong one, was meant to be."""

from __future__ import annotations

from decimal import Decimal

from ..syntax import expr as ast
from ..syntax.expr import Expr
from ..syntax.print import print_expr
from . import units
from .datatypes import Type

_CENTS = 2
_HUNDRED = Decimal(100)


def value_meant(value: Expr, type: Type) -> str:
    """The value as a parameter of a type takes it: `$1,500` for `1500`, `70%` for `0.7` and for `70`, `3` for `$3`;
    nothing where that is in doubt.
    """
    negated = isinstance(value, ast.Negate)
    inner = value.operand if isinstance(value, ast.Negate) else value
    found = _meant(inner, type)
    return "" if found is None else ("-" if negated else "") + print_expr(found)


def _meant(value: Expr, type: Type) -> Expr | None:
    if type.kind != "number":
        return None
    match value:
        case ast.Number(value=number) if type.unit.is_money and _decimals(number) <= _CENTS:
            return ast.Money(number)
        case ast.Number(value=number) if type.unit == units.RATIO and number != 1 and number <= _HUNDRED:
            return ast.Percent((number * _HUNDRED).normalize() if number < 1 else number)
        case ast.Money(value=number, per="") if not type.unit.is_money and type.unit != units.RATIO:
            return ast.Number(number)
        case _:
            return None


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
