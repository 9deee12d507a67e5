"""What a run gives as the next year has it on record: listings, ratings, verdicts, cut scores, indicators, payments.

Records of the same thing and year give way to those of the run; other ones stay. What the run does not know is on
record as not known. Of rows that move a year on nothing is put on record: those of the next year are others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from ....execution.dataset import Dataset
from ....execution.frame import Frame
from ....execution.joined_frame import frame_of_rows, joined, one_array, without_rows
from ....model.table import Column
from ....plan.in_force import begun
from ....plan.plan import Plan
from ....text.diagnostic import Diagnostics
from ....text.errors import PolicyError
from ....types.lower.cut_scores import ALL, SCALE, on_state
from ...cut_scores import scales_of_level
from ...decision import verdict_of
from ...decode import keys_of, values_of
from ...line import column_named, exact_cells, lines_of_run, of_state
from ...rated import ALL_STUDENTS, Level, called, exact, levels_of
from ...run import Run
from ...table import cell_text
from .list_on_record import ended, listings

UNKNOWN = "not known in the run before"

OF_ONE_YEAR = tuple(f": {part} this year" for part in ("n", "numerator", "numerator at most", "denominator"))
YEAR = ": rated year"

Row = dict[str, Any]


def on_record(dataset: Dataset, run: Run, moving: frozenset[str]) -> Dataset:
    """The dataset of a run with what came out of it among its records. Raises PolicyError (X089) for a number that a
    column of the records cannot hold.
    """
    makers: Mapping[str, Callable[[Run], Iterator[Row]]] = {
        "listing": listings, "regional_listing": listings, "prior_rating": _ratings, "prior_verdict": _verdicts,
        "prior_cut_score": _cut_scores, "prior_indicator": _indicators, "prior_payment": _payments,
    }  # fmt: skip
    tables = dict(dataset.tables)
    for name, rows in makers.items():
        frame = dataset.tables.get(name)
        if frame is None or not set(frame.keys) <= set(frame.columns):
            continue
        if name in ("listing", "regional_listing"):
            frame = ended(frame, run)
        known = [row for row in rows(run) if row["entity"] not in moving]
        held = [_physical(frame, row, run) for row in known if set(frame.keys) <= set(row)]
        tables[name] = _replaced(frame, held)
    return replace(dataset, tables=tables)


def with_single_years(plan: Plan) -> Plan:
    """The plan with what goes on record of a cohort among its results: which year is rated, and its numbers alone."""
    columns = (
        replace(one, id=replace(one.id, role="indicator"))
        if one.id.role == "step" and one.id.name.endswith((*OF_ONE_YEAR, YEAR))
        else one
        for one in plan.columns
    )
    return replace(plan, columns=tuple(columns))


def _physical(frame: Frame, row: Row, run: Run) -> Row:
    found: Row = {}
    for name, data in frame.columns.items():
        value = row.get(name)
        if isinstance(value, Fraction):
            value = _whole(value, data.column, frame.name, run)
        found[name] = value
        found[f"{name}_why"] = UNKNOWN if row.get(f"{name} unknown") else ""
    return found


def _whole(value: Fraction, column: Column, table: str, run: Run) -> int:
    """A number on the decimals of a column, halves away from nothing (X089 where the column does not reach so far)."""
    scaled = abs(value) * 10**column.scale
    whole = int(scaled + Fraction(1, 2)) * (1 if value >= 0 else -1)
    seen = Fraction(whole, 10**column.scale)
    least, most = column.at_least, column.at_most
    if (least is not None and seen < Fraction(least)) or (most is not None and seen > Fraction(most)):
        diagnostics = Diagnostics()
        help = "it goes beyond what the column may hold; run fewer years, or let less grow"
        span = run.checked.policy.id_span
        diagnostics.report(
            "X089", span, help=help, what=f"`{cell_text(seen)}`", year=run.school_year, column=column.name, table=table,
        )  # fmt: skip
        raise PolicyError(diagnostics.sorted())
    return whole


def _replaced(frame: Frame, rows: list[Row]) -> Frame:
    """The frame with rows, those with the same key taken out."""
    if not rows:
        return frame
    keys = {tuple(row[name] for name in frame.keys) for row in rows}
    parts = [one_array(frame.columns[name].values).to_pylist() for name in frame.keys]
    out = [at for at, key in enumerate(zip(*parts, strict=True)) if key in keys]
    return joined(without_rows(frame, out), frame_of_rows(frame, rows))


# -- ratings --------------------------------------------------------------------------------------------------------


def _year(run: Run) -> int:
    year = run.binding.cells["school_year"]
    assert isinstance(year, int)
    return year


def _ratings(run: Run) -> Iterator[Row]:
    for level in levels_of(run):
        if not (level.has("rating") or level.has("index")):
            continue
        index, rating, status = level.ends("index"), level.cells("rating"), level.cells("rating: status")
        scale = level.cells(SCALE)
        for row, key in enumerate(level.keys):
            if status[row] == "not_rated" or len(key) != 1:
                continue
            number = exact(index[row])
            yield {
                "entity": level.name, "subject": str(key[0]), "school_year": _year(run), "rating": rating[row],
                "rating unknown": rating[row] is None, "index": number, "index unknown": number is None,
                "scale": scale[row],
            }  # fmt: skip


def _cut_scores(run: Run) -> Iterator[Row]:
    for level in levels_of(run):
        cuts = level.section.cut_scores
        if cuts is None or level.name == "state":
            continue
        for scale in scales_of_level(run, level.name):
            for word, _ in cuts.shares:
                cut = of_state(run, on_state(level.name, scale, word.text))
                if cut is not None:
                    yield {
                        "entity": level.name, "scale": scale or ALL, "rating": word.text, "school_year": _year(run),
                        "cut_score": cut,
                    }  # fmt: skip


def _indicators(run: Run) -> Iterator[Row]:
    """Of each number that is worked out from rows: numerator and denominator of the rated year alone."""
    for level in levels_of(run):
        keys = level.keys
        for group, item in level.spots:
            if item.value is not None:
                continue
            year = _rated_year(run, item.name)
            over, under = (_of_year(level, item.name, group, part) for part in ("numerator", "denominator"))
            if under is None:
                under = _of_year(level, item.name, group, "n")
            for row, key in enumerate(keys):
                if year is None or over is None or under is None or len(key) != 1:
                    continue
                yield {
                    "entity": level.name, "subject": str(key[0]), "indicator": item.name,
                    "student_group": group or ALL_STUDENTS, "school_year": year, "numerator": over[row],
                    "numerator unknown": over[row] is None, "denominator": under[row],
                    "denominator unknown": under[row] is None,
                }  # fmt: skip


def _of_year(level: Level, name: str, group: str, part: str) -> list[Fraction | None] | None:
    for column in (called(name, group, f"{part} this year"), called(name, group, part)):
        if level.has(column):
            low = [exact(ends) for ends in level.ends(column)]
            most = column.replace("numerator", "numerator at most")
            high = [exact(ends) for ends in level.ends(most)] if part == "numerator" and level.has(most) else low
            return [one if one == other else None for one, other in zip(low, high, strict=True)]
    return None


def _rated_year(run: Run, indicator: str) -> int | None:
    column = column_named(run, "state", f"{indicator}{YEAR}")
    if column is None:
        return _year(run)
    value = values_of(run, column)[0]
    return int(value) if isinstance(value, int | Fraction) else None


# -- verdicts and payments ------------------------------------------------------------------------------------------


def _verdicts(run: Run) -> Iterator[Row]:
    for rule in run.epoch.definitions:
        column = column_named(run, rule.entity, rule.name) if rule.role == "eligibility" else None
        if column is None:
            continue
        for key, value in zip(keys_of(run, rule.entity), values_of(run, column), strict=True):
            if len(key) == 1:
                yield {
                    "rule": rule.name, "entity": rule.entity, "subject": str(key[0]), "school_year": _year(run),
                    "verdict": verdict_of(value),
                }  # fmt: skip


def _payments(run: Run) -> Iterator[Row]:
    for line in lines_of_run(run):
        if line.payee not in run.columns:
            continue
        year = begun(run.as_of, line.fiscal_year)
        paid = exact_cells(run, line.payee, line.item.name)
        for key, amount in zip(keys_of(run, line.payee), paid, strict=True):
            if len(key) == 1:
                yield {
                    "line": line.item.name, "entity": line.payee, "subject": str(key[0]),
                    "fiscal_year": Fraction(year), "payment": amount, "payment unknown": amount is None,
                }  # fmt: skip
