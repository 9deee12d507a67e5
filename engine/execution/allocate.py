"""Shares of a pot: clamp(L · claim, low, high) with one L for all, found and rounded with integers only.

Everything is in one smallest unit, of which `coin` make a coin; no quotient is ever formed before the last rounding.
The sum of the shares is a line broken at low/claim and high/claim of every row; a sweep over the sorted breaks finds
the piece that crosses the pot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from math import gcd
from operator import gt

from ..text.errors import EngineBug


@dataclass(frozen=True, slots=True)
class Allocation:
    """What each row gets, in whole coins but counted in the smallest unit, and L in lowest terms."""

    payments: Sequence[int]
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Shortfall:
    """The lows together are more than the pot, by so much."""

    by: int


def allocate(
    claims: Sequence[int],
    lows: Sequence[int],
    highs: Sequence[int],
    pot: int,
    coin: int = 1,
    remainder: str = "largest_remainder",
    short: str = "refuse",
) -> Allocation | Shortfall:
    """The shares of rows in the order of their keys; what the words mean is said at `engine.plan.plan.Allocate`.

    A pot that covers every high pays it, with L = 1; then no row is paid more than its claim rounded up to a coin, or
    its low. A negative pot or claim counts as 0. Gives the shortfall where the lows exceed the pot and that is to be
    refused.
    Raises EngineBug for a low that is negative or above its high, or one of them that is no whole coin.
    """
    _check(lows, highs, coin)
    pot = max(pot, 0)
    claims = [max(claim, 0) for claim in claims]
    whole_claims = (-(-claim // coin) * coin for claim in claims)
    fulls = [*map(min, highs, map(max, lows, whole_claims))]
    least = sum(lows)
    if pot >= sum(fulls):
        return Allocation(fulls, 1, 1)
    if least > pot:
        if short == "refuse":
            return Shortfall(least - pot)
        return Allocation(_rounded(claims, [0] * len(lows), lows, lows, pot, least, pot, coin, remainder), 0, 1)
    over, under = _factor(claims, lows, fulls, pot)
    return Allocation(_rounded(claims, lows, fulls, claims, over, under, pot, coin, remainder), over, under)


def _check(lows: Sequence[int], highs: Sequence[int], coin: int) -> None:
    for low, high in zip(lows, highs, strict=True):
        if not 0 <= low <= high or high % coin or (low and low % coin):
            raise EngineBug(f"no share in whole coins of {coin} lies from {low} to {high}")


def _factor(claims: Sequence[int], lows: Sequence[int], highs: Sequence[int], pot: int) -> tuple[int, int]:
    """The least L in [0, 1] that spends the pot, in lowest terms; 1 where even that leaves some of it.

    The lows do not exceed the pot, the highs do.
    """
    flat = sum(lows)
    if flat == pot:
        return 0, 1
    if pot >= sum(map(max, lows, map(min, claims, highs))):
        return 1, 1
    over, under = pot, sum(claims)
    if any(lows) or any(map(gt, claims, highs)):
        over, under = _at_the_break(claims, lows, highs, pot)
    divisor = gcd(over, under)
    return over // divisor, under // divisor


def _at_the_break(claims: Sequence[int], lows: Sequence[int], highs: Sequence[int], pot: int) -> tuple[int, int]:
    """The same where some shares stay at their low or reach their high on the way, in whatever terms."""
    flat, slope = sum(lows), 0
    for place in _breaks(claims, lows, highs):
        row, ends = place >> 1, place & 1
        at, claim = (highs if ends else lows)[row], claims[row]
        if at * slope >= (pot - flat) * claim:  # at L = at / claim the pot is spent
            break
        if ends:
            flat, slope = flat + at, slope - claim
        else:
            flat, slope = flat - at, slope + claim
    return pot - flat, slope


def _breaks(claims: Sequence[int], lows: Sequence[int], highs: Sequence[int]) -> list[int]:
    """The breaks by their L: 2 · row where a share leaves its low, 2 · row + 1 where it reaches its high.

    Two fractions that differ do so by at least one over the product of their denominators, hence the whole part of
    their multiple by a number above all such products tells them apart.
    """
    bits = 2 * max(claims, default=0).bit_length()
    moving = [row for row, claim in enumerate(claims) if claim and lows[row] < highs[row]]
    keys = {2 * row: (lows[row] << bits) // claims[row] for row in moving}
    keys.update((2 * row + 1, (highs[row] << bits) // claims[row]) for row in moving)
    return sorted(chain.from_iterable((2 * row, 2 * row + 1) for row in moving), key=keys.__getitem__)


def _rounded(
    claims: Sequence[int],
    lows: Sequence[int],
    highs: Sequence[int],
    weights: Sequence[int],
    over: int,
    under: int,
    pot: int,
    coin: int,
    remainder: str,
) -> list[int]:
    """clamp(weight · over / under, low, high) rounded down to coins; what is left of the pot handed out if asked for.

    One coin more each: to the largest fraction, of equal ones to the larger claim, then to the first row.
    """
    step = under * coin
    payments: list[int] = []
    rests: list[tuple[int, int, int]] = []
    for row, (weight, low, high) in enumerate(zip(weights, lows, highs, strict=True)):
        share = weight * over
        if share <= low * under:
            payments.append(low)
        elif share >= high * under:
            payments.append(high)
        else:
            coins, rest = divmod(share, step)
            payments.append(coins * coin)
            if rest:
                rests.append((-rest, -claims[row], row))
    if remainder == "largest_remainder":
        left = pot // coin - sum(payments) // coin
        if left > len(rests):
            raise EngineBug(f"{left} coins are left for {len(rests)} rows")
        for _, _, row in sorted(rests)[:left]:
            payments[row] += coin
    return payments
