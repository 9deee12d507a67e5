"""Files whose bytes do not depend on how the rows were batched."""

from __future__ import annotations

from datetime import date as Date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from engine.synth import table_writer as module
from engine.synth.arrays import codes, days, decimals, only_where, school_years, truths, whole, words_of
from engine.synth.table_writer import table_writer

NUMBERS = np.array([0, 9, 120], dtype=np.int64)
GONE = np.array([False, True, False])


def write(path: Path, cuts: list[int]) -> bytes:
    """The bytes of 1,000 rows written in batches that end at `cuts`."""
    rows = np.arange(1000, dtype=np.int64)
    with table_writer(path, path.suffix[1:]) as writer:
        for begin, end in zip([0, *cuts], [*cuts, 1000], strict=True):
            part = rows[begin:end]
            writer.write({"student_id": codes("S", part, 4), "even": truths(part % 2 == 0, part % 7 == 0)})
    return path.read_bytes()


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_batches_leave_no_trace(ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROW_GROUP", 300)
    made = {write(tmp_path / f"{n}.{ending}", cuts) for n, cuts in enumerate(([], [1], [300, 600], [299, 301, 900]))}
    assert len(made) == 1


def test_row_groups_are_of_one_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROW_GROUP", 300)
    write(tmp_path / "a.parquet", [650])
    about = parquet.ParquetFile(tmp_path / "a.parquet").metadata
    assert [about.row_group(n).num_rows for n in range(about.num_row_groups)] == [300, 300, 300, 100]
    assert about.metadata is None, "nothing is written beside the schema"


def columns() -> dict[str, object]:
    return {
        "code": codes("A", NUMBERS, 3),
        "maybe_code": codes("A", NUMBERS, 3, GONE),
        "word": words_of(["x", "y"], np.array([0, 0, 1], dtype=np.int64), GONE),
        "why": only_where("not known", GONE),
        "count": whole(NUMBERS, GONE),
        "truth": truths(np.array([True, True, False]), GONE),
        "day": days(NUMBERS, GONE),
        "year": school_years(np.array([1999, 2009, 2026], dtype=np.int64)),
        "money": decimals(NUMBERS, 2, 11, GONE),
    }


def test_the_standard_form(tmp_path: Path) -> None:
    with table_writer(tmp_path / "a.csv", "csv") as writer:
        writer.write(columns())
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines() == [
        "code,maybe_code,word,why,count,truth,day,year,money",
        "A000,A000,x,,0,yes,1970-01-01,1999-00,0.00",
        "A009,,,not known,,,,2009-10,",
        "A120,A120,y,,120,no,1970-05-01,2026-27,1.20",
    ]


def test_the_types_in_parquet(tmp_path: Path) -> None:
    with table_writer(tmp_path / "a.parquet", "parquet") as writer:
        writer.write(columns())
    read = parquet.read_table(tmp_path / "a.parquet")
    assert [str(kind) for kind in read.schema.types] == [
        "string", "string", "string", "string", "int32", "bool", "date32[day]", "string", "decimal128(11, 2)",
    ]  # fmt: skip
    assert read.to_pylist()[2] == {
        "code": "A120", "maybe_code": "A120", "word": "y", "why": None, "count": 120, "truth": False,
        "day": Date(1970, 5, 1), "year": "2026-27", "money": Decimal("1.20"),
    }  # fmt: skip


def test_a_text_that_would_need_quotes_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(pa.ArrowInvalid), table_writer(tmp_path / "a.csv", "csv") as writer:
        writer.write({"text": pa.array(["a,b"])})
