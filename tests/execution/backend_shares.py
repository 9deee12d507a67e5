"""Pots shared among the parts, on which backends are compared: enough, too little, less than the lows, none at all."""

from __future__ import annotations

from itertools import product

from engine.plan.plan import Aggregate, Allocate, Lookup, Node, Over, Reference, Scan
from engine.types.datatypes import TEXT, TRUTH, Type
from tests.execution.backend_columns import const, do, num, ref
from tests.execution.backend_world import F, M, N, W, X

COINS = {"cents": 2, "dollars": 0}
WIDE = num(24, 4)
TOTAL = num(15, 2)
FACTOR = num(24, 0)
POTS = {"enough": 20, "half": 8, "little": 3, "minus": -1}
"""Pot → how many sixteenths of the claims it is."""


def allocate(
    part: str,
    pot: str,
    type: Type,
    coin: str = "cents",
    remainder: str = "largest_remainder",
    short: str = "refuse",
    claim: Reference | None = None,
) -> Allocate:
    """A part of an allocation among the parts."""
    low, high = (ref("part", f"{end} {coin}", X) for end in ("low", "high"))
    what = claim or ref("part", "claim", X)
    return Allocate(part, "part", what, low, high, ref("state", pot, TOTAL), COINS[coin], remainder, short, type)


def shares() -> dict[str, dict[str, Node]]:
    """Shares with either remainder, with lows that exceed the pot, with claims that may be missing, with wide ones."""
    x, n, w, zero = Scan("part", "x", X), Scan("part", "n", N), Scan("part", "w", W), const(F(0), N)
    claim = ref("part", "claim", X)
    part: dict[str, Node] = {"claim": do("abs", do("or_else", x, zero, type=X), type=X)}
    state: dict[str, Node] = {"claims": Aggregate("sum", Over("part"), claim, TOTAL)}
    for word, share in POTS.items():
        sixteen, mode = const(F(16), num(2, 0)), const("floor", M)
        state[word] = do("prorate", ref("state", "claims", TOTAL), const(F(share), num(2, 0)), sixteen, mode,
                         type=TOTAL, options=(2,))  # fmt: skip
    for coin, places in COINS.items():
        cut = do("min", claim, do("abs", do("or_else", n, zero, type=N), type=N), type=X)
        part[f"low {coin}"] = do("round", cut, const("down", M), type=X, options=(places,))
        nearest = do("round", claim, const("half_up", M), type=num(7, 2), options=(places,))
        part[f"high {coin}"] = do("max", ref("part", f"low {coin}", X), nearest, type=num(7, 2))
    for coin, pot, remainder, short in product(COINS, POTS, ("largest_remainder", "unspent"), ("refuse", "prorate")):
        name = f"{coin} {pot} {remainder} {short}"
        how = (coin, remainder, short)
        part[name] = allocate("payment", pot, num(7, 2), *how)
        if remainder == "unspent":
            state[f"{name} over"] = allocate("numerator", pot, FACTOR, *how)
            state[f"{name} under"] = allocate("denominator", pot, FACTOR, *how)
    part["gaps"] = do("abs", x, type=X)
    part["of gaps"] = allocate("payment", "half", X, claim=ref("part", "gaps", X))
    part["wide"] = do("abs", do("or_else", w, zero, type=W), type=W)
    part["of wide"] = allocate("payment", "half", X, claim=ref("part", "wide", W))
    part["_hidden"] = allocate("payment", "little", X, remainder="unspent")
    part["after"] = do("sub", claim, ref("part", "_hidden", X), type=num(7, 2))
    part["known"] = do("is_known", ref("part", "_hidden", X), type=TRUTH)
    state["paid"] = Aggregate(
        "sum", Over("part"), ref("part", "cents half largest_remainder prorate", num(7, 2)), TOTAL
    )
    others = (("state", const("state", TEXT)),)
    part["of state"] = Lookup("state", others, ref("state", "cents half unspent prorate over", FACTOR), FACTOR)
    return {"state": state, "part": part}
