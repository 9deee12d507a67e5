"""A dataset over real wages as published, with their masks and footnotes, against the same file read by hand."""

from __future__ import annotations

import csv
import gzip
import shutil
from pathlib import Path

import pytest

from tests.execution.folder import read

WAGES = Path(__file__).parents[3] / "shared" / "data" / "oews" / "oews_may2025_national_state.csv.gz"

DATASET = """\
title: Wages of two states
scope:
  areas:
    - 39
    - 01
tables:
  labor_market:
    file: wages.csv.gz
    source: Occupational Employment and Wage Statistics
    vintage: May 2025
    masks:
      8:
        why: not released
      4:
        why: published only by the hour or only by the year
    columns:
      occupation: OCC_CODE
      area: AREA
      employment:
        from: TOT_EMP
        footnote: TOT_EMP_FN
        missing: "-"
      annual_median:
        from: A_MEDIAN
        footnote: A_MEDIAN_FN
        missing: "-"
        masks:
          5:
            at_least: 239200
"""


@pytest.mark.skipif(not WAGES.exists(), reason="the published data are not beside this checkout")
def test_wages_of_two_states(tmp_path: Path) -> None:
    shutil.copy(WAGES, tmp_path / "wages.csv.gz")
    (tmp_path / "dataset.yaml").write_text(DATASET, encoding="utf-8")
    dataset, found = read(tmp_path)
    assert dataset is not None, [one.message for one in found]
    frame = dataset.tables["labor_market"]
    with gzip.open(WAGES, "rt", encoding="utf-8-sig", newline="") as stream:
        rows = {(r["AREA"], r["OCC_CODE"]): r for r in csv.DictReader(stream) if r["AREA"] in ("39", "01")}
    assert frame.row_count == len(rows) > 1000
    assert frame.left_out > 30_000
    median, jobs = frame.columns["annual_median"], frame.columns["employment"]
    assert median.high is not None and median.why is not None and jobs.values.null_count >= 0
    seen = set()
    cells = zip(
        frame.columns["area"].values.to_pylist(),
        frame.columns["occupation"].values.to_pylist(),
        median.values.to_pylist(),
        median.high.to_pylist(),
        median.why.to_pylist(),
        strict=True,
    )
    for area, code, low, high, why in cells:
        text, note = rows[area, code]["A_MEDIAN"], rows[area, code]["A_MEDIAN_FN"]
        if text != "-":
            assert low == high == int(text) * 100
        elif note == "5":
            assert (low, high, why) == (23_920_000, None, None)
        else:
            assert low is high is None
            assert why == {"8": "not released", "4": "published only by the hour or only by the year"}[note]
        seen.add(note if text == "-" else "known")
    assert seen >= {"known", "4", "5", "8"}
