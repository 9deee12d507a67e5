"""Shares of a pot among the rows of an entity, as the reference interpreter sees them: exact values in and out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TypeAlias, cast

from ..plan.plan import Allocate, Reference
from .allocate import Shortfall, allocate
from .values import MINIMUMS_EXCEED, Key, Missing, Reason, Value, is_known, unite

Shared: TypeAlias = tuple[str, Reference, Reference, Reference, Reference, int, str, str]
"""What the parts of one allocation have in common."""


@dataclass(frozen=True, slots=True)
class Shares:
    """The payment of every row, and L in lowest terms."""

    payments: Mapping[Key, Fraction]
    numerator: Fraction
    denominator: Fraction

    def part(self, name: str, key: Key) -> Fraction:
        """A part of an allocation for a row: its payment, or for the state's numerator or denominator."""
        return self.payments[key] if name == "payment" else self.numerator if name == "numerator" else self.denominator


def shared(node: Allocate) -> Shared:
    """The allocation of which a node is a part."""
    return node.entity, node.claim, node.low, node.high, node.pot, node.places, node.remainder, node.short


def shares(
    node: Allocate, keys: Sequence[Key], state: Key, value: Callable[[str, str, Key], Value]
) -> Shares | Missing:
    """The shares of the rows with `keys`, which are sorted; `value` reads a stored column of an entity for a key.

    Missing where any value is, for the reasons of all that are; failed F001, at the pot, where the lows exceed it.
    """
    read = [[value(node.entity, part.column.name, key) for key in keys] for part in (node.claim, node.low, node.high)]
    pot = value(node.pot.column.entity, node.pot.column.name, state)
    gaps = [found for found in (pot, *(one for column in read for one in column)) if not is_known(found)]
    if gaps:
        return unite(gaps)
    columns = [[Fraction(cast("Fraction", found)) for found in column] for column in (*read, [pot])]
    coin = 10**node.places
    scale = lcm(coin, *{number.denominator for column in columns for number in column})
    claims, lows, highs, (whole,) = ([int(number * scale) for number in column] for column in columns)
    found = allocate(claims, lows, highs, whole, scale // coin, node.remainder, node.short)
    if isinstance(found, Shortfall):
        return Missing(frozenset((Reason(MINIMUMS_EXCEED, node.pot.column.name, node.pot.column.entity, state),)))
    paid = (Fraction(payment, scale) for payment in found.payments)
    return Shares(dict(zip(keys, paid, strict=True)), Fraction(found.numerator), Fraction(found.denominator))
