"""Runs of policies of identification that a test writes out: a policy, the rows it reads, and what it makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Date
from textwrap import dedent
from typing import Any

from engine.execution.dataset import dataset_from_rows
from engine.results.decode import key_text, keys_of, values_of
from engine.results.run import Run, run_policy
from tests.results.small import checked_policy

HEAD = """\
policy: xx/identification
title: Identification
jurisdiction: US-XX
school_year: 2026-27
sources:
  code:
    title: State Code
"""
Rows = Sequence[Mapping[str, str]]


def run_of(rules: str, tables: Mapping[str, Rows], backend: str = "reference", as_of: str = "2026-10-01") -> Run:
    """The run of a policy with these rules over the rows of these tables."""
    checked = checked_policy(HEAD + dedent(rules))
    day = Date.fromisoformat(as_of)
    data = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    return run_policy(checked, dataset_from_rows(checked.tables, data, as_of=day), day, backend)


def column(run: Run, entity: str, name: str) -> dict[str, Any]:
    """Key → value of a computed column; a missing value is `None`, a number is its text."""
    found = next(one for one in run.plan.columns if one.id.entity == entity and one.id.name == name)
    values = zip(keys_of(run, entity), values_of(run, found), strict=True)
    return {key_text(run, entity, key): plain(value) for key, value in values}


def plain(value: Any) -> Any:
    """A value as a test writes it."""
    from engine.execution.values import Missing

    return None if isinstance(value, Missing) else value if isinstance(value, bool | str | Date) else str(value)
