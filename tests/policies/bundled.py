"""Bundled policies run over rows written in a test."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from datetime import date as Date
from fractions import Fraction
from functools import cache

from engine import api
from engine.execution.dataset import Dataset, dataset_from_rows
from engine.execution.values import Key, Value
from engine.results.decode import keys_of, values_of
from engine.results.run import Run, run_policy
from engine.text.diagnostic import Diagnostics
from engine.types.checked import CheckedPolicy
from tests.house.checkout import ROOT

BACKENDS = tuple(
    name
    for name, module in (("reference", "reference_run"), ("duckdb", "on_duckdb"))
    if importlib.util.find_spec(f"engine.execution.{module}")
)
"""The backends that every policy is run on here."""

REAL = ROOT.parent / "shared" / "data"
"""Published files, which are no part of the checkout: tests that read them are skipped where they are absent."""

Rows = Mapping[str, Sequence[Mapping[str, str]]]


@cache
def policy(path: str) -> CheckedPolicy:
    """A policy of the checkout, which must check without any complaint."""
    diagnostics = Diagnostics()
    checked = api.load(ROOT / path, diagnostics)
    assert checked is not None
    assert [f"{found.code} {found.message}" for found in diagnostics.sorted()] == []
    return checked


def rows_of(path: str, rows: Rows) -> Dataset:
    """A dataset of rows written out, with the tables that the policy knows."""
    return dataset_from_rows(policy(path).tables, rows)


def run(
    path: str,
    dataset: Dataset | Rows,
    as_of: Date,
    backend: str = "reference",
    overrides: Mapping[str, Fraction | str] | None = None,
) -> Run:
    """A run of a policy of the checkout."""
    data = dataset if isinstance(dataset, Dataset) else rows_of(path, dataset)
    return run_policy(policy(path), data, as_of, backend, dict(overrides or {}))


def column(made: Run, entity: str, name: str) -> dict[Key, Value]:
    """The values of a computed column by the key of the row."""
    found = next(one for one in made.plan.columns if (one.id.entity, one.id.name) == (entity, name))
    return dict(zip(keys_of(made, entity), values_of(made, found), strict=True))
