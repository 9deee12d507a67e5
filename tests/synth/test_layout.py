"""How large the parts of a made-up state are."""

from __future__ import annotations

import numpy as np
import pytest

from engine.synth.layout import MOST_SCHOOLS, make_layout

CREDENTIALS = tuple(f"c-{n:02d}" for n in range(24))


@pytest.mark.parametrize("students", [1, 39, 40, 241, 5_400, 90_000, 1_000_000])
def test_every_student_has_a_place(students: int) -> None:
    layout = make_layout(1, students, 0, CREDENTIALS)
    assert layout.starts[0] == 0 and layout.starts[-1] == students
    assert (np.diff(layout.starts) >= 0).all()
    schools = np.diff(layout.first_school)
    assert schools.min() >= 1 and schools.max() <= MOST_SCHOOLS
    assert layout.first_school[-1] == layout.schools == len(layout.spans)


def test_a_district_has_900_students_on_average_and_few_have_most() -> None:
    layout = make_layout(2, 900_000, 0, CREDENTIALS)
    assert layout.districts == 1000
    sizes = np.sort(np.diff(layout.starts[layout.first_school]))
    assert sizes[-100:].sum() > 500_000, "a tenth of the districts has more than half of the students"
    assert 5 < np.median(sizes) < 300
    assert (sizes < 25).sum() > 20, "some have fewer than ten in a class"


def test_the_order_of_codes_is_not_that_of_sizes() -> None:
    layout = make_layout(3, 90_000, 0, CREDENTIALS)
    sizes = np.diff(layout.starts[layout.first_school])
    assert 20 < (np.diff(sizes) > 0).sum() < 80
