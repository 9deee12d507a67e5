"""Bands and decision tables: every value fits one row, or the two places are shown."""

from __future__ import annotations

import pytest

from tests.types.policies import check, checked, codes


def bands(*rows: str, gives: str = "points") -> str:
    lines = "".join(f"      {row}\n" for row in rows)
    return f"bands:\n  index:\n    of: points\n    gives: {gives}\n    rows: |\n{lines}"


def table(*rows: str, gives: str = "USD") -> str:
    lines = "".join(f"      {row}\n" for row in ("| kind | hours | r |", *rows))
    inputs = "    inputs:\n      kind: kind\n      hours: clock_hours\n"
    return f"tables:\n  rate:\n{inputs}    gives: {gives}\n    rows: |\n{lines}"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("up to 75", "over 75", []),
        ("under 75", "from 75", []),
        ("up to 75", "from 75", ["T020"]),
        ("up to 75", "from 75, up to 90", ["T020"]),
        ("up to 80", "over 75", ["T020"]),
        ("under 75", "over 75", ["T021"]),
        ("up to 75", "over 80", ["T021"]),
        ("up to 75", "under 90", ["T020"]),
        ("over 75", "up to 75", []),
        ("from 0 to under 75", "from 75 to 100", []),
        ("up to 74.5", "over 74.5", []),
    ],
)
def test_two_bands(first: str, second: str, expected: list[str]) -> None:
    assert codes(bands(f"| {first} | x |", f"| {second} | x |")) == expected


def test_a_gap_says_where_in_the_writers_digits() -> None:
    (told,) = check(bands("| up to 74.5 | x |", "| over 80 | x |"))[1]
    assert told.message.endswith("between `74.5` and `80`") and len(told.labels) == 2
    (told,) = check(bands("| under 75 | x |", "| over 75 | x |"))[1]
    assert told.message.endswith("at `75`")


def test_the_order_of_bands_does_not_matter() -> None:
    assert codes(bands("| over 90 | x |", "| up to 75 | x |", "| over 75, up to 90 | x |")) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("| license | up to 10 | $1 |", "| license | over 10 | $2 |"), []),
        (("| license | up to 10 | $1 |", "| degree | up to 10 | $2 |"), []),
        (("| license | any | $1 |", "| license | over 10 | $2 |"), ["T020"]),
        (("| - | up to 10 | $1 |", "| degree | 10 | $2 |"), ["T020"]),
        (("| license | 10 | $1 |", "| license | 10 | $2 |"), ["T020"]),
        (("| license | 10 | $1 |", "| license | 11 | $2 |"), []),
        (("| license | from 1 to under 3 | $1 |", "| license | from 3 to 5 | not known |"), []),
    ],
)
def test_two_rows(rows: tuple[str, str], expected: list[str]) -> None:
    assert codes(table(*rows)) == expected


def test_dollars_leave_out_the_period_that_the_table_names() -> None:
    text = table("| license | any | $300 |", gives="USD/credit_hour")
    found = checked(text + "definitions:\n  credential:\n    it: rate\n").epochs[0].definitions[0].type
    assert str(found.unit) == "USD/credit_hour"


def test_bare_numbers_are_in_the_unit_that_the_table_names() -> None:
    text = table("| license | any | 0.025 |", "| - | - | 0.1 |", gives="FTE")
    found = checked(text + "definitions:\n  credential:\n    it: rate\n").epochs[0].definitions[0].type
    assert (str(found.unit), found.scale) == ("FTE", 3)


@pytest.mark.parametrize(
    ("cell", "code"), [("licence", "N005"), ("$5", "T002"), ("over 3", "T002"), ('"license"', ""), ("license", "")]
)
def test_cells_meet_the_column_where_the_table_is_used(cell: str, code: str) -> None:
    text = table(f"| {cell} | any | $1 |") + "definitions:\n  credential:\n    it: rate\n"
    assert codes(text) == ([code] if code else [])


def test_a_band_is_a_function_of_one_number() -> None:
    text = bands("| up to 75 | x * 0.9 |", "| over 75 | x |")
    assert codes(text + "definitions:\n  credential:\n    it: index(60)\n") == []
    assert codes(text + "definitions:\n  credential:\n    it: index(60, 70)\n") == ["T007"]
