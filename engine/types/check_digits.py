"""Whether a result, and what a backend needs on the way to it, fits the digits that every backend holds."""

from __future__ import annotations

from ..syntax.expr import Expr
from . import complaints
from .arithmetic import snapped
from .checker import Checker
from .datatypes import MAX_DIGITS, Type
from .digits import needed


def held(checker: Checker, expr: Expr, op: str, operands: tuple[Type, ...], result: Type) -> Type:
    """`result` of the operator or function `op`, or `unknown` and a complaint (T008).

    A quotient must also leave room for being snapped, since sooner or later something looks at it.
    """
    digits = needed(op, operands, result)
    if result.kind == "number":
        digits = max(digits, result.digits, needed("snap", (result,), snapped(result)) if result.quotient else 0)
    return result if digits <= MAX_DIGITS else complaints.too_many_digits(checker.diagnostics, expr, digits)
