"""The frame of a made-up state: how many districts, schools and teachers there are, and how large each is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .draws import Ints, below, chance, pick

PER_DISTRICT = 900
"""Students of the dataset (grades 9 to 12 and earlier classes) in the middling district."""

PER_TEACHER = 8
MOST_SCHOOLS = 30
"""Of one district."""

_TINY = 110
"""Of 1,000 districts, those that are smaller by a factor of 6 than their place in the order."""

SPANS = ((9, 12), (7, 12), (0, 12), (6, 12))
"""Lowest and highest grades of schools."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Layout:
    """What is fixed before the first row is written.

    Students stand at positions 0 to below `students`; a school holds those from `starts[s]` to below `starts[s + 1]`,
    a district the schools from `first_school[d]` to below `first_school[d + 1]`. `district_of` is the district of each
    school; `spans` the index of its grades in `SPANS`. `credentials` are those that can be earned.
    """

    seed: int
    students: int
    attainments: int
    credentials: tuple[str, ...]
    starts: Ints
    district_of: Ints
    first_school: Ints
    spans: Ints
    teachers: int

    @property
    def schools(self) -> int:
        """How many schools there are."""
        return len(self.district_of)

    @property
    def districts(self) -> int:
        """How many districts there are."""
        return len(self.first_school) - 1


def make_layout(seed: int, students: int, attainments: int, credentials: tuple[str, ...]) -> Layout:
    """Districts about one for 900 students (a small state has a few), few of them large and many small."""
    districts = max(min(6, max(1, students // 40)), students // PER_DISTRICT)
    sizes = _shares(students, _district_weights(seed, districts))
    schools = np.minimum(MOST_SCHOOLS, 1 + sizes * districts * 2 // students)
    first_school = _cumulated(schools)
    district_of = np.repeat(np.arange(districts, dtype=np.int64), schools)
    held = [_shares(int(size), _school_weights(int(count))) for size, count in zip(sizes, schools, strict=True)]
    every = np.arange(len(district_of), dtype=np.int64)
    spans = pick(seed, "school.span", every, (64, 16, 8, 12))
    spans = np.where(np.repeat(schools, schools) == 1, 2, spans)  # the only school of a district teaches every grade
    return Layout(
        seed=seed,
        students=students,
        attainments=attainments,
        credentials=credentials,
        starts=_cumulated(np.concatenate(held)),
        district_of=district_of,
        first_school=first_school,
        spans=spans,
        teachers=max(1, students // PER_TEACHER),
    )


def _district_weights(seed: int, districts: int) -> Ints:
    """Sizes fall with the power 5/4 of the place; the order of codes is not that of sizes."""
    every = np.arange(districts, dtype=np.int64)
    places = np.argsort(below(seed, "district.place", every, 2**31), kind="stable") + 2
    tiny = chance(seed, "district.tiny", every, _TINY)
    roots = np.array([_fourth_root(int(place) ** 5 << 32) for place in places], dtype=np.int64)
    weights = np.asarray((1 << 50) // roots)
    return np.where(tiny & (places > 8), weights // 6, weights)


def _fourth_root(number: int) -> int:
    """The whole part of the fourth root, by Newton's method in integers."""
    root = 1 << (number.bit_length() // 4 + 1)
    while True:
        nearer = (3 * root + number // root**3) // 4
        if nearer >= root:
            return root
        root = nearer


def _school_weights(schools: int) -> Ints:
    return np.asarray(100_000 // (np.arange(schools, dtype=np.int64) + 3))


def _shares(whole: int, weights: Ints) -> Ints:
    """The whole cut into parts as large as the weights say, to the next whole number; their sum is the whole."""
    total = sum(int(weight) for weight in weights)
    ends, running = [0], 0
    for weight in weights:
        running += int(weight)
        ends.append(whole * running // total)
    cuts = np.array(ends, dtype=np.int64)
    return cuts[1:] - cuts[:-1]


def _cumulated(sizes: Ints) -> Ints:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes, dtype=np.int64)])
