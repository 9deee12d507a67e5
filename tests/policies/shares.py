"""Shares of a pot worked out a second way, with fractions and nothing else: the rule of largest remainder."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

CENT = Fraction(1, 100)


def shares(claims: Mapping[str, Fraction], pot: Fraction) -> dict[str, Fraction]:
    """What each claimant gets: its claim where the pot covers all, else its part of the pot, to the cent.

    Parts are rounded down; the cents that are left go to the largest remainders, then the larger claims, then by key.
    """
    whole = sum(claims.values(), Fraction(0))
    if pot >= whole:
        return dict(claims)
    exact = {name: claim * pot / whole for name, claim in claims.items()}
    paid = {name: part // CENT * CENT for name, part in exact.items()}
    left = (pot // CENT * CENT - sum(paid.values(), Fraction(0))) / CENT
    assert left.denominator == 1
    order = sorted(claims, key=lambda name: (paid[name] - exact[name], -claims[name], name))
    for name in order[: int(left)]:
        paid[name] += CENT
    return paid
