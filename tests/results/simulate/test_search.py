"""Searching: the same answer by halving as by trying every value, few runs, plateaus, and what is nearest."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

import pytest

from engine.results.simulate.axis import Steps
from engine.results.simulate.measure import COUNT
from engine.results.simulate.search import ALL, EVERY, GRID, HALVING, MOST, SOME, Answer, search
from engine.results.simulate.target import Goal

Gap = Callable[[Fraction], Fraction | None]


def goal(sign: str = "=") -> Goal:
    return Goal("listed", sign, None, Fraction(0), COUNT, f"listed {sign} 0")


def ends(answer: Answer) -> list[tuple[object, object]]:
    return [(one.first, one.last) for one in answer.plateaus]


def brute(sign: str, steps: Steps, gap: Gap) -> list[tuple[object, object]]:
    """The stretches in which the goal is met, by looking at each value."""
    found: list[list[Fraction]] = []
    met_before = False
    for place in range(steps.count):
        value = steps.at(place)
        known = gap(value)
        met = known is not None and {"=": known == 0, ">=": known >= 0, "<=": known <= 0}[sign]
        if met and met_before:
            found[-1][1] = value
        elif met:
            found.append([value, value])
        met_before = met
    return [(one, two) for one, two in found]


@pytest.mark.parametrize("sign", ["=", ">=", "<="])
@pytest.mark.parametrize("way", [1, -1])
def test_halving_finds_what_every_value_would(sign: str, way: int) -> None:
    chance = Random(443)
    for _ in range(60):
        count = chance.randint(1, 80)
        heights = sorted((Fraction(chance.randint(-6, 6), 2) for _ in range(count)), reverse=way < 0)
        steps = Steps(Fraction(3), Fraction(1, 2), count)
        table = {steps.at(place): height for place, height in enumerate(heights)}
        runs: list[Fraction] = []

        def gap(value: Fraction, table: dict[Fraction, Fraction] = table, runs: list[Fraction] = runs) -> Fraction:
            runs.append(value)
            return table[value]

        answer = search(goal(sign), steps, way, gap)
        assert answer.method == HALVING and len(runs) == len(set(runs)) <= 20
        assert ends(answer) == brute(sign, steps, table.__getitem__)
        if not answer.plateaus:
            assert {abs(table[value]) for value in answer.nearest} == {min(abs(one) for one in heights)}


def test_what_is_said_to_move_one_way_and_does_not_is_looked_at_otherwise() -> None:
    """The first value tried shows it: nothing is halved, and every value is tried."""
    steps = Steps(Fraction(0), Fraction(1), 11)
    answer = search(goal(), steps, 1, lambda value: 5 - value)
    assert answer.method == ALL and ends(answer) == [(5, 5)]


def test_of_a_gap_that_is_not_known_nothing_is_proved() -> None:
    steps = Steps(Fraction(0), Fraction(1), 11)
    answer = search(goal(">="), steps, 1, lambda value: None if value < 3 else value - 6)
    assert answer.method == ALL and ends(answer) == [(6, 10)] and answer.gaps[0] == (Fraction(0), None)


def test_short_ranges_are_tried_whole_and_every_plateau_is_told() -> None:
    steps = Steps(Fraction(-10), Fraction(1), 21)
    answer = search(goal(), steps, 0, lambda value: Fraction(0) if abs(value) in (4, 5) else Fraction(1))
    assert answer.method == ALL and ends(answer) == [(-5, -4), (4, 5)]


def test_of_long_ranges_turns_are_found_to_the_step() -> None:
    """A hump of which the grid sees one side: both places where it turns are found, in few runs."""
    steps = Steps(Fraction(0), Fraction(1, 100), 1_000_001)
    answer = search(goal(">="), steps, 0, lambda value: 900 - abs(value - 4_321))
    assert answer.method == SOME and ends(answer) == [(3_421, 5_221)]
    assert GRID < len(answer.gaps) < 100


def test_nearest_where_nothing_meets_it() -> None:
    steps = Steps(Fraction(0), Fraction(1), EVERY * 100)
    answer = search(goal(), steps, 0, lambda value: abs(value - 5_003) + Fraction(1, 2))
    assert answer.plateaus == () and answer.nearest == (Fraction(5_003),)
    none = search(goal(), steps, 0, lambda value: None)
    assert none.plateaus == () and none.nearest == () and len(none.gaps) <= MOST


def test_a_jump_over_the_target_has_its_neighbors_as_nearest() -> None:
    steps = Steps(Fraction(0), Fraction(1), 1_000)
    answer = search(goal(), steps, 1, lambda value: Fraction(-1) if value < 400 else Fraction(1))
    assert answer.plateaus == () and answer.nearest[-2:] != () and {399, 400} <= set(answer.nearest)
