"""The priority list of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Date
from fractions import Fraction

from ..execution.values import Key, Value
from ..syntax.policy import PriorityList
from ..syntax.print import print_expr
from ..types.lower.quota import WITHIN_ALL
from .decode import keys_of, values_of
from .list_names import ListNames, list_names
from .run import Run
from .table import ResultTable, table, value_text

SHOWN = ("listed", "exception", "stays", "honored", "pending_review", "left_off", "beyond_quota", "beyond_limit")
"""Standings that stand in the table, in its order."""

OFF = ("honored", "beyond_quota", "beyond_limit", "stays")
"""Standings of rows that the rule has left off the list, though they may qualify."""


def list_columns(run: Run) -> dict[str, list[Value]]:
    """The computed columns of the priority list by name, rows in the order of their keys; empty without a list."""
    listed = run.checked.policy.priority_list
    if listed is None:
        return {}
    return {
        column.id.name: values_of(run, column)
        for column in run.plan.columns
        if column.id.entity == listed.entity.text and column.id.role == "list"
    }


def priority_list_table(run: Run) -> ResultTable:
    """`priority_list`: listed rows in their places, then exceptions, stayers, honored ones, those that are pending, and
    those that qualify beyond a quota or the limit.
    """
    listed = run.checked.policy.priority_list
    if listed is None:
        return table("priority_list", "place:number key name status tier score score_is because", ())
    entity, names = listed.entity.text, list_names(run, listed)
    columns = f"place:number {names.columns} status tier score score_is because"
    found, keys = list_columns(run), keys_of(run, entity)
    score_name = print_expr(listed.rank_by.keys[0].value) if listed.rank_by is not None else ""
    scores = found.get("list_score")
    made = []
    for row, status in enumerate(map(str, found["list_status"])):
        if status not in SHOWN:
            continue
        rank = found["list_rank"][row]
        place = rank if isinstance(rank, Fraction) and status in ("listed", "beyond_limit") else None
        cells = names.cells(keys[row])
        why = beside_the_rule(listed, found, row, keys[row], names, run.as_of)
        tier, score = value_text(found["tier"][row]), value_text(scores[row]) if scores else ""
        made.append(((SHOWN.index(status), place or 0, cells), (place, *cells, status, tier, score, score_name, why)))
    return table("priority_list", columns, [row for _, row in sorted(made, key=lambda one: one[0])])


def beside_the_rule(
    listed: PriorityList, found: Mapping[str, Sequence[Value]], row: int, key: Key, names: ListNames, day: Date
) -> str:
    """Why a row is where it is beside the rule: a decision of people, a quota, the limit; empty where the rule says."""
    status = found["list_status"][row]
    if status in ("exception", "not_listed") and found["list_exception"][row] != "none":
        one = names.exception(listed, key, day)
        because = str(one.because.parts[0]) if one is not None and one.because is not None else ""
        by = one.decided_by if one is not None else ""
        return f"{by}: {because}" if by and because else by or because
    if status in OFF and found["qualifies"][row] is True:
        quota = found["list_quota"][row] if listed.quotas else WITHIN_ALL
        if quota != WITHIN_ALL:
            return f"place {value_text(found[f'{quota}: place'][row])} within the quota {quota}"
        return f"place {value_text(found['list_rank'][row])}, beyond the limit"
    return ""
