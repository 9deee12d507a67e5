"""Exact arithmetic on integers with a scale: widening, one scale for two, division, rounding.

A tree of more than 18 digits has the dialect's wide type, any other the narrow one. Operands are widened before they
could pass 18 digits together, so nothing overflows that the checker has let through (`types.digits`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..text.errors import EngineBug
from ..types.datatypes import ROUNDING_MODES
from ..types.digits import divides_plainly
from . import sql_tree as sql
from .physical import NARROW_DIGITS
from .spelling import Spelling
from .sql_scope import Scope
from .sql_tree import Tree


@dataclass(frozen=True, slots=True)
class Number:
    """A tree of integers of at most `digits` digits, each standing for itself over 10**scale."""

    tree: Tree
    digits: int
    scale: int

    @property
    def wide(self) -> bool:
        """Whether it has the wide type."""
        return self.digits > NARROW_DIGITS


def widened(number: Number, digits: int, spelling: Spelling) -> Number:
    """The number in the type that holds so many digits, if that is wider than its own."""
    if digits <= NARROW_DIGITS or number.wide:
        return number
    return Number(sql.cast(number.tree, spelling.wide, spelling), NARROW_DIGITS + 1, number.scale)


def retyped(number: Number, digits: int, scale: int, spelling: Spelling) -> Tree:
    """The tree of a number at a greater or equal scale, in the type that holds so many digits.

    Raises EngineBug for a smaller scale: only an operator that says so may round.
    """
    if scale < number.scale:
        raise EngineBug(f"a number with {number.scale} decimals does not fit {scale}")
    lifted = lift(number, scale, spelling)
    if lifted.wide and digits <= NARROW_DIGITS:
        return sql.cast(lifted.tree, spelling.narrow, spelling)
    return widened(lifted, digits, spelling).tree


def lift(number: Number, scale: int, spelling: Spelling) -> Number:
    """The same number with at least so many decimals."""
    return shift(number, max(scale - number.scale, 0), spelling)


def shift(number: Number, places: int, spelling: Spelling) -> Number:
    """The number times 10**places, written with as many more decimals: the value stays."""
    if places == 0:
        return number
    digits = number.digits + places
    value = sql.whole(number.tree)
    if value is not None:
        made = sql.integer(value * 10**places, spelling, wide=digits > NARROW_DIGITS)
        return Number(made, digits, number.scale + places)
    operand = widened(number, digits, spelling)
    factor = sql.integer(10**places, spelling, wide=digits > NARROW_DIGITS)
    return Number(sql.binary(operand.tree, "*", factor), digits, number.scale + places)


def aligned(numbers: Sequence[Number], spelling: Spelling) -> list[Number]:
    """Numbers at one scale and in one type, so that they can be compared."""
    scale = max(number.scale for number in numbers)
    lifted = [lift(number, scale, spelling) for number in numbers]
    digits = max(number.digits for number in lifted)
    return [replace(widened(number, digits, spelling), digits=digits) for number in lifted]


def add(left: Number, operator: str, right: Number, spelling: Spelling) -> Number:
    """Sum or difference."""
    left, right = aligned((left, right), spelling)
    digits = left.digits + 1
    operands = (widened(number, digits, spelling).tree for number in (left, right))
    return Number(sql.binary(next(operands), operator, next(operands)), digits, left.scale)


def multiply(left: Number, right: Number, spelling: Spelling) -> Number:
    """Product."""
    digits = left.digits + right.digits
    operands = (widened(number, digits, spelling).tree for number in (left, right))
    return Number(sql.binary(next(operands), "*", next(operands)), digits, left.scale + right.scale)


def negative(number: Number) -> Number:
    """The negative."""
    return replace(number, tree=sql.minus(number.tree))


def is_below_zero(number: Number, spelling: Spelling) -> Tree:
    """Whether a number is negative; missing where it is."""
    return sql.binary(number.tree, "<", sql.integer(0, spelling, number.wide))


def size(number: Number) -> Number:
    """The absolute value."""
    return replace(number, tree=sql.call("ABS", number.tree))


def whole_quotient(over: Number, under: Number, scope: Scope) -> Number:
    """over // under for numbers that are not negative, `under` missing or above zero; scales are left alone."""
    over, under = _together(over, under, scope)
    line = scope.spelling.quotient_wide if over.wide else scope.spelling.quotient_narrow
    return replace(over, tree=sql.spelled(line, scope.spelling, n=over.tree, d=under.tree))


