"""Specie in a notebook: runs and datasets as data frames that keep every digit."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date as Date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

import specie
from engine import __version__
from engine.results.data_frame import data_frame
from engine.results.table import Cell, table
from tests.house.checkout import ROOT
from tests.small_state import write_state


@pytest.fixture
def state(tmp_path: Path) -> Path:
    write_state(tmp_path)
    return tmp_path


def test_three_lines(state: Path) -> None:
    run = specie.evaluate(state / "welding.yaml", state / "data")
    frame = run.frames["priority_list"]
    assert list(run.frames) == [one.name for one in specie.outcome(run).tables]
    assert frame is run.frames["priority_list"] and len(frame) == len(run.outcome.table("priority_list").rows)
    assert frame["key"].tolist()[:2] == ["15-1252", "51-4121"]
    assert frame["as_of"].dtype == "datetime64[s]" and frame["as_of"][0] == pd.Timestamp("2026-11-01")
    assert frame["place"].dtype == pd.ArrowDtype(pa.decimal128(18, 0)) and frame["place"].max() == 3
    assert run.arrow["priority_list"].num_rows == len(frame)


def test_a_run_shows_itself_and_says_why(state: Path) -> None:
    run = specie.evaluate(str(state / "welding.yaml"), str(state / "data"), "2026-07-02")
    assert "as of 2026-07-02" in repr(run) and "Priority list: " in repr(run)
    said = run.explain("occupation", "51-4121")
    assert said.startswith("Welders (51-4121) is on the priority list") and repr(said) == said.rstrip()
    assert said == specie.explain(
        state / "welding.yaml", state / "data", "occupation", "51-4121", as_of=Date(2026, 7, 2)
    )
    assert repr(run.frames).startswith("tables: assumptions, ")
    with pytest.raises(KeyError, match="there is no table 'payment'; there are: assumptions, "):
        run.frames["payment"]
    run.write(state / "run", "parquet")
    assert (state / "run" / "held.parquet").is_file()


def test_other_values_are_bound(state: Path) -> None:
    floor = {"parameters.wage_floor": Fraction(50_000)}
    run = specie.evaluate(state / "welding.yaml", state / "data", overrides=floor)
    assert "51-4121" not in run.frames["priority_list"].query("status == 'listed'")["key"].tolist()


def test_mistakes_are_raised(state: Path) -> None:
    (state / "welding.yaml").write_text("policy: [\n", encoding="utf-8")
    with pytest.raises(specie.PolicyError) as error:
        specie.evaluate(state / "welding.yaml", state / "data")
    assert error.value.diagnostics[0].code.startswith("Y")
    with pytest.raises(specie.PolicyError, match="D001"):
        specie.tables(state / "nothing")
    with pytest.raises(ValueError, match="day"):
        specie.evaluate(state / "welding.yaml", state / "data", "2026-02-30")


def test_a_frame_keeps_kinds_and_digits() -> None:
    cells: list[list[Cell]] = [
        ["a", Fraction(1, 8), Fraction(5, 2), True, Date(1, 1, 1), Fraction(10**20)],
        ["", None, None, None, None, None],
        ["b", Fraction(-3), Fraction(1, 100), False, Date(9999, 12, 31), Fraction(1, 10**9)],
    ]
    frame = data_frame(table("t", "key n:number amount:money seen:truth day:date wide:number", cells))
    decimals = [pd.ArrowDtype(pa.decimal128(18, 3)), pd.ArrowDtype(pa.decimal128(18, 2))]
    assert [*frame.dtypes][1:3] == decimals and frame.dtypes["wide"] == pd.ArrowDtype(pa.decimal128(38, 9))
    assert [str(one) for one in frame.dtypes][3:5] == ["boolean", "datetime64[s]"] and frame.dtypes["key"] == "str"
    assert frame["n"].sum() == Decimal("-2.875") and frame["amount"].sum() == Decimal("2.51")
    assert frame["wide"].tolist()[0] == 10**20 and frame["wide"].tolist()[2] == Decimal("0.000000001")
    assert frame["day"].tolist()[0] == pd.Timestamp(year=1, month=1, day=1) and frame.isna().sum().tolist() == [
        0,
        1,
        1,
        1,
        1,
        1,
    ]
    assert frame.groupby("seen")["amount"].sum().tolist() == [Decimal("0.01"), Decimal("2.5")]
    assert (frame["amount"] * 3).tolist()[2] == Decimal("0.03") and len(frame[frame["n"] > 0]) == 1
    assert frame["n"].astype("float64").describe()["min"] == -3
    empty = data_frame(table("t", "key n:number day:date", []))
    assert len(empty) == 0 and empty.dtypes["n"] == pd.ArrowDtype(pa.decimal128(18, 0))


def test_a_dataset_as_frames(state: Path) -> None:
    tables = specie.tables(state / "data")
    assert {"area", "occupation", "labor_market"} <= set(tables)
    market = tables["labor_market"].set_index("occupation")
    assert market["annual_median"].to_dict() == {
        "11-1011": Decimal(43900), "15-1252": Decimal(239200), "35-3023": Decimal(39510), "51-4121": Decimal(47000),
    }  # fmt: skip
    assert market["annual_median_at_most"].isna().to_dict() == {
        "11-1011": False, "15-1252": True, "35-3023": False, "51-4121": False,
    }  # fmt: skip
    assert "at_most" not in "".join(tables["occupation"].columns)


def test_tables_in_memory(state: Path) -> None:
    frames = {name: pd.read_csv(path) for name, path in (
        ("area", state / "data" / "areas.csv"), ("occupation", state / "data" / "occupations.csv"),
    )}  # fmt: skip
    frames["labor_market"] = pd.DataFrame(
        {"occupation": ["51-4121", "11-1011"], "area": ["US-XX"] * 2, "annual_median": [47000, 43900]}
    )
    run = specie.evaluate(state / "welding.yaml", specie.dataset(frames, as_of=Date(2026, 11, 1)))
    assert run.frames["priority_list"]["key"].tolist()[:2] == ["51-4121", "11-1011"]


@pytest.mark.parametrize("page", ["README.md", "docs/results.md"])
def test_the_lines_of_the_documentation_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    (block,) = re.findall(r"^```python\n(.+?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(ROOT)
    exec(block.replace('"run"', repr(str(tmp_path / "run"))), {})


def test_importing_it_loads_no_slow_library() -> None:
    code = "import sys, specie; print(sorted({'duckdb', 'pandas', 'pyarrow', 'sqlglot', 'rich', 'typer'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n" and specie.__version__ == __version__
