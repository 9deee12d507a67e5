"""The cases of the bundled policies pass, and leave no rule out."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import api
from engine.results.cases.cases import runs_of
from engine.results.outcome import outcome
from engine.results.run import Run
from engine.results.table_file import table_files
from tests.house.checkout import ROOT

FILES = sorted((ROOT / "policies").rglob("*.cases.yaml"))


@pytest.mark.parametrize("path", FILES, ids=[path.name.removesuffix(".cases.yaml") for path in FILES])
def test_cases(path: Path) -> None:
    found = api.test([path])
    assert [f"{one.code} {one.message}" for one in found.diagnostics] == []
    assert [(one.name, [f"{f.what}: {f.expected}, got {f.got}" for f in one.failures]) for one in found.cases] == [
        (one.name, []) for one in found.cases
    ]
    assert found.cases and found.passed == len(found.cases)
    assert [one.path for one in found.unhit] == []


def test_no_bundled_policy_is_complained_of() -> None:
    found = api.check([ROOT / "policies"])
    assert [f"{one.span.source.name}: {one.code} {one.message}" for one in found.diagnostics] == []


def test_every_bundled_policy_has_cases() -> None:
    policies = [path for path in (ROOT / "policies").rglob("*.yaml") if not path.name.endswith(".cases.yaml")]
    assert [path.name for path in policies if path.with_name(f"{path.stem}.cases.yaml") not in FILES] == []


@pytest.mark.parametrize("folder", ["federal", pytest.param("", marks=pytest.mark.long, id="all")])
def test_another_backend_gives_the_same(folder: str) -> None:
    found = api.test([ROOT / "policies" / folder], backend="duckdb")
    assert (found.has_errors, found.passed) == (False, len(found.cases))


@pytest.mark.long
@pytest.mark.parametrize("path", FILES, ids=[path.name.removesuffix(".cases.yaml") for path in FILES])
def test_duckdb_gives_the_same_bytes(path: Path) -> None:
    """Every case of each policy on DuckDB: every table of its results, as written, is that of the reference."""
    expected, found = (
        {case.name: written(run) for case, run in runs_of(path, name)} for name in ("reference", "duckdb")
    )
    assert found == expected
    assert len(found) > 0


@pytest.mark.long
@pytest.mark.spark
@pytest.mark.parametrize("path", FILES, ids=[path.name.removesuffix(".cases.yaml") for path in FILES])
def test_spark_gives_the_same_bytes(path: Path) -> None:
    """The first case of each policy on Spark: every table of its results, as written, is that of the reference."""
    (_, expected), (_, found) = (next(runs_of(path, backend)) for backend in ("reference", "spark"))
    assert written(found) == written(expected)


def written(run: Run) -> dict[str, bytes]:
    """The tables of a run as the bytes of their files."""
    return table_files(outcome(run).tables, "csv")
