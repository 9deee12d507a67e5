"""Cases around the cuts of a policy: a case that passes, with one cell put on a threshold, one step below and above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import timedelta
from fractions import Fraction
from typing import Any

from ...execution.values import Value
from ...plan.from_checked import nodes_in
from ...plan.plan import Cell, Column, Compute, Const, Lookup, Node, Plan, Scan
from ...syntax import expr as ast
from ...syntax.cases import Case, CaseFile, Expected, GivenRow, GivenTable
from ...syntax.policy import Word
from ...syntax.print import print_expr
from ...text.diagnostic import Diagnostics
from ...types.checked import CheckedPolicy
from ...types.datatypes import Type
from ...types.units import RATIO
from ..decision import RULES
from ..decode import key_text, keys_of, values_of
from ..run import Run
from ..table import value_text
from .expectation import holds, read_expectation, value_words
from .failure import failures
from .observer import Spot, record
from .runner import CaseRunner
from .written_conditions import conditions, written

COMPARED = ("eq", "ne", "lt", "le", "gt", "ge")
STEPS = (("below", -1), ("at", 0), ("above", 1))
NOTE = "generated, to be confirmed by hand"


@dataclass(frozen=True, slots=True)
class Cut:
    """A column of a table of the data that is compared with a value, in the rule of a path."""

    path: str
    table: str
    column: str
    type: Type
    value: Node


@dataclass(frozen=True, slots=True)
class Generated:
    """A case that was made: the case that it was made from, with other rows and with what comes out today."""

    case: Case
    title: str


@dataclass(frozen=True, slots=True)
class NotGenerated:
    """A cut that no case was made for, and why."""

    path: str
    text: str
    reason: str


def boundary_cases(file: CaseFile, checked: CheckedPolicy) -> tuple[list[Generated], list[NotGenerated]]:
    """The cases, in the order of the policy's columns, and the comparisons that none was made for."""
    runner = CaseRunner(file, checked)
    made: list[Generated] = []
    missed: list[NotGenerated] = []
    seen: set[tuple[str, str, str]] = set()
    names = {case.name for case in file.cases}
    runs = [(case, run) for case in file.cases if (run := _passing(runner, case)) is not None]
    plans = {run.epoch.starts: run.plan for _, run in runs}
    for starts, plan in plans.items():
        for cut in _cuts(plan):
            templates = [(case, run) for case, run in runs if run.epoch.starts == starts]
            row = next(((case, run, row) for case, run in templates for row in _rows(file, case, cut, checked)), None)
            at = _value(cut, row[1] if row is not None else templates[0][1])
            key = (cut.table, cut.column, str(at))
            if key in seen or at is None:
                continue
            seen.add(key)
            text = f"{cut.column} at {value_words(at, cut.type, False)}"
            if row is None:
                reason = f"no case that passes gives a row of `{cut.table}`, or the column is of its key"
                missed.append(NotGenerated(cut.path, text, reason))
                continue
            case, run, given = row
            for word, step in STEPS:
                one = _made(runner, case, run, given, cut, at, word, step, names)
                if isinstance(one, str):
                    missed.append(NotGenerated(cut.path, f"{text}, {word}", one))
                else:
                    names.add(one.case.name)
                    made.append(one)
    missed += _computed(checked, plans)
    return made, missed


def _passing(runner: CaseRunner, case: Case) -> Run | None:
    own = Diagnostics()
    run = runner.run(case, own)
    if run is None or any(failures(run, case, own)) or own.has_errors:
        return None
    return run


def _cuts(plan: Plan) -> Iterator[Cut]:
    """The comparisons of a column of the data, of the row itself or of one that it leads to, with a value."""
    for column in plan.columns:
        for node in reversed(nodes_in(column.node)):
            if isinstance(node, Compute) and (cut := _cut(node, column)) is not None:
                yield cut


def _cut(node: Compute, column: Column) -> Cut | None:
    if node.op not in COMPARED:
        return None
    for one, other in (node.args, node.args[::-1]):
        scan = _scan(one)
        if scan is not None and isinstance(other, Const | Cell) and scan.type.kind in ("number", "date"):
            path = column.id.origin or f"{column.id.entity}.{column.id.name}"
            return Cut(path, scan.entity, scan.column, scan.type, other)
    return None


def _scan(node: Any) -> Scan | None:
    """The column of the data that a node reads: of the row, or of the one row that it leads to."""
    while isinstance(node, Compute) and node.op in ("snap", "settled"):
        node = node.args[0]
    if isinstance(node, Lookup):
        node = node.value
    return node if isinstance(node, Scan) else None


def _value(cut: Cut, run: Run) -> Any:
    found = cut.value.value if isinstance(cut.value, Const) else run.binding.cells.get(getattr(cut.value, "path", ""))
    return found if isinstance(found, Fraction | Date) else None


def _rows(file: CaseFile, case: Case, cut: Cut, checked: CheckedPolicy) -> Iterator[tuple[GivenRow, bool]]:
    """The rows of the table that a case gives, its own first, and whether they are its own."""
    keys = set(checked.tables[cut.table].key)
    for tables, own in ((case.given, True), (file.given, False)):
        for table in tables:
            for row in table.rows if table.name.text == cut.table else ():
                if keys <= {name.text for name, _ in row.cells} and cut.column not in keys:
                    yield row, own


