"""Where bands fall: between such places, what lies between two numbers is cut to what lies between their results."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from ...syntax import expr as ast
from ...syntax.choice_tables import BandRow, Bands, BandsVersion
from ...syntax.expr import Expr
from ..check_parameters import literal_value


@dataclass(frozen=True, slots=True)
class Fall:
    """A cut at which bands give less above it than below it: what they come to just below and just above."""

    at: Decimal
    below: Decimal
    above: Decimal


def falls(bands: Bands) -> tuple[Fall, ...] | None:
    """Where bands fall, in whichever version; nothing where they are not straight lines that rise from cut to cut, or
    where versions fall at different cuts, so that it is not known.
    """
    found = {_falls(version) for version in bands.versions}
    return found.pop() if len(found) == 1 else None


def _falls(bands: BandsVersion) -> tuple[Fall, ...] | None:
    rows = sorted(bands.rows, key=_start)
    lines = [_line(row.gives) for row in rows]
    if any(line is None or line[1] < 0 for line in lines):
        return None
    found = []
    for (row, line), (_, following) in pairwise(zip(rows, lines, strict=True)):
        cut = _end(row.cut.high)
        if cut is None or line is None or following is None:
            return None
        below, above = _at(line, cut), _at(following, cut)
        if above < below:
            ends = [_decimal(number) for number in (cut, below, above)]
            if None in ends:
                return None
            found.append(Fall(*(end for end in ends if end is not None)))
    return tuple(found)


def _decimal(number: Fraction) -> Decimal | None:
    """A number as a decimal, if it is one of few digits."""
    for places in range(13):
        shifted = number * 10**places
        if shifted.denominator == 1:
            return Decimal(shifted.numerator).scaleb(-places)
    return None


def _start(row: BandRow) -> tuple[bool, Fraction]:
    low = _end(row.cut.low)
    return low is not None, low if low is not None else Fraction(0)


def _end(expr: Expr | None) -> Fraction | None:
    value = None if expr is None else literal_value(expr)
    return value if isinstance(value, Fraction) else None


def _at(line: tuple[Fraction, Fraction], x: Fraction) -> Fraction:
    return line[0] + line[1] * x


def _line(expr: Expr) -> tuple[Fraction, Fraction] | None:
    """`a + b x` as (a, b); nothing for anything else."""
    match expr:
        case ast.Name(name="x"):
            return Fraction(0), Fraction(1)
        case ast.Number(value=value):
            return Fraction(value), Fraction(0)
        case ast.Percent(value=value):
            return Fraction(value) / 100, Fraction(0)
        case ast.Negate(operand=operand):
            inner = _line(operand)
            return None if inner is None else (-inner[0], -inner[1])
        case ast.Arithmetic(op=op, left=left, right=right):
            return _joined(op, _line(left), _line(right))
        case ast.PartOf(share=share, whole=whole):
            return _joined("*", _line(share), _line(whole))
        case _:
            return None


def _joined(
    op: str, left: tuple[Fraction, Fraction] | None, right: tuple[Fraction, Fraction] | None
) -> tuple[Fraction, Fraction] | None:
    if left is None or right is None:
        return None
    if op in ("+", "-"):
        sign = 1 if op == "+" else -1
        return left[0] + sign * right[0], left[1] + sign * right[1]
    if op == "*" and (left[1] == 0 or right[1] == 0):
        return left[0] * right[0], left[0] * right[1] + left[1] * right[0]
    if op == "/" and right[1] == 0 and right[0] != 0:
        return left[0] / right[0], left[1] / right[0]
    return None
