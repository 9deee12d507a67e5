"""A policy with accountability on rows made in the test: what comes out, in numbers as people write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Date
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

from engine import api
from engine.execution.dataset import dataset_from_rows
from engine.results.run import Run, run_policy
from engine.text.diagnostic import Diagnostics

HEAD = """\
policy: xx/rating
title: A rating
jurisdiction: US-XX
school_year: 2026-27
sources:
  law:
    title: Bulletin 111
"""
Rows: TypeAlias = dict[str, list[dict[str, str]]]
AS_OF = Date(2026, 10, 1)


def ran(text: str, rows: Rows, folder: Path, backend: str) -> Run:
    """The policy with this text below its head on these rows, with nothing to complain of."""
    file = folder / "rating.yaml"
    file.write_text(HEAD + text, encoding="utf-8")
    diagnostics = Diagnostics()
    checked = api.load(file, diagnostics)
    assert [f"{one.code} {one.message}" for one in diagnostics.sorted()] == []
    assert checked is not None
    return run_policy(checked, dataset_from_rows(checked.tables, rows), AS_OF, backend)


def values(run: Run, entity: str, name: str) -> dict[str, Any]:
    """Key → value of a column: a number as a Fraction, a bound as its two ends."""
    table, column = run.columns[entity], run.plan.column(entity, name)
    (key, _), *_ = run.plan.entity(entity).key

    def read(stored: str) -> Any:
        cells = table.column(stored).to_pylist()
        if column.type.kind != "number":
            return cells
        return [None if cell is None else _seen(Fraction(int(cell), 10**column.type.scale)) for cell in cells]

    if name in table.column_names:
        found = read(name)
    else:
        ends = zip(read(f"{name}__low"), read(f"{name}__high"), strict=True)
        found = [low if low == high else (low, high) for low, high in ends]
    return dict(zip(table.column(key).to_pylist(), found, strict=True))


def _seen(number: Fraction) -> Fraction:
    """A number with 9 decimals, as everything sees it."""
    return Fraction((number * 10**9 + Fraction(1, 2)) // 1, 10**9)


def only(run: Run, name: str, entity: str = "school") -> Any:
    """A column of the only row."""
    (value,) = values(run, entity, name).values()
    return value


def students(school: str, facts: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Students of a school with these facts each."""
    return [
        {"student_id": f"{school}-{number}", "accountable_school": school, **fact} for number, fact in enumerate(facts)
    ]


def schools(*names: str, **more: str) -> Rows:
    """Schools of one district."""
    return {
        "district": [{"district_id": "d"}],
        "school": [{"school_id": name, "district": "d", **more} for name in names],
    }