def remainder(over: Number, under: Number, scope: Scope) -> Number:
    """over % under, under the same conditions."""
    over, under = _together(over, under, scope)
    return replace(over, tree=sql.spelled(scope.spelling.remainder, scope.spelling, n=over.tree, d=under.tree))


def _together(over: Number, under: Number, scope: Scope) -> tuple[Number, Number]:
    """Both in the wider of their types, each bound: a spelling may need them twice."""
    digits = max(over.digits, under.digits)
    over, under = (widened(number, digits, scope.spelling) for number in (over, under))
    return replace(over, tree=scope.bind(over.tree)), replace(under, tree=scope.bind(under.tree))


def signed(number: Number, negative_where: Tree) -> Number:
    """The number, turned negative where the test is true; missing where it is missing itself."""
    return replace(number, tree=sql.case((negative_where, sql.minus(number.tree)), otherwise=number.tree))


def divide(over: Number, under: Number, scale: int, scope: Scope) -> Number:
    """The quotient to `scale` decimals, half away from zero; missing for a divisor of zero.

    2·|a|·10**k + |b| over 2·|b|, as whole numbers; where that would be too wide, only the remainder of |a| by |b| is
    multiplied.
    """
    spelling = scope.spelling
    places = scale + under.scale - over.scale
    over, under = (replace(number, tree=scope.bind(number.tree)) for number in (over, under))
    below = sql.binary(is_below_zero(over, spelling), "<>", is_below_zero(under, spelling))
    if places < 0:
        under, places = shift(under, -places, spelling), 0
    zero = sql.integer(0, spelling, under.wide)
    divisor = replace(under, tree=scope.bind(sql.call("NULLIF", size(under).tree, zero)))
    top = size(over)
    if divides_plainly(over.digits, under.digits, places):
        quotient = _rounded(shift(top, places, spelling), divisor, scope)
    else:
        quotient, rest = whole_quotient(top, divisor, scope), remainder(top, divisor, scope)
        part = _rounded(shift(replace(rest, digits=_kept(rest, under.digits)), places, spelling), divisor, scope)
        quotient = _sum_as_wide(shift(quotient, places, spelling), part, spelling)
    bound = replace(quotient, tree=scope.bind(quotient.tree), scale=scale)
    return signed(bound, below)


def _sum_as_wide(left: Number, right: Number, spelling: Spelling) -> Number:
    operands = (widened(number, NARROW_DIGITS + 1, spelling).tree for number in (left, right))
    return Number(sql.binary(next(operands), "+", next(operands)), max(left.digits, right.digits), left.scale)


def _rounded(over: Number, under: Number, scope: Scope) -> Number:
    """over / under to the nearest whole number, halves up, for numbers that are not negative."""
    spelling = scope.spelling
    two = Number(sql.integer(2, spelling), 1, 0)
    under = replace(under, scale=0)
    double = multiply(replace(over, scale=0), two, spelling)
    top = add(double, "+", under, spelling)
    digits = max(over.digits, under.digits) + 1
    bottom = multiply(under, two, spelling)
    return whole_quotient(replace(top, digits=_kept(top, digits)), bottom, scope)


def rounded(number: Number, places: int, mode: str | Tree, scope: Scope) -> Number:
    """The number rounded once to `places` decimals (negative: tens, hundreds …) by a mode or a tree that gives one.

    Half_up and half_even look at twice the remainder, up at whether there is one, floor and ceiling also at the sign.
    """
    spelling = scope.spelling
    if places >= number.scale:
        return replace(number, tree=_where_known(mode, number.tree))
    number = replace(number, tree=scope.bind(number.tree))
    dropped = number.scale - places
    wide = number.wide or dropped >= NARROW_DIGITS
    step_digits = max(dropped, NARROW_DIGITS) + 1 if wide else dropped + 1
    step = Number(sql.integer(10**dropped, spelling, wide), step_digits, 0)
    return _cut(size(number), step, is_below_zero(number, spelling), number.digits + 1, places, mode, scope)


