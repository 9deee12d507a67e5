"""A value of a parameter that is written out: a number, an amount, a percent, a date, a word."""

from __future__ import annotations

from ..text.diagnostic import Diagnostics
from ..text.document import Scalar
from .expr import DateLiteral, Duration, Expr, Invalid, Money, Name, Negate, Number, Percent, Text, Truth
from .parse_expr import parse_value

LITERALS = (Number, Percent, Money, Duration, DateLiteral, Text, Truth, Name, Invalid)


def written_value(value: Scalar, diagnostics: Diagnostics) -> Expr | None:
    """The literal that a text writes; nothing for the word `none`. Y053 for an expression, which is then `Invalid`."""
    if value.text.strip() == "none":
        return None
    found = parse_value(value, diagnostics)
    inner = found.operand if isinstance(found, Negate) else found
    if not isinstance(inner, LITERALS):
        help = "write the number or word itself"
        diagnostics.report("Y053", value.span, found=value.text.strip(), help=help)
        return Invalid(span=value.span)
    return found
