"""Runs of policies over one made-up kind of thing, written in the test that needs them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from textwrap import dedent

from engine.execution.dataset import dataset_from_rows
from engine.results.outcome import Outcome, outcome
from engine.results.run import Run, run_policy
from engine.results.table import ResultTable, cell_text
from tests.results.small import checked_policy

AS_OF = Date(2026, 7, 1)

HEAD = """\
policy: xx/things
title: Things
school_year: 2026-27
sources:
  law:
    title: The law
data:
  thing:
    key: [thing_id]
    rows_name: things
    columns:
      thing_id: {type: text}
      a: {unit: number, scale: 2, bounded: yes, at_least: -9999, at_most: 9999}
      b: {unit: number, scale: 2, at_least: -9999, at_most: 9999}
"""
"""A policy that adds one table: `thing`, with two numbers, of which `a` may be a bound."""


def run_of(rules: str, things: Sequence[dict[str, str]], backend: str = "reference", **more: str) -> Run:
    """The run of a policy with these rules over things; a thing without an id is called t1, t2, … in order."""
    checked = checked_policy(HEAD + dedent(rules))
    rows = [{"thing_id": f"t{number}", **thing} for number, thing in enumerate(things, 1)]
    as_of = Date.fromisoformat(more.get("as_of", AS_OF.isoformat()))
    return run_policy(checked, dataset_from_rows(checked.tables, {"thing": rows}, as_of=as_of), as_of, backend)


def outcome_of(rules: str, things: Sequence[dict[str, str]], **more: str) -> Outcome:
    """What such a run says."""
    return outcome(run_of(rules, things, **more))


def texts(table: ResultTable, *columns: str) -> list[tuple[str, ...]]:
    """The rows of a table as a file writes them: all columns, or those that are named."""
    at = [table.names.index(name) for name in columns or table.names]
    return [tuple(cell_text(row[place]) for place in at) for row in table.rows]
