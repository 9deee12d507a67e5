"""Draws hang on seed, name, key and number alone; normal, even and triangular ones are what they are called."""

from __future__ import annotations

from collections import Counter
from decimal import localcontext
from fractions import Fraction
from hashlib import blake2b
from statistics import NormalDist

import pytest

from engine.results.simulate.uncertainty.interval import Chance, chance, interval, quantile
from engine.results.simulate.uncertainty.lot import Lot
from engine.results.simulate.uncertainty.normal import UNIT, deviations, thresholds
from engine.results.simulate.uncertainty.spread import Even, Normal, Triangular, chosen

WORDS = [word for block in range(2_500) for word in Lot(7, ("column", "t", "c"), ("k",)).words(block)]
"""20,000 draws of one cell."""


def by_hand(seed: int, texts: list[str], draw: int) -> int:
    """The word of a draw as docs/simulate.md describes it."""
    parts = [text.encode() for text in (str(seed), *texts)]
    framed = b"".join(len(part).to_bytes(8, "big") + part for part in parts) + (draw // 8).to_bytes(8, "big")
    digest = blake2b(framed, digest_size=64, person=b"specie draw 1").digest()
    return int.from_bytes(digest[draw % 8 * 8 : draw % 8 * 8 + 8], "big")


def test_a_draw_is_a_hash() -> None:
    lot = Lot(2026, ("column", "labor_market", "annual_median"), ("15-1252", "US-OH"))
    texts = ["column", "labor_market", "annual_median", "15-1252", "US-OH"]
    assert [lot.word(draw) for draw in (0, 7, 8, 999)] == [by_hand(2026, texts, draw) for draw in (0, 7, 8, 999)]
    # these are pinned: another engine, another day, another machine
    assert [lot.word(draw) for draw in range(3)] == PINNED


PINNED = [14168218579207192147, 9146912409141728526, 4728098864430382315]


def test_texts_do_not_run_into_each_other() -> None:
    assert Lot(1, ("ab", "c")).word(0) != Lot(1, ("a", "bc")).word(0)
    assert Lot(1, ("a",), ("b",)).word(0) != Lot(11, ("a",), ("b",)).word(0)


def test_the_normal_distribution_is_that_of_the_library() -> None:
    """Its own distribution function is of floats, good to 16 digits: here it is the independent witness."""
    known = NormalDist()
    assert len(thresholds()) == 4353 and thresholds()[0] == 0 and thresholds()[-1] == 2**48
    for step in range(-1500, 1501, 125):
        expected = Fraction(known.cdf(step / 256))
        assert abs(Fraction(thresholds()[step + 2176], 2**48) - expected) < Fraction(1, 10**13)
    for part in ("0.0005", "0.025", "0.3", "0.5", "0.84", "0.999"):
        found = Fraction(deviations(int(Fraction(part) * 2**64)), UNIT)
        assert abs(found - Fraction(known.inv_cdf(float(Fraction(part))))) < Fraction(1, 100_000)


def test_the_ends_of_the_normal_distribution() -> None:
    least, most = (Fraction(deviations(word), UNIT) for word in (0, 2**64 - 1))
    assert -9 < least < -7 and 7 < most < 9
    assert deviations(2**63) == 0
    assert [deviations(word) for word in (2**60, 2**61, 2**62, 2**64 - 2**60)] == NORMALS


NORMALS = [-6589007353, -4940722388, -2896916307, 6589007352]


def test_normal_draws() -> None:
    """Of 20,000 draws the mean is within four of its standard errors (0.007 deviations), the tails hold what they should."""
    found = [Normal(Fraction(50_000), Fraction(1_000), 0, 99_999).at(word) for word in WORDS]
    mean = Fraction(sum(found), len(found))
    assert abs(mean - 50_000) < 29
    variance = sum((one - mean) ** 2 for one in found) / len(found)
    assert 980**2 < variance < 1_020**2
    beyond = [sum(abs(one - 50_000) > 1_000 * Fraction(times) for one in found) for times in ("1", "1.96", "3")]
    assert abs(beyond[0] - 6_346) < 270 and abs(beyond[1] - 1_000) < 125 and abs(beyond[2] - 54) < 30


def test_what_is_held_and_rounded() -> None:
    narrow = Normal(Fraction(10), Fraction(100), 0, 20)
    found = Counter(narrow.at(word) for word in WORDS[:2_000])
    assert min(found) == 0 and max(found) == 20 and found[0] > 800 and found[20] > 800
    assert Normal(Fraction(5, 2), Fraction(1), -9, 9).at(2**63) == 3  # half away from zero
    assert Normal(Fraction(-5, 2), Fraction(1), -9, 9).at(2**63) == -3


def test_even_draws() -> None:
    assert [Even(10, 49).at(word) for word in (0, 2**64 - 1, 2**63)] == [10, 49, 30]
    counts = Counter(Even(1, 10).at(word) for word in WORDS)
    assert sorted(counts) == list(range(1, 11)) and all(abs(count - 2_000) < 170 for count in counts.values())


def test_triangular_draws() -> None:
    """From 0 over 3 to 10 the mean is 13/3, and 30% lie left of the tip."""
    one = Triangular(0, 3_000, 10_000)
    assert [one.at(word) for word in (0, 2**64 - 1)] == [0, 10_000]
    found = [one.at(word) for word in WORDS]
    assert abs(Fraction(sum(found), len(found)) - Fraction(13_000, 3)) < 60
    assert abs(sum(value < 3_000 for value in found) - 6_000) < 260
    assert Triangular(5, 5, 9).at(0) == 5 and Triangular(5, 9, 9).at(2**64 - 1) == 9


def test_weighted_draws() -> None:
    assert [chosen([1, 2, 1], part * 2**62) for part in range(4)] == [0, 1, 1, 2]


def test_order_statistics_are_those_of_a_list_in_order() -> None:
    values = [Fraction(word % 1_000, 7) for word in WORDS[:333]]
    ordered = sorted(values)
    for part in (Fraction(1, 20), Fraction(1, 2), Fraction(19, 20)):
        least = next(one for one in ordered if sum(other <= one for other in values) >= part * len(values))
        assert quantile(ordered, part) == least
    found = interval([*values, None])
    assert (found.known, found.draws) == (333, 334)
    assert found.mean is not None and abs(found.mean - sum(values, Fraction(0)) / 333) < Fraction(1, 10**11)
    assert (found.low, found.middle, found.high) == (ordered[16], ordered[166], ordered[316])
    assert interval([None]).mean is None


def test_the_mean_of_money_is_exact() -> None:
    assert interval([Fraction(1, 100), Fraction(2, 100)]).mean == Fraction(15, 1000)


@pytest.mark.parametrize(
    ("times", "draws", "low", "high"),
    [(0, 10, "0", "0.277541"), (3, 10, "0.107789", "0.603227"), (10, 10, "0.722459", "1"), (500, 1000, "0.469069", "0.530931")],
)  # fmt: skip
def test_wilson(times: int, draws: int, low: str, high: str) -> None:
    """Wilson's interval for 0, 3 and 10 of 10 is 0 to 27.75%, 10.78% to 60.32%, 72.25% to 100% (z = 1.96)."""
    assert Chance(times, draws).ends == (Fraction(low), Fraction(high))


def test_a_chance_of_which_some_draws_do_not_tell() -> None:
    found = chance([True, None, False, None])
    assert (found.times, found.draws, found.open, found.share) == (1, 4, 2, None)
    assert found.ends == (Chance(1, 4).ends[0], Chance(3, 4).ends[1])


def test_the_table_hangs_on_no_precision_of_decimals() -> None:
    """Whoever calls may round their own decimals as they like."""
    made = thresholds()
    thresholds.cache_clear()
    with localcontext() as context:
        context.prec = 6
        assert thresholds() == made
