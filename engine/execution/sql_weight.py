"""Counts, sums and extremes over rows of which each stands for several that are alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from sqlglot import exp

from . import sql_tree as sql
from .spelling_duckdb import DUCKDB
from .sql_relation import aggregates_in
from .sql_tree import Tree

WEIGHT = "#weight"
"""The column with how many rows a row stands for; no author can write this name."""


def all_rows() -> Tree:
    """How many rows a group has."""
    return exp.Count(this=exp.Star())


def can_be_weighted(tree: Tree) -> bool:
    """Whether all that a tree counts and sums can be found from rows with weights."""
    return all(isinstance(found, exp.Count | exp.Sum | exp.Min | exp.Max) for found in aggregates_in(tree)) and not any(
        isinstance(found.this, exp.Distinct) for found in tree.find_all(exp.Sum)
    )


def weighted(tree: Tree) -> Tree:
    """A tree over groups of rows, as one over groups of rows with weights.

    A sum is summed in the type that it had: that holds the greatest value times the most rows there may be
    (`types.digits`), which no value times its weight passes. Beyond it the database refuses, it does not wrap.
    """

    def placed(node: Tree) -> Tree:
        if isinstance(node.parent, exp.Window):
            return node
        if isinstance(node, exp.Count):
            return _counted(node)
        if isinstance(node, exp.Sum):
            return exp.Sum(this=sql.binary(node.this, "*", sql.column(WEIGHT)))
        return node

    return tree.copy().transform(placed, copy=False)


def _counted(node: exp.Count) -> Tree:
    """How many rows have a value: the sum of the weights of those that have."""
    value = node.this
    if isinstance(value, exp.Distinct):
        return node
    weight: Tree = sql.column(WEIGHT)
    if not isinstance(value, exp.Star):
        weight = sql.case((_is_there(value), weight))
    found = sql.call("COALESCE", exp.Sum(this=weight), sql.integer(0, DUCKDB))
    return sql.cast(found, DUCKDB.narrow, DUCKDB)


def _is_there(value: Tree) -> Tree:
    """Whether a counted value is there: the test of `CASE WHEN test THEN 1 END`."""
    if isinstance(value, exp.Case) and value.args.get("default") is None and value.this is None:
        (only, *others) = value.args["ifs"]
        if not others and isinstance(only.args["true"], exp.Literal):
            test: Tree = only.this
            return test
    return sql.is_not_null(value)


@dataclass(frozen=True, slots=True)
class Summed:
    """A tree over groups of rows with weights, as a tree over sums that can be added up: `columns` by their names."""

    columns: tuple[tuple[str, Tree], ...]
    tree: Tree


def summed(trees: Sequence[Tree]) -> tuple[Summed, ...] | None:
    """Those of some trees that count and sum; nothing where one does anything else with groups of rows."""
    numbers = count(1)
    found = []
    for tree in trees:
        parts = list(aggregates_in(tree))
        if any(not isinstance(one, exp.Count | exp.Sum) or isinstance(one.this, exp.Distinct) for one in parts):
            return None
        if parts:
            found.append(_summed(tree, numbers))
    return tuple(found)


def _summed(tree: Tree, numbers: count[int]) -> Summed:
    columns: list[tuple[str, Tree]] = []

    def placed(node: Tree) -> Tree:
        if not isinstance(node, exp.Count | exp.Sum):
            return node
        whole = f"#s{next(numbers)}"
        columns.append((whole, weighted(node)))
        if isinstance(node, exp.Count):
            return sql.cast(sql.column(whole), DUCKDB.narrow, DUCKDB)
        there = f"#s{next(numbers)}"
        columns.append((there, weighted(exp.Count(this=node.this.copy()))))
        some = sql.binary(sql.column(there), ">", sql.integer(0, DUCKDB))
        return sql.case((some, sql.column(whole)))

    made = tree.copy().transform(placed, copy=False)
    return Summed(tuple(columns), made)
