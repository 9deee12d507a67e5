"""Claims: every one of every line, what became of it and why, and what each step left of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import repeat
from typing import Any

from ..execution.values import Key
from ..plan.plan import ColumnId
from ..syntax.print import print_expr
from ..types.lower.line import IF_ALL, Line
from .decode import key_text, keys_of, labels_of, values_of
from .limit_text import limit_text
from .line import cells, column_named, exact_cells, is_named, out_of_force
from .pending import deciding_parts, open_stages, waiting_parts
from .quantity import shown
from .rejected import Rejection, rejections
from .run import Run
from .table import Cell, ResultTable

BEFORE = (
    ("line", "text"), ("entity", "text"), ("key", "text"), ("name", "text"), ("payee_entity", "text"),
    ("payee", "text"), ("payee_name", "text"), ("status", "text"), ("why", "text"),
    ("quantity", "number"), ("amount", "money"),
)  # fmt: skip
AFTER = (
    ("after_limits", "money"), ("claim", "money"), ("limited_by", "text"), ("prorated", "money"), ("paid", "money"),
    ("pending_amount", "money"), ("cite", "text"),
)  # fmt: skip
REJECTED_BY = "rejected_by"


def claim_table(run: Run, lines: Sequence[Line], unknown: Mapping[tuple[ColumnId, Key], str]) -> ResultTable:
    """`claims`: every claim of every line. `unknown` has, of undetermined cells, those that are responsible in words.

    `rejected_by` is the first record check that a claim fails; `after NAME` is what a limit left, `quantity after
    NAME` the quantity that one of the quantity left, `after_limits` what all of them left, `claim` that as rounded,
    `paid` the part of the payee's payment that it brings; `pending_amount` is what money is kept back for, at the most.
    Where a line takes the appropriation before the limits, `claim` and `prorated` come before them.
    """
    parts = _own_parts(lines)
    columns = (*BEFORE, *parts, *AFTER)
    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        rows += _rows(run, line, [name for name, _ in parts], unknown)
    return ResultTable("claims", columns, tuple(rows))


def _own_parts(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """The columns that some lines have: the check that rejects a record, what each limit leaves, what each stage pays,
    what is owed back.
    """
    items = [line.item for line in lines]
    limits = [(f"after {limit.name}", "money") for item in items for limit in item.limits]
    limits += [
        (f"quantity after {limit.name}", "number") for item in items for limit in item.limits if limit.of_quantity
    ]
    stages = [(f"stage {stage.name}", "money") for item in items for stage in item.stages]
    rejected = [(REJECTED_BY, "text") for line in lines if line.checks]
    return list(dict.fromkeys([*rejected, *limits, *stages, *(("owed", "money") for item in items if item.owes)]))


def _rows(
    run: Run, line: Line, parts: Sequence[str], unknown: Mapping[tuple[ColumnId, Key], str]
) -> Iterable[tuple[Cell, ...]]:
    entity, item = line.item.claim.text, line.item

    def of(part: str) -> list[Any]:
        return exact_cells(run, entity, line.name(part))

    keys, status, payees, cut = keys_of(run, entity), of("status"), of("payee"), of("limited by")
    claim, prorated = of("claim amount"), of("prorated")
    left = of(f"after {item.limits[-1].name}") if item.limits else counting_amounts(status, of("amount"))
    labels = labels_of(run, line.payee)
    said = {None: "", **{name: labels.get((name,), "") for name in set(payees) if name is not None}}
    pending = of(f"claim amount{IF_ALL}") if line.reserves else [None] * len(keys)
    waiting = [amount if state == "pending" else None for amount, state in zip(pending, status, strict=True)]
    if item.stages and line.reserves:
        for row, waits in enumerate(of("stages open")):
            waiting[row] = pending[row] - claim[row] if waits else waiting[row]
    rejected = rejections(run, line)
    by_check = ["" if one is None else one.check.item.name for one in rejected]
    cites = {"none": item.cite, None: item.cite} | {one.name: one.cite or item.cite for one in item.limits}
    return zip(
        repeat(item.name), repeat(entity), key_texts(run, entity, keys), _names(run, entity, keys), repeat(line.payee),
        ["" if payee is None else payee for payee in payees], [said[payee] for payee in payees], status,
        _whys(run, line, keys, status, cut, rejected, unknown), of("quantity"), of("amount"),
        *(by_check if part == REJECTED_BY else of(part) for part in parts),
        left, claim, ["" if name in (None, "none") else name for name in cut], prorated, of("paid"), waiting,
        [cites[name] for name in cut],
    )  # fmt: skip


def counting_amounts(status: Sequence[Any], amounts: Sequence[Any]) -> list[Any]:
    """The full amount of each claim that counts, no money for one that does not or is not known to."""
    return [
        amount if state in ("paid", "limited") else Fraction(0) for state, amount in zip(status, amounts, strict=True)
    ]


def key_texts(run: Run, entity: str, keys: Sequence[Key]) -> list[str]:
    """Keys as people write them; a single text is what it is."""
    types = run.plan.entity(entity).key
    if len(types) == 1 and types[0][1].kind != "year":
        return [str(key[0]) for key in keys]
    return [key_text(run, entity, key) for key in keys]


def _names(run: Run, entity: str, keys: Sequence[Key]) -> Iterable[str]:
    """What people call the claims; most have a code only."""
    if not is_named(run, entity):
        return repeat("", len(keys))
    labels = labels_of(run, entity)
    return [labels.get(key, "") for key in keys]


def _whys(
    run: Run, line: Line, keys: Sequence[Key], status: Sequence[Any], cut: Sequence[Any],
    rejected: Sequence[Rejection | None], unknown: Mapping[tuple[ColumnId, Key], str],
) -> list[str]:  # fmt: skip
    item = line.item
    denied, years = _denials(run, line), of_other_years(run, line)
    limited = {one.name: f"{one.name}: {limit_text(one)}" for one in item.limits}
    parts, waiting = deciding_parts(line) | open_stages(line), waiting_parts(run, line)
    found = []
    for row, (state, part, limit, failed) in enumerate(zip(status, waiting, cut, rejected, strict=True)):
        if failed is not None:
            found.append(failed.why)
        elif part is not None:
            because = unknown.get((ColumnId(item.claim.text, line.name(part)), keys[row]))
            found.append(f"not known: {parts[part]}" + (f" ({because})" if because else ""))
        else:
            found.append(
                denied[row] if state == "denied" else years[row] if state == "other_year"
                else out_of_force(item) if state == "not_in_force"
                else limited.get(limit, "") if state == "limited" else ""
            )  # fmt: skip
    return found


def _denials(run: Run, line: Line) -> list[str]:
    """Why each claim would be denied: for the rule of the line, or for a claim on another."""
    item, entity = line.item, line.item.claim.text
    rule = f"not so: {print_expr(item.when)}" if item.when is not None else "it does not count"
    whose = item.not_with.whose if item.not_with is not None else ""
    found = [rule] * len(run.columns[entity])
    for row, reached in enumerate(cells(run, entity, line.name("stage reached"))):
        if reached is False:
            found[row] = "no stage is reached"
    for other in reversed(item.not_with.lines if item.not_with is not None else ()):
        for row, free in enumerate(cells(run, entity, line.name(f"not with {other.text}"))):
            if free is False:
                found[row] = f"not with {other.text}: a claim of the same {whose} counts there"
    for row, met in enumerate(cells(run, entity, line.name("when"))):
        if met is False:
            found[row] = rule
    return found


def of_other_years(run: Run, line: Line) -> list[str]:
    """For each claim, in which year it is paid, in words; empty where the line does not say."""
    column = column_named(run, line.item.claim.text, line.name("paid in"))
    if column is None:
        return [""] * len(run.columns[line.item.claim.text])
    return [f"paid in {shown(year, column.type)}" for year in values_of(run, column)]
