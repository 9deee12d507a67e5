"""Published wages and projections: imported as the engine does it, and read again by other means to compare with."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from engine.execution.dataset import Dataset
from engine.results.policy_data import read_data
from engine.text.diagnostic import Diagnostics
from engine.types.checked import CheckedPolicy
from tests.policies.bundled import REAL

WAGES = REAL / "oews" / "oews_may2025_national_state.csv.gz"
PROJECTIONS = REAL / "projections" / "projections_central_long_term.tsv.gz"
FIPS = {"US-OH": "39", "US-KY": "21", "US-IN": "18"}


@dataclass(frozen=True, slots=True)
class Market:
    """What the two files say of an occupation in a state; nothing where they do not say it.

    `hourly_median` of a top-coded wage is the top code itself, which is above everything that it is compared with here.
    """

    group: bool
    hourly_median: Fraction | None = None
    base: int | None = None
    projected: int | None = None
    openings: int | None = None


def imported(folder: Path, areas: tuple[str, ...], policy: CheckedPolicy) -> Dataset:
    """The dataset that the importers make of the files for some states; the test is skipped where they are absent."""
    for file in (WAGES, PROJECTIONS):
        if not file.is_file():
            pytest.skip(f"{file.name} is not there: it is no part of the checkout")
    from engine.importers.oews import import_oews
    from engine.importers.projections import import_projections

    diagnostics = Diagnostics()
    import_oews([WAGES], folder, diagnostics, areas=areas)
    import_projections([PROJECTIONS], folder, diagnostics, areas=areas)
    found = read_data(policy, folder, diagnostics)
    assert found is not None, [one.message for one in diagnostics.sorted()]
    return found


def markets(areas: tuple[str, ...]) -> dict[tuple[str, str], Market]:
    """(area, occupation) → what the files say, read without the engine."""
    area_of = {FIPS[area]: area for area in areas}
    wages = {(area_of[row["AREA"]], row["OCC_CODE"]): row for row in _read(WAGES, ",") if row["AREA"] in area_of}
    projections = {
        (area_of[row["STFIPS"]], row["OccCode"]): row for row in _read(PROJECTIONS, "\t") if row["STFIPS"] in area_of
    }
    return {key: _market(key[1], wages.get(key), projections.get(key)) for key in wages.keys() | projections.keys()}


def _market(code: str, wage: dict[str, str] | None, outlook: dict[str, str] | None) -> Market:
    median = None
    if wage and wage["H_MEDIAN_FN"] == "5":
        median = Fraction(115)
    elif wage and not wage["H_MEDIAN_FN"]:
        median = Fraction(wage["H_MEDIAN"])
    group = wage["O_LEVEL"] == "0" if wage else code[-1] == "0"
    if outlook is None:
        return Market(group, median)
    return Market(group, median, int(outlook["Base"]), int(outlook["Projected"]), int(outlook["AvgAnnualOpenings"]))


def _read(file: Path, delimiter: str) -> Iterator[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines, delimiter=delimiter)
