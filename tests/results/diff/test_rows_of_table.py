"""What sets schools and districts apart: their bands of poverty, counted once more from the files."""

from __future__ import annotations

import csv
from collections import Counter
from fractions import Fraction

from engine import api
from engine.results.diff.comparison import Comparison
from engine.results.diff.rows_of_table import FEWEST_OF_A_SHARE, poverty_bands
from tests.house.checkout import ROOT

STATE = ROOT / "examples" / "state"
EXAMPLE = ROOT / "policies" / "example" / "credentials-of-value.yaml"
BANDS = {"low": (-1, 25), "mid-low": (25, 50), "mid-high": (50, 75), "high": (75, 100)}


def shares(by_district: bool) -> dict[str, Fraction]:
    """Percent of the students of whom it is known, of schools or districts with at least ten of them."""
    with (STATE / "schools.csv").open(encoding="utf-8", newline="") as file:
        district = {row["school_id"]: row["district"] for row in csv.DictReader(file)}
    poor, known = Counter[str](), Counter[str]()
    with (STATE / "students.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            school, fact = row["accountable_school"], row["economically_disadvantaged"]
            if school and fact in ("yes", "no"):
                place = district[school] if by_district else school
                known[place] += 1
                poor[place] += fact == "yes"
    return {place: Fraction(100 * poor[place], of) for place, of in known.items() if of >= FEWEST_OF_A_SHARE}


def compared() -> Comparison:
    return api.compare(EXAMPLE, EXAMPLE, STATE, causes=False)


def test_bands_of_poverty() -> None:
    outcome = compared().outcome
    assert outcome is not None
    for entity in ("school", "district"):
        expected, found = shares(entity == "district"), poverty_bands(outcome.after.run, entity)
        assert found.keys() == expected.keys() and found
        for place, band in found.items():
            low, high = BANDS[band.split(" ")[0]]
            assert low < expected[place] <= high, (place, band, expected[place])
        assert [expected[place] for place in found] == sorted(expected[place] for place in found)
