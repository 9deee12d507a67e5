"""The rows of attainments: who earned what, when, with whom, and how well it is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..model.schools import VERIFICATION
from .arrays import Array, codes, day, days, only_where, school_years, whole, width, words_of
from .codes import school_codes
from .draws import Ints, below, chance, pick, shuffled
from .layout import Layout
from .organizations import teacher_codes
from .people import FIRST_YEAR, THIS_YEAR, class_of, moves, positions, school_at, teacher_near
from .students import student_codes

MOST_ROUNDS = 20
"""Full rounds at most; the credentials are enough for twice as many."""

NOT_REPORTED = "not reported by the school"

_IN_A_ROUND = (7, 10)
"""The part of all students who can earn one more in the same round."""

_OF_THE_REST = (55, 100)
_LEAST = 200
"""A round has at least this part of all attainments, so that there are not many small ones."""

_POOL = 6
_WANTED = (40, 25, 15, 10, 6, 4)
"""How often the credentials of a pool are earned; later ones of a larger pool count among these."""

_GRADES_BACK = (52, 29, 14, 5)
_BEFORE = 650
"""Of 1,000 awards of the year that has only begun, those that are of the year before instead."""

_VERIFIED = (5, 22, 36, 6, 22, 9)
_TESTS = ((12, 12), (3, 20), (4, 15), (4, 30), (5, 6), (5, 8), (5, 13), (5, 15), (5, 20), (5, 22), (5, 27), (6, 30))
_TESTS_NOW = ((9, 15), (9, 30), (10, 14), (10, 21))
_DELIVERED_EVERY = 14


@dataclass(frozen=True, slots=True, eq=False)
class Rounds:
    """Attainments come in rounds, in which no student has two: `starts` are their first rows, and the end of the
    last.
    """

    starts: Ints


def make_rounds(layout: Layout) -> Rounds:
    """A bit more than half of what is left in each round, as far as there are students for it."""
    most = max(1, layout.students * _IN_A_ROUND[0] // _IN_A_ROUND[1])
    starts, rest = [0], layout.attainments
    while rest:
        size = max(rest * _OF_THE_REST[0] // _OF_THE_REST[1], layout.attainments // _LEAST) + 1
        size = min(size, most, rest)
        starts.append(starts[-1] + size)
        rest -= size
    return Rounds(np.array(starts, dtype=np.int64))


def earned(layout: Layout, rounds: Rounds, rows: Ints) -> tuple[Ints, Ints]:
    """The student and the credential of each row: no pair comes twice.

    In a round each student of a permutation has one place. The credentials stand in pools; a student's next round is
    their next pool and, when all have been, the next credential of the pool.
    """
    seed, numbers = layout.seed, np.searchsorted(rounds.starts, rows, side="right").astype(np.int64) - 1
    students = np.empty(len(rows), dtype=np.int64)
    for number in range(int(numbers.min(initial=0)), int(numbers.max(initial=0)) + 1):
        of = numbers == number
        students[of] = shuffled(seed, f"attainment.round/{number}", rows[of] - rounds.starts[number], layout.students)
    return students, _credential(layout, students, numbers)


def _credential(layout: Layout, students: Ints, numbers: Ints) -> Ints:
    count = len(layout.credentials)
    pools = max(1, count // _POOL)
    order = shuffled(layout.seed, "credential.order", np.arange(count, dtype=np.int64), count)
    pool = (below(layout.seed, "student.pool", students, pools) + numbers) % pools
    size = (count - pool + pools - 1) // pools
    likes = pick(layout.seed, "student.credential", students * pools + pool, _WANTED)
    return np.asarray(order[pool + (likes + numbers // pools) % size * pools])


def most_attainments(students: int, credentials: int) -> int:
    """How many attainments can be made without giving a student one credential twice."""
    return max(1, students * _IN_A_ROUND[0] // _IN_A_ROUND[1]) * min(MOST_ROUNDS, credentials // 2)


def attainment_rows(layout: Layout, rounds: Rounds, rows: Ints) -> dict[str, Array]:
    """The rows of the table `attainment` with these numbers, in their order."""
    seed = layout.seed
    students, credentials = earned(layout, rounds, rows)
    classes = class_of(layout, students)
    home = school_at(layout, positions(layout, students))
    moved, moved_year, left_school = moves(layout, students, home, classes)
    back = pick(seed, "attainment.grades_back", rows, _GRADES_BACK)
    began = np.clip(classes - 1 - back, np.maximum(FIRST_YEAR, classes - 4), THIS_YEAR)
    began -= (began == THIS_YEAR) & chance(seed, "attainment.before", rows, _BEFORE)
    schools = np.where(moved & (began < moved_year), left_school, home)
    awarded = _award_days(seed, rows, began)
    unverified = chance(seed, "attainment.unverified", rows, 38)
    return {
        "attainment_id": codes("A", rows + 1, width(layout.attainments, 8)),
        "student": student_codes(layout, students),
        "credential": words_of(layout.credentials, credentials),
        "award_date": days(awarded, chance(seed, "attainment.undated", rows, 25)),
        "verification": words_of(VERIFICATION, pick(seed, "attainment.verification", rows, _VERIFIED), unverified),
        "verification_why": only_where(NOT_REPORTED, unverified),
        "grade": whole(12 - (classes - 1 - began), chance(seed, "attainment.grade_unknown", rows, 20)),
        "school_year": school_years(began),
        "school": school_codes(layout, schools, chance(seed, "attainment.school_unknown", rows, 6)),
        "teacher": teacher_codes(
            layout,
            teacher_near(layout, "attainment.teacher", rows, schools),
            chance(seed, "attainment.teacher_unknown", rows, 60),
        ),
        "received_on": days(_received(seed, rows, awarded), chance(seed, "attainment.unreceived", rows, 7)),
    }


def _award_days(seed: int, rows: Ints, began: Ints) -> Ints:
    """Most fall on the days on which many are tested, so that there are ties; the others on any day of the year."""
    tests = np.array([_test_days(year) for year in range(FIRST_YEAR, THIS_YEAR + 1)], dtype=np.int64)
    opens = np.array([day(year, 8, 20) for year in range(FIRST_YEAR, THIS_YEAR + 1)], dtype=np.int64)
    at = began - FIRST_YEAR
    tested = tests[at, pick(seed, "attainment.test", rows, (1,) * tests.shape[1])]
    any_day = opens[at] + below(seed, "attainment.day", rows, np.where(began == THIS_YEAR, 70, 297))
    return np.where(chance(seed, "attainment.tested", rows, 700), tested, any_day)


def _test_days(began: int) -> list[int]:
    if began == THIS_YEAR:
        return [day(began, *_TESTS_NOW[n % len(_TESTS_NOW)]) for n in range(len(_TESTS))]
    return [day(began + (month < 8), month, of_month) for month, of_month in _TESTS]


def _received(seed: int, rows: Ints, awarded: Ints) -> Ints:
    """Records come with the deliveries of every second week, some of them months late, none after 30 October 2026."""
    first = day(FIRST_YEAR, 9, 1)
    wait = 3 + below(seed, "attainment.wait", rows, 45)
    wait += np.where(chance(seed, "attainment.late", rows, 25), 200, 0)
    delivered = -(-(awarded + wait - first) // _DELIVERED_EVERY) * _DELIVERED_EVERY + first
    return np.asarray(np.minimum(delivered, day(THIS_YEAR, 10, 30)))