def _stepped(at: Any, type: Type, step: int) -> Any:
    return at + timedelta(days=step) if isinstance(at, Date) else at + Fraction(step, 10**type.scale)


def _cell(value: Any, type: Type) -> str:
    """A value as a cell of a case holds it: of the units, only dollars and percents are written."""
    bare = type.kind == "number" and type.unit != RATIO and not type.unit.is_money
    return value_text(value) if bare else value_words(value, type, False)


def _made(
    runner: CaseRunner, case: Case, run: Run, given: tuple[GivenRow, bool], cut: Cut, at: Any, word: str, step: int,
    names: set[str],
) -> Generated | str:  # fmt: skip
    """The case with the cell changed and what comes out of it, or why there is none."""
    row, own = given
    value = _cell(_stepped(at, cut.type, step), cut.type)
    keys = runner.checked.tables[cut.table].key
    kept = [(name, text) for name, text in row.cells if own or name.text in keys]
    cells = (*((name, text) for name, text in kept if name.text != cut.column), (_word(cut.column), _word(value)))
    changed = GivenRow(cells, row.span)
    tables = tuple(
        replace(table, rows=tuple(changed if one is row else one for one in table.rows)) for table in case.given
    )
    if not own:
        tables = (*tables, GivenTable(_word(cut.table), (changed,)))
    made = replace(case, given=tables, name=_name(cut, word, names), cite="")
    found = Diagnostics()
    after = runner.run(made, found)
    if after is None or found.has_errors:
        return "; ".join(one.message for one in found.sorted()) or "it cannot be run"
    parts = {name.text: text.text for name, text in cells}
    key = parts[keys[0]] if len(keys) == 1 else ",".join(f"{name}={parts[name]}" for name in keys)
    expected = tuple(_expected(after, case, cut, key))
    if not expected:
        return "no result of the case has a row for it"
    title = f"{cut.table} {key}: {cut.column} {'at' if not step else f'a step {word}'} the cut of {cut.path}"
    return Generated(replace(made, expected=expected), title)


def _name(cut: Cut, word: str, names: set[str]) -> str:
    base = f"{cut.path.rpartition('.')[2]}_{cut.column}_{word}".replace(" ", "_").lower()
    number, name = 1, base
    while name in names:
        number += 1
        name = f"{base}_{number}"
    return name


def _expected(run: Run, case: Case, cut: Cut, key: str) -> Iterator[Expected]:
    """What comes out today of all that the case expects of rows, and of the rules that read the cell of the row."""
    asked = {
        (one.entity.text, one.key.text, one.column.text): None for one in case.expected if one.key is not None
    }  # fmt: skip
    for column in run.plan.columns:
        shown = column.id.role in (*RULES, "definition") and column.id.entity == cut.table
        if shown and (cut.table, cut.column) in column.reads:
            asked.setdefault((cut.table, key, column.id.name), None)
    columns = {(one.id.entity, one.id.name): one for one in run.plan.columns}
    for entity, row, name in asked:
        found = columns.get((entity, name))
        if found is None:
            continue
        for each, value in zip(keys_of(run, entity), values_of(run, found), strict=True):
            if key_text(run, entity, each) == row:
                verdicts = next((dict(one.verdicts) for one in run.checked.policy.eligibility if one.name == name), {})
                words = verdicts if found.id.role == "eligibility" else {}
                text = _said(value, found, words)
                if text:
                    yield Expected(_word(entity), _word(row), _word(name), _word(text))


def _said(value: Value, column: Column, words: Mapping[str, str]) -> str:
    """A value as a case may expect it: without what is told beside a number, or its unit; empty where it cannot."""
    text = value_words(value, column.type, column.id.role in RULES, words)
    for one in (text, text.split(" (")[0], text.replace(" ", "_"), text.split("/")[0]):
        wanted = read_expectation(one, column.type, words)
        if wanted is not None and holds(wanted, value):
            return one
    return ""


def _word(text: str) -> Word:
    return Word(text=text)


def _computed(checked: CheckedPolicy, plans: dict[Date, Plan]) -> Iterator[NotGenerated]:
    """The written comparisons of numbers and dates of which neither side is a column of the data."""
    watched: dict[Spot, tuple[str, ast.Expr]] = {}
    for one in written(checked.policy):
        for condition in () if one.cell else conditions(one.expr):
            if isinstance(condition, ast.Comparison):
                watched[condition.span.start, condition.span.end] = one.path, condition
    simple: set[Spot] = set()
    ordered: set[Spot] = set()
    for epoch in checked.epochs:
        if epoch.starts not in plans:
            continue
        for node, spots in record(checked.policy, epoch, watched).nodes.items():
            if isinstance(node, Compute) and node.op in COMPARED and node.args[0].type.kind in ("number", "date"):
                ordered |= spots
                sides = (node.args, node.args[::-1])
                if any(_scan(one) is not None and isinstance(other, Const | Cell) for one, other in sides):
                    simple |= spots
    for at in sorted(ordered - simple):
        path, expr = watched[at]
        yield NotGenerated(path, print_expr(expr), "what is compared is computed, or is not compared with a set value")
