"""The importers on the tables as published, against the same files counted by hand."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from engine.execution.dataset_rows import DatasetRows
from tests.importers.sources import (
    LONG_TERM,
    MAY_2025,
    YEAR_BEFORE,
    codes,
    dataset,
    outlook,
    published,
    rows,
    wages,
)  # fmt: skip

WAGES = [f"{unit}_{name}" for unit in "HA" for name in ("MEAN", "PCT10", "PCT25", "MEDIAN", "PCT75", "PCT90")]


def source(path: Path, delimiter: str) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wages and projections of every area in one dataset."""
    out = tmp_path_factory.mktemp("published") / "out"
    report, found = wages(MAY_2025, out=out)
    assert report is not None and found == ()
    assert (report.rows_read, report.rows_written, report.skipped) == (38_512, 38_512, {})
    marks: Counter[str] = Counter()
    for row in source(MAY_2025, ","):
        for name in ("TOT_EMP", "LOC_QUOTIENT", *WAGES):
            note = row[f"{name}_FN"]
            marks[f"{name[0] if note == '4' else ''}{note}" if row[name] == "-" else row[name] and "exact"] += 1
    errors = [row[name] for row in source(MAY_2025, ",") for name in ("EMP_PRSE", "MEAN_PRSE")]
    assert report.masked == {
        "at or above the top code": marks["5"],
        "error not available": errors.count("-"),
        "not published": marks[""],
        "not released": marks["8"],
        "published only by the hour": marks["A4"],
        "published only by the year": marks["H4"],
    }
    assert (marks["5"], marks["8"], marks["H4"], marks["A4"]) == (1_114, 8_840, 15_690, 690)
    report, found = outlook(LONG_TERM, out=out)
    assert report is not None and codes(found) == ["D052"]
    assert (report.rows_read, report.rows_written, report.skipped) == (36_628, 36_626, {"a blank row": 2})
    assert report.masked == {"no change of a base that is published as 0": 82}
    return out


@published
def test_wages_and_projections(folder: Path) -> None:
    read = dataset(folder)
    market = DatasetRows(read.tables)
    ohio = ("00-0000", "US-OH")
    assert market.cell("labor_market", ohio, "hourly_median") == Fraction(2374, 100)
    assert market.cell("labor_market", ohio, "annual_median") == 49_380
    assert market.cell("labor_market", ohio, "employment") == 5_550_180
    nation = ("00-0000", "US")
    assert market.cell("labor_market", nation, "base_employment") == 164_482_590
    assert market.cell("labor_market", nation, "growth") == Fraction(28, 1000)
    assert market.cell("labor_market", nation, "annual_openings") == 18_566_500
    assert len(read.tables["area"].columns["code"].values) == 55
    wanted = {(row["OCC_CODE"], row["AREA"]) for row in source(MAY_2025, ",")}
    wanted_too = {(row["OccCode"], row["STFIPS"].zfill(2)) for row in source(LONG_TERM, "\t") if row["OccCode"]}
    assert read.tables["labor_market"].row_count == len(wanted | wanted_too)


@published
def test_every_median_is_that_of_the_file(folder: Path) -> None:
    fips = {row["fips"] or "00": code for (code,), row in rows(folder, "areas.csv").items()}
    written = rows(folder)
    why = {"8": "not released", "4": "published only by the hour", "": ""}
    for row in source(MAY_2025, ","):
        cell = written[row["OCC_CODE"], fips[row["AREA"]]]
        text, note = row["A_MEDIAN"], row["A_MEDIAN_FN"]
        if note == "5":
            assert (cell["annual_median"], cell["annual_median_why"]) == (">=239200", "")
        else:
            assert (cell["annual_median"], cell["annual_median_why"]) == (text.strip("-"), why[note])


@published
def test_levels(folder: Path) -> None:
    levels = Counter(row["level"] for row in rows(folder, "occupations.csv").values())
    assert levels["total"] == 1
    assert levels["major"] == 22
    assert set(levels) == {"total", "major", "minor", "broad", "detailed"}


@published
def test_the_year_before(tmp_path: Path) -> None:
    assert codes(wages(YEAR_BEFORE, out=tmp_path / "out")[1]) == ["D045"]
    report, found = wages(YEAR_BEFORE, out=tmp_path / "out", release="2024")
    assert report is not None and found == ()
    marks = Counter(cell for row in source(YEAR_BEFORE, "\t") for cell in row.values())
    assert report.masked == {
        "at or above the top code": marks["#"],
        "employment not available": marks["**"],
        "wage not available": marks["*"],
    }
    assert (marks["#"], marks["*"], marks["**"]) == (3_111, 3_318, 1_353)
    assert report.rows_written == 37_609
    market = DatasetRows(dataset(tmp_path / "out").tables)
    assert market.cell("labor_market", ("00-0000", "US-OH"), "annual_median") == 48_060
    # the top code of 2019 to 2021 would be refuted by wages that stand in this table
    assert set(codes(wages(YEAR_BEFORE, out=tmp_path / "old", release="2021")[1])) == {"D047"}