def prorated(amount: Number, over: Number, under: Number, places: int, mode: str | Tree, scope: Scope) -> Number:
    """amount · over / under rounded once, as `rounded` does; missing for `under` of zero.

    The product is exact and no quotient stands between it and the rounding.
    """
    spelling = scope.spelling
    product = multiply(amount, over, spelling)
    product, under = (replace(number, tree=scope.bind(number.tree)) for number in (product, under))
    below = sql.binary(is_below_zero(product, spelling), "<>", is_below_zero(under, spelling))
    more = places + under.scale - product.scale
    top, bottom = shift(size(product), max(more, 0), spelling), shift(size(under), max(-more, 0), spelling)
    divisor = scope.bind(sql.call("NULLIF", bottom.tree, sql.integer(0, spelling, bottom.wide)))
    step = replace(bottom, tree=divisor, scale=0)
    return _cut(replace(top, tree=scope.bind(top.tree)), step, below, top.digits + 1, places, mode, scope)


def _cut(top: Number, step: Number, below: Tree, digits: int, places: int, mode: str | Tree, scope: Scope) -> Number:
    """top / step rounded to a whole number of at most `digits` digits, which counts tenths to the power of `places`.

    `top` is not negative, `step` above zero; `below`: the sign of the result.
    """
    spelling = scope.spelling
    whole, rest = whole_quotient(top, step, scope), remainder(top, step, scope)
    whole, rest = (replace(part, tree=scope.bind(part.tree), scale=0) for part in (whole, rest))
    further = _further(mode, whole, rest, step, below, scope)
    up = sql.binary(whole.tree, "+", sql.integer(1, spelling, whole.wide))
    grown = replace(whole, tree=scope.bind(sql.case((further, up), otherwise=whole.tree)))
    result = replace(signed(grown, below), digits=_kept(grown, digits if whole.wide else grown.digits))
    if places < 0:
        result = replace(shift(result, -places, spelling), scale=0)
    return replace(result, tree=_where_known(mode, result.tree), scale=max(places, 0))


def _where_known(mode: str | Tree, tree: Tree) -> Tree:
    return tree if isinstance(mode, str) else sql.case((sql.is_not_null(mode), tree))


def _further(mode: str | Tree, whole: Number, rest: Number, step: Number, below: Tree, scope: Scope) -> Tree:
    """Whether a size is rounded away from zero, by the rest that would be cut off."""
    if not isinstance(mode, str):
        mode = scope.bind(mode)
        known = ((sql.binary(mode, "=", sql.text(name)), name) for name in ROUNDING_MODES)
        return sql.case(*((test, _further(name, whole, rest, step, below, scope)) for test, name in known))
    spelling = scope.spelling
    some = sql.binary(rest.tree, ">", sql.integer(0, spelling, rest.wide))
    if mode in ("half_up", "half_even"):
        two = Number(sql.integer(2, spelling), 1, 0)
        double, under = aligned((multiply(rest, two, spelling), step), spelling)
        if mode == "half_up":
            return sql.binary(double.tree, ">=", under.tree)
        odd = remainder(whole, replace(two, digits=1), scope)
        tie = sql.binary(double.tree, "=", under.tree)
        is_odd = sql.binary(odd.tree, "=", sql.integer(1, spelling, odd.wide))
        return sql.some((sql.binary(double.tree, ">", under.tree), sql.every((tie, is_odd))))
    return {
        "up": some,
        "down": sql.FALSE,
        "floor": sql.every((some, below)),
        "ceiling": sql.every((some, sql.negate(below))),
    }[mode]


def _kept(number: Number, digits: int) -> int:
    """Fewer digits than were reckoned, but never so few that the type would be another."""
    return max(digits, NARROW_DIGITS + 1) if number.wide else digits
