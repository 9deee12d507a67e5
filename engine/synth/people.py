"""What is fixed about students before their rows are written: class, school, the years enrolled, a change of school."""

from __future__ import annotations

import numpy as np

from .draws import Ints, Truths, below, chance, pick, shuffled
from .layout import PER_TEACHER, Layout

RATED = 2026
"""The class of the year that is rated; it is the largest, the others are there for pooling and for awards of today."""

FIRST_YEAR = 2023
THIS_YEAR = 2026
"""The school years in the dataset, by the years in which they begin; the last one has just begun."""

_CLASSES = (2024, 2025, 2026, 2027, 2028)
_OF_CLASS = (14, 20, 40, 16, 10)

_MOVED = 45
"""Of 1,000 students, those who change the school within the state."""


def positions(layout: Layout, students: Ints) -> Ints:
    """Where each student stands: a permutation, so that schools have the sizes of the layout."""
    return shuffled(layout.seed, "student.position", students, layout.students)


def school_at(layout: Layout, positions: Ints) -> Ints:
    """The school that holds a position."""
    return np.searchsorted(layout.starts, positions, side="right").astype(np.int64) - 1


def class_of(layout: Layout, students: Ints) -> Ints:
    """The year in which the class of each student graduates."""
    return np.asarray(_CLASSES, dtype=np.int64)[pick(layout.seed, "student.class_of", students, _OF_CLASS)]


def years_enrolled(classes: Ints) -> tuple[Ints, Ints]:
    """The first and the last school year in which students of a class are in grades 9 to 12 and in the dataset."""
    return np.maximum(FIRST_YEAR, classes - 4), np.minimum(THIS_YEAR, classes - 1)


def moves(layout: Layout, students: Ints, schools: Ints, classes: Ints) -> tuple[Truths, Ints, Ints]:
    """Who changes the school, the school year in which they do, and the school that they leave."""
    if layout.schools == 1:
        return np.zeros(len(students), dtype=np.bool_), classes, schools
    first, last = years_enrolled(classes)
    moved = chance(layout.seed, "student.moved", students, _MOVED)
    year = first + below(layout.seed, "student.moved_year", students, last - first + 1)
    steps = 1 + below(layout.seed, "student.moved_from", students, layout.schools - 1)
    return moved, year, (schools + steps) % layout.schools


def teacher_near(layout: Layout, name: str, rows: Ints, schools: Ints) -> Ints:
    """A teacher of the school for each row, the first ones more often; of a neighbour where it is too small for one."""
    low = -(-layout.starts[schools] // PER_TEACHER)
    high = -(-layout.starts[schools + 1] // PER_TEACHER)
    count = np.maximum(1, high - low)
    likelier = np.minimum(below(layout.seed, name, rows, count), below(layout.seed, f"{name}/2", rows, count))
    return np.minimum(low + likelier, layout.teachers - 1)
