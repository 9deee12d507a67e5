"""Small publishers' tables for tests of the importers, and the real ones where they are beside this checkout."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.execution.dataset import Dataset, read_dataset
from engine.importers.oews import import_oews
from engine.importers.projections import import_projections
from engine.importers.report import ImportReport
from engine.model.standard import STANDARD
from engine.text.diagnostic import Diagnostic, Diagnostics

PUBLISHED = Path(__file__).parents[3] / "shared" / "data"
MAY_2025 = PUBLISHED / "oews" / "oews_may2025_national_state.csv.gz"
YEAR_BEFORE = PUBLISHED / "oews" / "oews_prior_year_state.tsv.gz"
LONG_TERM = PUBLISHED / "projections" / "projections_central_long_term.tsv.gz"

published = pytest.mark.skipif(not MAY_2025.exists(), reason="the published data are not beside this checkout")

NOTED = """\
areatype,AREA,AREA_TITLE,OCC_CODE,OCC_TITLE,O_LEVEL,TOT_EMP,H_MEAN,H_MEDIAN,A_MEDIAN,LOC_QUOTIENT,\
TOT_EMP_FN,H_MEAN_FN,H_MEDIAN_FN,A_MEDIAN_FN,LOC_QUOTIENT_FN
N,00,National,00-0000,All Occupations,0,1000,30.00,24.51,50980,,,,,,
S,39,Ohio,00-0000,All Occupations,0,900,29.00,23.74,49380,1.00,,,,,
S,39,Ohio,13-1020,Buyers,3,90,29.00,23.74,49380,1.25,,,,,
S,39,Ohio,25-2031,Secondary School Teachers,3,80,-,-,70010,1.25,,4,4,,
S,39,Ohio,27-2011,Actors,3,-,25.10,20.05,-,-,8,,,4,8
S,39,Ohio,29-1215,Family Medicine Physicians,3,70,-,-,-,0.75,,5,5,5,
S,01,Alabama,29-1000,"Practitioners, Diagnosing",1,60,-,-,-,0.75,,8,8,8,
"""
"""A table with footnotes. Only the national and Ohio's first wages are real."""

MARKED = """\
PRIM_STATE\tOCC_CODE\tOCC_TITLE\tTOT_EMP\tA_MEAN\tA_MEDIAN\tA_PCT90
OH\t00-0000\tAll Occupations\t5,526,300\t62,280\t48,060\t103,800
OH\t13-1020\tBuyers\t**\t62,280\t48,060\t103,800
OH\t29-1215\tFamily Medicine Physicians\t70\t300,010\t#\t#
VI\t29-1216\tGeneral Internists\t60\t*\t*\t*
"""
"""An older table, with symbols. Only Ohio's first row is real."""

OUTLOOK = """\
Title\tBase\tProjected\tPercentChange\tAvgAnnualOpenings\tSTFIPS\tOccCode\t\t
Total, All Occupations\t164482590\t169148090\t2.8\t18566500\t0\t00-0000\t\t
Software Developers (SOC 2018)\t1000\t1200\t20\t100\t1\t15-1252\t\t
Bridge and Lock Tenders\t0\t0\t0\t0\t39\t53-6011\t\t
All\t1,000\t950\t-5.0\t90\t39\t00-0000\t\t
\t\t\t\t\t\t\t\t
\t\t\t\t\t\t\t\t
"""
"""A table of projections. Only the nation's row is real."""


def put(folder: Path, name: str, text: str) -> Path:
    """The text as a file, packed where its name ends in .gz."""
    path = folder / name
    data = text.encode("utf-8")
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def wages(*files: Path, out: Path, **options: object) -> tuple[ImportReport | None, tuple[Diagnostic, ...]]:
    """What the importer of wages reports and complains of."""
    diagnostics = Diagnostics()
    report = import_oews(files, out, diagnostics, **options)  # type: ignore[arg-type]
    return report, diagnostics.sorted()


def outlook(*files: Path, out: Path, **options: object) -> tuple[ImportReport | None, tuple[Diagnostic, ...]]:
    """What the importer of projections reports and complains of."""
    diagnostics = Diagnostics()
    report = import_projections(files, out, diagnostics, **options)  # type: ignore[arg-type]
    return report, diagnostics.sorted()


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    """The codes of complaints."""
    return [one.code for one in found]


def rows(folder: Path, file: str = "labor_markets.csv") -> dict[tuple[str, ...], Mapping[str, str]]:
    """The rows of a table that an import wrote, by key, read without the engine."""
    with (folder / file).open(encoding="utf-8", newline="") as stream:
        read = list(csv.DictReader(stream))
    key = ("occupation", "area") if file == "labor_markets.csv" else ("code",)
    return {tuple(row[name] for name in key): row for row in read}


def dataset(folder: Path) -> Dataset:
    """The folder as the engine reads it, under the whole data contract and without a complaint."""
    diagnostics = Diagnostics()
    read = read_dataset(folder, STANDARD, None, diagnostics)
    assert [(one.code, one.message) for one in diagnostics.sorted()] == []
    assert read is not None
    return read
