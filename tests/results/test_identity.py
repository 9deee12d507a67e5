"""The demo's tables are the same bytes whatever computes them and in whatever order its rows come."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from engine import api
from engine.execution.dataset import Dataset
from engine.execution.frame import Frame
from engine.results.outcome import outcome
from engine.results.policy_data import read_data
from engine.results.run import run_policy
from engine.results.table_file import csv_bytes
from engine.text.bundled import DEMO_DATA_NAME, DEMO_POLICY_NAME
from engine.text.diagnostic import Diagnostics
from engine.types.checked import CheckedPolicy

ROOT = Path(__file__).resolve().parents[2]
POLICY = ROOT / DEMO_POLICY_NAME
STATE = ROOT / DEMO_DATA_NAME
SHUFFLES = 20
RUN_TO_THE_END = 10
"""Every so many shuffles of the files are run; of the others it is enough that what is read is the same."""


@pytest.fixture(scope="module")
def policy() -> CheckedPolicy:
    diagnostics = Diagnostics()
    checked = api.load(POLICY, diagnostics)
    assert checked is not None and not diagnostics.has_errors
    return checked


def read(policy: CheckedPolicy, folder: Path) -> Dataset:
    diagnostics = Diagnostics()
    dataset = read_data(policy, folder, diagnostics)
    assert dataset is not None and not diagnostics.has_errors, diagnostics.sorted()
    return dataset


@pytest.fixture(scope="module")
def dataset(policy: CheckedPolicy) -> Dataset:
    return read(policy, STATE)


@pytest.fixture(scope="module")
def wanted(policy: CheckedPolicy, dataset: Dataset) -> dict[str, bytes]:
    """The tables as the reference interpreter gives them."""
    return tables(policy, dataset, "reference")


def tables(policy: CheckedPolicy, dataset: Dataset, backend: str) -> dict[str, bytes]:
    """Table → its bytes."""
    assert dataset.as_of is not None
    run = run_policy(policy, dataset, dataset.as_of, backend)
    return {one.name: csv_bytes(one) for one in outcome(run).tables}


def written(folder: Path, out: Path, backend: str, format: str = "csv") -> dict[str, bytes]:
    """File → its bytes, of a whole run from files to files."""
    api.write(api.outcome(api.evaluate(POLICY, folder, backend=backend)), out, format)
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


# -- shuffles -------------------------------------------------------------------------------------------------------


def shuffled_files(out: Path, chance: random.Random) -> Path:
    """The folder of the demo with the rows of every file in another order."""
    out.mkdir()
    for path in STATE.iterdir():
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        if path.suffix == ".csv":
            header, *rows = lines
            assert all(row.count('"') % 2 == 0 for row in rows), f"{path.name}: a record of more than one line"
            chance.shuffle(rows)
            lines = [header, *rows]
        (out / path.name).write_text("".join(lines), encoding="utf-8")
    return out


def shuffled_frames(dataset: Dataset, chance: random.Random) -> Dataset:
    """A dataset with the rows of every table in an order in which the reader never leaves them."""

    def other(frame: Frame) -> Frame:
        return frame.take(pa.array(chance.sample(range(frame.row_count), frame.row_count), pa.int64()))

    return replace(dataset, tables={name: other(frame) for name, frame in dataset.tables.items()})


def held(dataset: Dataset) -> dict[str, Any]:
    """Everything that a run can see of a dataset: values, ends of bounds and reasons, row by row."""
    return {
        f"{name}.{column}": (data.values, data.high, data.why)
        for name, frame in dataset.tables.items()
        for column, data in frame.columns.items()
    }


# -- tests ----------------------------------------------------------------------------------------------------------


def test_duckdb_gives_the_bytes_of_the_reference(tmp_path: Path) -> None:
    reference = written(STATE, tmp_path / "reference", "reference")
    duckdb = written(STATE, tmp_path / "duckdb", "duckdb")
    assert len(reference) >= 8 and "run.json" in reference
    assert duckdb == reference


@pytest.mark.parametrize("format", ["json", "parquet"])
def test_so_do_the_other_formats(tmp_path: Path, format: str) -> None:
    assert written(STATE, tmp_path / "one", "reference", format) == written(STATE, tmp_path / "two", "duckdb", format)


def test_an_order_of_rows_in_the_files_changes_no_byte(
    tmp_path: Path, policy: CheckedPolicy, dataset: Dataset, wanted: dict[str, bytes]
) -> None:
    first = held(dataset)
    orders = set()
    for number in range(SHUFFLES):
        folder = shuffled_files(tmp_path / str(number), random.Random(number))
        again = read(policy, folder)
        orders.add(str(again.tables["credential"].lines))
        assert held(again) == first, number
        if number % RUN_TO_THE_END == 0:
            assert tables(policy, again, "duckdb") == wanted, number
    assert len(orders) == SHUFFLES  # every one of them really was another order


def test_a_run_from_shuffled_files_differs_in_their_fingerprints_alone(tmp_path: Path) -> None:
    first = written(STATE, tmp_path / "first", "duckdb")
    other = written(shuffled_files(tmp_path / "shuffled", random.Random(1)), tmp_path / "second", "duckdb")
    one, two = (json.loads(files.pop("run.json")) for files in (first, other))
    assert first == other
    assert one["outputs"] == two["outputs"]
    assert one["data"].pop("files") != two["data"].pop("files")
    assert one == two


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
def test_an_order_of_rows_in_memory_changes_no_byte(
    backend: str, policy: CheckedPolicy, dataset: Dataset, wanted: dict[str, bytes]
) -> None:
    for number in range(3):
        other = shuffled_frames(dataset, random.Random(number))
        assert held(other) != held(dataset)
        assert tables(policy, other, backend) == wanted, number


@pytest.mark.long
@pytest.mark.parametrize("tenth", range(10))
def test_a_hundred_shuffles_run_to_the_end(
    tenth: int, policy: CheckedPolicy, dataset: Dataset, wanted: dict[str, bytes]
) -> None:
    for number in range(10 * tenth, 10 * tenth + 10):
        assert tables(policy, shuffled_frames(dataset, random.Random(number)), "duckdb") == wanted, number


@pytest.fixture(scope="module")
def spark() -> Iterator[None]:
    pytest.importorskip("pyspark")
    yield


@pytest.mark.spark
def test_spark_gives_the_bytes_of_the_reference(spark: None, tmp_path: Path) -> None:
    reference = written(STATE, tmp_path / "reference", "reference")
    assert written(STATE, tmp_path / "spark", "spark") == reference


@pytest.mark.spark
@pytest.mark.parametrize("number", range(3))
def test_an_order_of_rows_changes_no_byte_on_spark(
    spark: None, number: int, tmp_path: Path, policy: CheckedPolicy, wanted: dict[str, bytes]
) -> None:
    folder = shuffled_files(tmp_path / "shuffled", random.Random(number))
    shuffled = shuffled_frames(read(policy, folder), random.Random(number))
    assert tables(policy, shuffled, "spark") == wanted
