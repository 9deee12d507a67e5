"""What a dataset says of the error of a column: a percent, or the column of the table that has it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from engine.execution.dataset import read_dataset
from engine.execution.dataset_error import declared_errors
from engine.model.standard import STANDARD
from engine.text.diagnostic import Diagnostics

YAML = """\
title: Errors
tables:
  area: areas.csv
  occupation: occupations.csv
  labor_market:
    file: labor_markets.csv
    columns:
      COLUMN:
        from: COLUMN
        error: ERROR
"""
NEEDED = {"labor_market": {"annual_median", "employment"}}


def read(folder: Path, column: str, error: str) -> tuple[dict[str, Decimal | str], set[str], list[str]]:
    """The errors that are declared, the columns that were read, and the complaints."""
    (folder / "dataset.yaml").write_text(YAML.replace("COLUMN", column).replace("ERROR", error), encoding="utf-8")
    (folder / "areas.csv").write_text("code\nUS\n", encoding="utf-8")
    (folder / "occupations.csv").write_text("code\n15-1252\n", encoding="utf-8")
    (folder / "labor_markets.csv").write_text(
        "occupation,area,employment,employment_error,annual_median,mean_wage_error\n15-1252,US,90,1.5,48060,0.4\n",
        encoding="utf-8",
    )
    diagnostics = Diagnostics()
    found = read_dataset(folder, STANDARD, NEEDED, diagnostics)
    codes = [one.code for one in diagnostics.sorted()]
    if found is None:
        return {}, set(), codes
    columns = NEEDED["labor_market"]
    declared = declared_errors(STANDARD["labor_market"], found.sources["labor_market"], columns)
    return declared, set(found.tables["labor_market"].columns), codes


def test_a_percent_a_column_and_the_word_of_the_model(tmp_path: Path) -> None:
    """Columns that hold errors of columns that are asked for are read with them."""
    declared, columns, codes = read(tmp_path, "annual_median", "2.5%")
    assert (declared, codes) == ({"annual_median": Decimal("0.025"), "employment": "employment_error"}, [])
    assert "employment_error" in columns and "mean_wage_error" not in columns
    declared, columns, _ = read(tmp_path, "annual_median", "mean_wage_error")
    assert declared["annual_median"] == "mean_wage_error" and "mean_wage_error" in columns
    declared, columns, _ = read(tmp_path, "employment", "3%")
    assert declared == {"employment": Decimal("0.03")} and "employment_error" not in columns


@pytest.mark.parametrize(
    ("column", "error", "code"),
    [
        ("annual_median", "$5", "D057"),
        ("annual_median", "-1%", "D057"),
        ("occupation", "1%", "D058"),
        ("wage_vintage", "1%", "D058"),
        ("annual_median", "annual_p90", "D059"),
        ("annual_median", "mean_wage_eror", "D059"),
        ("annual_median", "growth", "D059"),
    ],
)
def test_errors_that_are_none(column: str, error: str, code: str, tmp_path: Path) -> None:
    assert read(tmp_path, column, error)[2] == [code]
