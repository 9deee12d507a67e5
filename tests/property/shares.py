"""Random lines of funding, and what each payee gets by an oracle in fractions that is written in another way.

The engine sweeps integers over the breaks of the sum of shares; the oracle evaluates that sum as it is defined, halves
the sorted breaks until one piece is left, and draws the straight line between its ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction as F
from itertools import pairwise
from math import ceil, floor
from random import Random

from engine.execution.allocate import Allocation, Shortfall, allocate
from engine.execution.rounding import round_to
from engine.types.datatypes import ROUNDING_MODES

SCALE = 4
"""Decimals of every amount of a case: a claim may have more than cents."""


@dataclass(frozen=True)
class Case:
    """Payees in the order of their keys with dollars; `pending` is the part of each claim that is not decided yet."""

    claims: tuple[F, ...]
    lows: tuple[F, ...]
    highs: tuple[F, ...]
    pending: tuple[F, ...]
    pot: F
    places: int
    remainder: str
    short: str

    @property
    def coin(self) -> F:
        return F(1, 10**self.places)


@dataclass(frozen=True)
class Expected:
    """The payments, L, the exact shares before rounding, and what all payees may have."""

    payments: tuple[F, ...]
    factor: F
    shares: tuple[F, ...]
    entitled: F


def case(seed: int) -> Case:
    """A line: claims, among them equal ones and none, minimums, maximums, hold harmless, pending claims, a pot."""
    chance = Random(seed)
    places = chance.choice([0, 2, 2, 2])
    coin = F(1, 10**places)
    few = [F(chance.randrange(0, 3000), chance.choice([1, 100, 100, 10_000])) for _ in range(4)]
    most, least, prior_share = (
        chance.choice([20, 1500, 10**7]),
        chance.choice([0, 0, 25, 400]),
        F(chance.randrange(0, 13), 10),
    )
    mode = chance.choice(ROUNDING_MODES)
    rows = []
    for _ in range(chance.choice([0, 1, 2, 3, 5, 8, 13, 40])):
        claim = chance.choice([*few, F(chance.randrange(0, 10**7), 100), F(chance.randrange(0, 10**9), 10_000), F(0)])
        low = F(least) if chance.random() < 0.8 else F(0)
        if chance.random() < 0.3:  # hold harmless: a part of what it got before
            low = max(low, floor(F(chance.randrange(0, 400)) * prior_share / coin) * coin)
        high = max(low, round_to(min(claim, F(most)), places, mode))
        if chance.random() < 0.05:
            high += chance.randrange(0, 3) * coin  # above the claim: that is no reason to pay more than the claim
        rows.append((claim, low, high, claim * F(chance.choice([0, 0, 1, 3, 10]), 10)))
    claims, lows, highs, pending = zip(*rows, strict=True) if rows else ((), (), (), ())
    total, floor_sum = sum(highs, F(0)), sum(lows, F(0))
    pot = chance.choice([
        floor_sum + (total - floor_sum) * F(chance.randrange(0, 101), 100),
        total * F(chance.randrange(0, 150), 100),
        total, floor_sum, F(0), F(-5), total - coin, total + coin, floor_sum - coin, floor_sum + coin,
    ])  # fmt: skip
    return Case(
        claims, lows, highs, tuple(round_to(part, SCALE, "down") for part in pending), round_to(pot, SCALE, "floor"),
        places, chance.choice(["largest_remainder", "unspent"]), chance.choice(["refuse", "prorate"]),
    )  # fmt: skip


def allocated(one: Case) -> Allocation | Shortfall:
    """What the engine makes of a case."""
    units = 10**SCALE
    claims, lows, highs = ([int(amount * units) for amount in column] for column in (one.claims, one.lows, one.highs))
    return allocate(claims, lows, highs, int(one.pot * units), int(one.coin * units), one.remainder, one.short)


def paid(found: Allocation) -> list[F]:
    """The payments in dollars."""
    return [F(payment, 10**SCALE) for payment in found.payments]


def entitled(one: Case) -> list[F]:
    """What each payee gets where the money suffices: its high, but no more than its claim in begun coins, or its low."""
    begun = [max(low, ceil(claim / one.coin) * one.coin) for claim, low in zip(one.claims, one.lows, strict=True)]
    return [high if high < up else up for high, up in zip(one.highs, begun, strict=True)]


def expected(one: Case) -> Expected | None:
    """What the oracle makes of it; nothing where the lows exceed the pot and that is to be refused."""
    pot, tops = max(one.pot, F(0)), entitled(one)
    most, least = sum(tops, F(0)), sum(one.lows, F(0))
    if pot >= most:
        return Expected(tuple(tops), F(1), tuple(tops), most)
    if pot < least:
        if one.short == "refuse":
            return None
        factor, shares = F(0), [low * pot / least for low in one.lows]
    else:
        factor = _factor(one, tops, pot)
        shares = _shares(one, tops, factor)
    return Expected(tuple(_coins(one, shares, pot)), factor, tuple(shares), most)


def _shares(one: Case, tops: Sequence[F], factor: F) -> list[F]:
    return [sorted((low, factor * claim, top))[1] for claim, low, top in zip(one.claims, one.lows, tops, strict=True)]


def _factor(one: Case, tops: Sequence[F], pot: F) -> F:
    """The least factor that spends the pot, between two breaks with nothing between them."""

    def spent(factor: F) -> F:
        return sum(_shares(one, tops, factor), F(0))

    ends = [(low, claim) for low, claim in zip(one.lows, one.claims, strict=True)]
    ends += list(zip(tops, one.claims, strict=True))
    breaks = sorted({F(0), F(1), *(at / claim for at, claim in ends if claim and at < claim)})
    if spent(F(1)) <= pot:
        reached = [at for at in breaks if spent(at) == pot]
        return reached[0] if reached else F(1)
    first, last = 0, len(breaks) - 1  # spent(first) <= pot < spent(last)
    while last - first > 1:
        middle = (first + last) // 2
        first, last = (middle, last) if spent(breaks[middle]) <= pot else (first, middle)
    # several breaks may spend exactly the pot, where nobody's share moves between them
    while first and spent(breaks[first - 1]) == pot:
        first -= 1
    low, high = breaks[first], breaks[first + 1]
    if spent(low) == pot:
        return low
    return low + (pot - spent(low)) * (high - low) / (spent(high) - spent(low))


def _coins(one: Case, shares: Sequence[F], pot: F) -> list[F]:
    """Whole coins, and the rest handed out one by one to whoever has the best right to it then."""
    coins = [floor(share / one.coin) for share in shares]
    if one.remainder == "largest_remainder":
        waiting = set(range(len(shares)))
        for _ in range(floor(pot / one.coin) - sum(coins)):
            best = max(waiting, key=lambda row: (shares[row] / one.coin - coins[row], one.claims[row], -row))
            waiting.remove(best)
            coins[best] += 1
    return [count * one.coin for count in coins]


def ties(one: Case, shares: Sequence[F]) -> bool:
    """Whether two payees have the same right to a coin, so that only their keys decide."""
    rights = [(share % one.coin, claim) for share, claim in zip(shares, one.claims, strict=True) if share % one.coin]
    return any(left == right for left, right in pairwise(sorted(rights)))
