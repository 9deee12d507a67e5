"""Rows that are copied or taken out: which are drawn, what goes with them, and that the data contract still holds."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from engine.execution.dataset import Dataset, dataset_from_rows
from engine.model.standard import STANDARD
from engine.results.simulate import grown_rows
from engine.results.simulate.grown_rows import Growth, TooManyRowsError, drawn, grown, rows_of_share

ROWS = {
    "area": [{"code": "US-XX", "name": "XX"}],
    "district": [{"district_id": "d1", "area": "US-XX"}],
    "school": [{"school_id": "s1", "district": "d1"}],
    "credential": [{"credential_id": "c1"}, {"credential_id": "c2"}],
    "student": [
        {"student_id": f"p{n}", "accountable_school": "s1", "class_of": "2026" if n < 5 else "2027"} for n in range(10)
    ],
    "enrollment": [{"student": f"p{n}", "school": "s1", "school_year": "2025-26"} for n in range(10)],
    "attainment": [
        {"attainment_id": f"a{n}", "student": f"p{n % 5}", "credential": "c1" if n < 5 else "c2"} for n in range(8)
    ],
    "determination": [
        {"name": "agreed", "entity": "attainment", "subject": f"a{n}", "decided_on": "2026-01-01", "decision": "yes"}
        for n in range(10)
    ],
}  # fmt: skip


def state(seed: int = 0) -> Dataset:
    """The rows in another order for each seed."""
    rows = {name: random.Random(seed).sample(found, len(found)) for name, found in ROWS.items()}
    tables = {name: STANDARD[name] for name in ROWS}
    return dataset_from_rows(tables, rows)


def column(dataset: Dataset, table: str, name: str) -> list[str]:
    found: list[str] = dataset.tables[table].columns[name].values.to_pylist()
    return found


def test_a_tenth_of_ten_rows_is_one_and_halves_go_up() -> None:
    found = [rows_of_share(10, Fraction(share, 100)) for share in (0, 4, 5, 10, -10, 15, 200)]
    assert found == [0, 0, 1, 1, 1, 2, 20]


def test_a_draw_hangs_on_seed_name_and_key_alone() -> None:
    one, two = state(1).tables["student"], state(2).tables["student"]
    every = list(range(10))
    assert drawn(1, "x", one, every, 4) == drawn(1, "x", two, [*reversed(every)], 4)
    assert drawn(1, "x", one, every, 4) == sorted(drawn(1, "x", one, every, 4))
    assert len({tuple(drawn(seed, "x", one, every, 4)) for seed in range(20)}) > 5
    assert set(drawn(1, "x", one, every, 3)) < set(drawn(1, "x", one, every, 4))


def test_a_student_is_copied_with_all_that_refers_to_it() -> None:
    found = grown(state(), Growth("student", Fraction(1, 10), "+2027"))
    (copy,) = set(column(found, "student", "student_id")) - set(column(state(), "student", "student_id"))
    person = copy.removesuffix("+2027")
    assert column(found, "enrollment", "student").count(copy) == 1
    earned = column(state(), "attainment", "student").count(person)
    assert column(found, "attainment", "student").count(copy) == earned
    copies = [code for code in column(found, "attainment", "attainment_id") if code.endswith("+2027")]
    assert len(copies) == earned
    assert [code for code in column(found, "determination", "subject") if code.endswith("+2027")] == copies


def test_one_more_attainment_is_that_of_another_student_of_the_class() -> None:
    found = grown(state(), Growth("attainment", Fraction(1, 4), "+2027"))
    assert found.tables["attainment"].row_count == 10
    pairs = list(zip(column(found, "attainment", "student"), column(found, "attainment", "credential"), strict=True))
    before = {(f"p{n % 5}", "c1" if n < 5 else "c2") for n in range(8)}
    added = [pair for pair in pairs if pair not in before]
    # all five students of the class have c1, so a copy of that stays with its student; c2 goes to p3 or p4
    assert len(pairs) - len(set(pairs)) + len(added) == 2
    assert set(added) <= {("p3", "c2"), ("p4", "c2")}


def test_fewer_and_many_more() -> None:
    fewer = grown(state(), Growth("student", Fraction(-1, 2), "-"))
    left = set(column(fewer, "student", "student_id"))
    assert len(left) == 5 and set(column(fewer, "enrollment", "student")) == left
    assert set(column(fewer, "attainment", "student")) <= left
    assert set(column(fewer, "determination", "subject")) - {"a8", "a9"} == set(
        column(fewer, "attainment", "attainment_id")
    )
    more = grown(state(), Growth("student", Fraction(5, 2), "+"))
    assert more.tables["student"].row_count == 35
    assert column(more, "student", "student_id") == sorted(set(column(more, "student", "student_id")))


def test_shuffled_rows_grow_alike() -> None:
    one, two = (grown(state(seed), Growth("attainment", Fraction(3, 8), "+")) for seed in (3, 4))
    for name in ROWS:
        for part in one.tables[name].columns:
            assert column(one, name, part) == column(two, name, part)


def state_with_code(code: str) -> Dataset:
    """The rows, and one student more who has a code."""
    student = {"student_id": code, "accountable_school": "s1", "class_of": "2027"}
    rows = {**ROWS, "student": [*ROWS["student"], student]}
    return dataset_from_rows({name: STANDARD[name] for name in rows}, rows)


def test_a_copy_takes_no_code_that_a_row_has() -> None:
    """Eleven students twice over are 33, though one of them has the code that the second copy of `p1` would have."""
    found = grown(state_with_code("p1+2027x2"), Growth("student", Fraction(2), "+2027"))
    codes = column(found, "student", "student_id")
    assert len(codes) == len(set(codes)) == 33
    assert {"p1+2027", "p1+2027x2", "p1+2027x2'", "p1+2027x2+2027x2"} <= set(codes)
    assert column(found, "attainment", "student").count("p1+2027x2") == 0
    assert column(found, "attainment", "student").count("p1+2027x2'") == 2


def test_second_copies_and_a_second_growth_do_not_meet() -> None:
    """Ten students and twice as many more are 30, and 60 once each of them is copied by another growth."""
    found = grown(grown(state(), Growth("student", Fraction(2), "+2027")), Growth("student", Fraction(1), "+2027.2"))
    for table, name, count in (("student", "student_id", 60), ("attainment", "attainment_id", 48)):
        assert len(column(found, table, name)) == len(set(column(found, table, name))) == count


@pytest.mark.parametrize(
    ("table", "share", "most", "expected"),
    [
        ("student", Fraction(5, 2), 34, ("student", 35)),
        ("student", Fraction(3), 31, ("student", 40)),
        ("school", Fraction(3), 39, ("student", 40)),
        ("student", Fraction(3), 40, None),
    ],
)
def test_no_table_grows_beyond_the_most(
    table: str, share: Fraction, most: int, expected: tuple[str, int] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three times as many more of the one school are 40 students in all, who come with it."""
    monkeypatch.setattr(grown_rows, "MOST_ROWS", most)
    if expected is None:
        assert grown(state(), Growth(table, share, "+")).tables[table].row_count == most
        return
    with pytest.raises(TooManyRowsError) as raised:
        grown(state(), Growth(table, share, "+"))
    assert (raised.value.table, raised.value.count) == expected
