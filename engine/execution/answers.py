"""Thresholds answered beforehand: what counts and sums come to for every value that a cell will take.

Where rows meet a varied cell only as "less, equal, more", all that a row adds to a count or sum takes one of three
values: that above, that at, and that below the cell. So rows are summed by where their value lies among those that the
cell will take, once for each of the three; sums along that order, from the first value to the last, are the answers.
Sums of whole numbers: they are exact.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from . import sql_tree as sql
from .sql_compared import Compared, compared
from .sql_presence import is_there
from .sql_program import CELLS, Make
from .sql_relation import Joined, Relation, names_of, text_of
from .sql_tree import Tree
from .sql_weight import WEIGHT, Summed, summed

TRIED = "cells_tried"
"""The table of the input cells of all runs, where they are known beforehand."""


@dataclass(frozen=True, slots=True)
class Question:
    """A relation of counts and sums, over rows made once, that hangs on one threshold alone."""

    relation: Relation
    threshold: Compared
    parts: tuple[Summed, ...]


def question(relation: Relation, cells: Collection[str]) -> Question | None:
    """A relation over rows with weights as a question; nothing for one that hangs on more, or on a cell that is not
    among `cells`, whose values are numbers or dates and known beforehand, or on a threshold that may be missing: a
    quotient whose divisor may be zero.
    """
    if relation.where is not None or relation.distinct or relation.order or not relation.aggregates:
        return None
    threshold = compared(relation)
    if threshold is None or not sql.columns_in(threshold.tree) <= set(cells) or not is_there(threshold.tree):
        return None
    introduced = {name for item in relation.items for name in names_of(item)}
    if any(sql.columns_in(tree) & (introduced | {threshold.column}) for tree in relation.group):
        return None
    counted = [tree for _, tree in relation.outputs if tree not in relation.group]
    parts = summed(counted)
    if not parts or len(parts) != len(counted):
        return None
    sums = {name for part in parts for name, _ in part.columns}
    if any(not sql.columns_in(part.tree) <= sums for part in parts):
        return None
    return Question(relation, threshold, parts)


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _list(names: Sequence[str], before: str = "") -> str:
    return "".join(f"{before}{_q(name)}, " for name in names)


def answers(asked: Question, rows: str, columns: Sequence[str], name: str) -> tuple[list[Make], Relation]:
    """The steps that answer a question over the collapsed table `rows` with its `columns`, and the relation of the
    answer for the cell as it is.
    """
    made, x = asked.threshold, asked.threshold.column
    others = [one for one in columns if one != x]
    ends, places, three, sums = (f"{name}_{part}" for part in ("ends", "places", "rows", "sums"))
    end = Relation(TRIED, (), (("#t", made.tree),), distinct=True)
    order = f'SELECT "#t", ROW_NUMBER() OVER (ORDER BY "#t") AS "#j" FROM ({text_of(end)}) AS "q"'
    steps = [Make(ends, order), Make(places, _places(rows, x, ends))]
    now = text_of(Relation(CELLS, (), (("#now", made.tree),)))
    steps.append(Make(three, _three(rows, x, others, places, now), places))
    groups = {tree: f"#g{number}" for number, tree in enumerate(asked.relation.group, 1)}
    by = ("#k", "#at", "#p")
    outputs = [(group, tree) for tree, group in groups.items()]
    outputs += [(one, sql.column(one)) for one in by]
    outputs += [pair for part in asked.parts for pair in part.columns]
    group = (*groups, *(sql.column(one) for one in by))
    steps.append(Make(sums, text_of(replace(asked.relation, table=three, outputs=tuple(outputs), group=group)), three))
    added = [column for part in asked.parts for column, _ in part.columns]
    steps.append(Make(name, _running(sums, ends, list(groups.values()), added), sums))
    return steps, _answer(asked, name, groups)


def collapsed_further(table: str, query: str, columns: Sequence[str], ends: Mapping[str, Sequence[Tree]]) -> list[Make]:
    """The steps that make a collapsed table of which some columns are only compared: with each of their `ends`, made of
    cells. Values with no end between them stand for one another; an end stands for itself.
    """
    steps = [Make(f"{table}_0", query)]
    compared = [(name, some) for name, some in ends.items() if some]
    for number, (name, some) in enumerate(compared, 1):
        last, now = steps[-1].table, table if number == len(compared) else f"{table}_{number}"
        made, places = f"{table}_ends{number}", f"{table}_places{number}"
        texts = (text_of(Relation(TRIED, (), (("#t", one),), distinct=True)) for one in some)
        steps.append(Make(made, " UNION ".join(texts)))
        steps.append(Make(places, _places(last, name, made), made))
        lie = f'SELECT "#v", MIN("#v") OVER (PARTITION BY "#k", "#at") AS "#one" FROM {_q(places)}'
        others = [one for one in columns if one != name]
        alike = (
            f'SELECT {_list(others)}"#one" AS {_q(name)}, CAST(SUM({_q(WEIGHT)}) AS BIGINT) AS {_q(WEIGHT)} '
            f'FROM {_q(last)} LEFT JOIN ({lie}) AS "q" ON {_q(name)} = "#v" GROUP BY {_list(others)}"#one"'
        )
        steps.append(Make(now, alike, last))
    return steps


def _answer(asked: Question, name: str, groups: dict[Tree, str]) -> Relation:
    """The rows of the answers for the cell as it is now."""
    now = Relation(CELLS, (), (("#now", asked.threshold.tree),))
    item = Joined(now, "INNER", sql.binary(sql.column("#t"), "=", sql.column("#now")))
    parts = iter(asked.parts)
    outputs = [
        (output, sql.column(groups[tree]) if tree in groups else next(parts).tree)
        for output, tree in asked.relation.outputs
    ]
    return Relation(name, (item,), tuple(outputs))


def _places(rows: str, x: str, ends: str) -> str:
    """Value → how many of the thresholds are less, and whether it is one."""
    both = (
        f'SELECT DISTINCT {_q(x)} AS "#v", 0 AS "#is" FROM {_q(rows)} WHERE {_q(x)} IS NOT NULL '
        f'UNION ALL SELECT "#t", 1 FROM {_q(ends)}'
    )
    each = f'SELECT "#v", MAX("#is") AS "#is" FROM ({both}) AS "q" GROUP BY "#v"'
    before = 'SUM("#is") OVER (ORDER BY "#v" ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)'
    return f'SELECT "#v", CAST({before} - "#is" AS BIGINT) AS "#k", "#is" = 1 AS "#at" FROM ({each}) AS "q"'


def _three(rows: str, x: str, others: Sequence[str], places: str, now: str) -> str:
    """The rows by place, each as if its value were above, at and below the threshold of now."""
    alike = (
        f'SELECT {_list(others)}"#k", "#at", CAST(SUM({_q(WEIGHT)}) AS BIGINT) AS {_q(WEIGHT)} FROM {_q(rows)} '
        f'LEFT JOIN {_q(places)} ON {_q(x)} = "#v" GROUP BY {_list(others)}"#k", "#at"'
    )
    value = f'CASE WHEN "#k" IS NOT NULL THEN "#now" + "#p" END AS {_q(x)}'
    sides = 'SELECT UNNEST([-1, 0, 1]) AS "#p"'
    needed = 'CASE WHEN "#k" IS NULL THEN "#p" = 0 ELSE "#p" <> 0 OR "#at" END'
    return (
        f'SELECT {_list(others)}"#k", "#at", "#p", {value}, {_q(WEIGHT)} '
        f'FROM ({alike}) AS "q" CROSS JOIN ({sides}) AS "s" CROSS JOIN ({now}) AS "n" WHERE {needed}'
    )


def _running(sums: str, ends: str, groups: Sequence[str], added: Sequence[str]) -> str:
    """The sums for each threshold: each change comes in at the first threshold from which it holds."""
    keys = _list(groups)

    def change(place: str, sign: str, where: str) -> str:
        values = ", ".join(f"{sign}COALESCE({_q(one)}, 0) AS {_q(one)}" for one in added)
        return f'SELECT {keys}{place} AS "#j", {values} FROM {_q(sums)} WHERE {where}'

    nothing = ", ".join(f"0 AS {_q(one)}" for one in added)
    everywhere = f'(SELECT DISTINCT {keys[:-2]} FROM {_q(sums)}) AS "g" CROSS JOIN {_q(ends)}' if groups else _q(ends)
    changes = " UNION ALL ".join(
        (
            change("1", "", '"#k" IS NULL OR "#p" = 1'),
            change('"#k" + 1', "-", '"#p" = 1'),
            change('"#k" + 1', "", '"#k" IS NOT NULL AND ("#p" = 0 OR ("#p" = -1 AND NOT "#at"))'),
            change('"#k" + 2', "-", '"#k" IS NOT NULL AND "#p" = 0'),
            change('"#k" + 2', "", '"#p" = -1 AND "#at"'),
            f'SELECT {keys}"#j", {nothing} FROM {everywhere}',
        )
    )
    summed = ", ".join(f"SUM({_q(one)}) AS {_q(one)}" for one in added)
    each = f'SELECT {keys}"#j", {summed} FROM ({changes}) AS "c" GROUP BY {keys}"#j"'
    within = f"PARTITION BY {keys[:-2]} " if groups else ""
    over = f'OVER ({within}ORDER BY "#j" ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)'
    running = ", ".join(f"SUM({_q(one)}) {over} AS {_q(one)}" for one in added)
    whole = f'SELECT {keys}"#j", {running} FROM ({each}) AS "e"'
    return f'SELECT "#t", {keys}{", ".join(map(_q, added))} FROM ({whole}) AS "w" JOIN {_q(ends)} USING ("#j")'
