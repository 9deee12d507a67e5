"""Rows that are alike are collapsed where only counts and sums of them are wanted, and every value that is tried comes to
what the reference gives: on rows that repeat, with missing values, bounds, no rows at all, and claims that are pending.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from engine import api
from engine.execution.batch import Scenario
from engine.execution.dataset import Dataset, dataset_from_rows
from engine.execution.on_duckdb import DuckDBRerun
from engine.execution.reference_run import run_reference
from engine.execution.rerun import collapsed
from engine.execution.spelling_duckdb import DUCKDB
from engine.execution.sql_program import Make
from engine.execution.sql_stage import program
from engine.plan.from_checked import plan_policy
from engine.plan.in_force import Binding, CellValue, bind
from engine.plan.part import part_of_plan
from engine.plan.plan import UNKEPT, Plan
from engine.text.diagnostic import Diagnostics
from engine.types.checked import CheckedPolicy

DAY = Date(2026, 10, 1)
POLICY = """\
policy: xx/requests
title: Requests
jurisdiction: US-XX
school_year: 2026-27
sources:
  code:
    title: State Code
data:
  request:
    key: [request_id]
    columns:
      request_id: text
      district: district
      kind:
        values: [a, b]
      score:
        unit: points
        scale: 1
        at_least: 0
        at_most: 100
      wage:
        unit: USD
        at_least: $0
        at_most: $99,999
        bounded: yes
      received: date
      asked:
        unit: USD
        scale: 2
        at_least: $0
        at_most: $9,999
parameters:
  rate:
    unit: USD
    cite: code 1
    values:
      FY2027: $100
  cutoff:
    unit: points
    cite: code 1
    values:
      FY2027: 60
  factor:
    unit: ratio
    cite: code 1
    values:
      FY2027: 50%
  least_wage:
    unit: USD
    cite: code 1
    values:
      FY2027: $40,000
  last_day:
    type: date
    cite: code 1
    values:
      FY2027: 2026-09-01
definitions:
DEFINED
appropriations:
  fund:
    cite: code 1
    amounts:
      FY2027: $1,000
funding:
  line:
    claim: request
    when: WHEN
    amount: AMOUNT
    LIMITS
    pay: district
    draws_on: fund
"""


FIXED = "met: count(requests where score >= 60)"


QUOTIENTS = "cutoff / (" * 8 + "cutoff" + ")" * 8
"""Each layer reads the one below many times: written out, they would be as many again for each."""


@dataclass(frozen=True)
class Law:
    """What a policy says, and which parameter is tried."""

    when: str
    amount: str
    varied: tuple[str, ...]
    defined: str = "met: count(requests where score >= cutoff)"
    limits: str = ""


LAWS = {
    "a rate": Law("score >= 50", "if kind = a then rate else $30", ("rate",)),
    "a threshold": Law("score >= cutoff", "if kind = a then $45.50 else $30", ("cutoff",)),
    "a threshold below which": Law("not (score > cutoff)", "asked", ("cutoff",)),
    "just a value": Law("score = cutoff or kind = b and not (score = cutoff)", "asked", ("cutoff",)),
    "a day": Law("received <= last_day", "asked", ("last_day",)),
    "a bound": Law("wage >= least_wage", "asked", ("least_wage",)),
    "a threshold of a product": Law("score * 3 >= cutoff", "asked", ("cutoff",)),
    "a threshold of the larger": Law("score >= max(cutoff, 50)", "asked", ("cutoff",)),
    "a threshold that may be missing": Law("score >= round(cutoff / factor, 1)", "asked", ("factor",), FIXED),
    "layers of quotients": Law(f"score >= {QUOTIENTS}", "asked", ("cutoff",), FIXED),
    "layers of constants": Law(f"score >= {QUOTIENTS.replace('cutoff', '60', 7)}", "asked", ("cutoff",), FIXED),
    "a threshold that also decides the amount": Law("score >= cutoff", "if cutoff > 50 then $10 else $20", ("cutoff",), FIXED),
    "two at once": Law("score >= cutoff", "if kind = a then rate else asked", ("rate", "cutoff"), FIXED),
    "counts of many kinds": Law(
        "score >= 50", "rate", ("cutoff",),
        "some: any(asked > $50 over requests where score >= cutoff)\n"
        "    every: all(asked > $50 over requests where score >= cutoff)\n"
        "    most: max(asked over requests where score >= cutoff)\n"
        "    part: share(score >= cutoff over requests where kind = a)\n"
        "    kinds: count_distinct(kind over requests where score >= cutoff)\n"
        "    typical: mean(asked over requests where score >= cutoff)",
    ),
    "a limit within kinds": Law(
        "score >= cutoff", "asked", ("cutoff",), limits="limits:\n      two:\n        within: [district, kind]\n"
        "        keep: 2\n        by: score desc then received",
    ),
    "a limit by what varies": Law(
        "score >= 50", "if kind = a then rate else asked", ("rate",),
        limits="limits:\n      two:\n        within: [district]\n        keep: 2\n        by: amount desc then score",
    ),
}  # fmt: skip
ANSWERED = (
    "a threshold",
    "a threshold below which",
    "just a value",
    "a day",
    "a threshold of a product",
    "a threshold of the larger",
)
PLACED = (*ANSWERED, "a bound", "two at once", "counts of many kinds", "a threshold that also decides the amount")
"""Laws with a column that is only compared: rows are alike where no value that is tried lies between them."""
WHOLE = ("a limit within kinds", "a limit by what varies")

VALUES: Mapping[str, Sequence[CellValue]] = {
    "rate": [Fraction(100), Fraction(0), Fraction(250), Fraction(1)],
    "cutoff": [Fraction(60), Fraction(0), Fraction(1), Fraction(99), Fraction(100), Fraction(61), Fraction(59)],
    "factor": [Fraction(1, 2), Fraction(0), Fraction(1), Fraction(1, 4)],
    "least_wage": [Fraction(40_000), Fraction(0), Fraction(39_999), Fraction(50_000), Fraction(99_999)],
    "last_day": [Date(2026, 9, 1), Date(2026, 8, 31), Date(2020, 1, 1), Date(2030, 1, 1)],
}

FULL = [
    ("d1", "a", "60", "40000", "2026-09-01", "10.00"), ("d1", "a", "60", "40000", "2026-09-01", "10.00"),
    ("d1", "a", "59.5", ">=39999", "2026-08-31", "10.00"), ("d1", "b", "60", "<=50000", "2026-09-02", "20.00"),
    ("d1", "b", "100", "40000", "", "99.99"), ("d2", "a", "0", "50000", "2026-09-01", "55.00"),
    ("d2", "a", "0", "50000", "2026-09-01", "55.00"), ("d2", "a", "0", "50000", "2026-09-01", "55.00"),
    ("d2", "b", "61", "0", "2020-01-01", "0.01"), ("d3", "a", "99", "99999", "2026-09-01", "60.00"),
]  # fmt: skip
GAPS = [
    *FULL, ("d1", "", "60", "", "2026-09-01", "10.00"), ("d2", "a", "", "40000", "2026-09-01", "55.00"),
    ("d3", "b", "99", "40000", "2026-09-01", ""), ("", "b", "99", "40000", "2026-09-01", "1.00"),
    ("d1", "a", "", "", "", ""),
]  # fmt: skip
DATA = {"rows that repeat": FULL, "missing values": GAPS, "no rows": []}


@cache
def law(name: str) -> tuple[CheckedPolicy, Plan]:
    """A policy and what its districts and the state need of its plan."""
    said = LAWS[name]
    text = POLICY.replace("WHEN", said.when).replace("AMOUNT", said.amount)
    text = text.replace("    LIMITS\n", f"    {said.limits}\n" if said.limits else "")
    text = text.replace("DEFINED", f"  district:\n    {said.defined}")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "requests.yaml"
        file.write_text(text, "utf-8")
        diagnostics = Diagnostics()
        checked = api.load(file, diagnostics)
    assert checked is not None and not diagnostics.has_errors, [
        (one.code, one.message, one.help) for one in diagnostics.sorted()
    ]
    whole = plan_policy(checked, checked.epoch(DAY))
    rows = ("district", "state")
    return checked, part_of_plan(whole, lambda one: one.id.entity in rows and one.id.role not in UNKEPT)


def dataset(checked: CheckedPolicy, rows: Sequence[Sequence[str]]) -> Dataset:
    """Requests of three districts."""
    names = ("district", "kind", "score", "wage", "received", "asked")
    requests = [
        {"request_id": f"r{number}", **dict(zip(names, row, strict=True))} for number, row in enumerate(rows, 1)
    ]
    districts = [{"district_id": f"d{number}"} for number in (1, 2, 3)]
    return dataset_from_rows(checked.tables, {"request": requests, "district": districts}, as_of=DAY)


def bindings(checked: CheckedPolicy, varied: Sequence[str]) -> list[Binding]:
    """Every value of one parameter with the first of the others, and with the last of them."""
    found = []
    for number in range(max(len(VALUES[name]) for name in varied)):
        for turn in (1, 2)[: len(varied)]:
            values = {f"parameters.{name}": VALUES[name][(number * turn) % len(VALUES[name])] for name in varied}
            found.append(bind(checked, DAY, values))
    return found


def tables(found: Mapping[str, Any]) -> dict[str, Any]:
    return {entity: found[entity].to_pydict() for entity in ("district", "state")}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("missing values", True),
        ("no rows", True),
        pytest.param("rows that repeat", True, marks=pytest.mark.long),
        pytest.param("missing values", False, marks=pytest.mark.long),
    ],
)
@pytest.mark.parametrize("name", LAWS)
def test_every_value_equals_the_reference(name: str, rows: str, told: bool) -> None:
    checked, plan = law(name)
    data = dataset(checked, DATA[rows])
    bound = bindings(checked, LAWS[name].varied)
    varied = [f"parameters.{one}" for one in LAWS[name].varied]
    cells = [one.cells for one in bound] if told else []
    reruns = DuckDBRerun(plan, data, varied, rows=("district", "state"), tried=cells)
    try:
        wanted = [tables(run_reference(plan, data, one.cells, one.schedules)) for one in bound]
        for one, right in zip((*bound, bound[0]), (*wanted, wanted[0]), strict=True):
            assert tables(reruns.run(one.cells, one.schedules)) == right, one.cells
        many = reruns.many(Scenario(one.cells, one.schedules, data) for one in bound)
        for one, right, found in zip(bound, wanted, many, strict=True):
            assert tables(found) == right, one.cells
    finally:
        reruns.close()


@pytest.mark.parametrize("name", LAWS)
def test_what_is_collapsed_and_what_is_not(name: str) -> None:
    """Requests are read one by one in no step that is made anew, but where a limit ranks them."""
    checked, plan = law(name)
    varied = [f"parameters.{one}" for one in LAWS[name].varied]
    cells = [one.cells for one in bindings(checked, LAWS[name].varied)]
    parts = collapsed(program(plan, DUCKDB), varied, (), ("district", "state"), cells)
    requests = [base for _, base in parts.weighed.values() if base.endswith("_request")]
    assert bool(requests) is (name not in WHOLE)
    assert bool(parts.answers) is (name in ANSWERED)
    assert any("_places" in step.table for step in parts.once if isinstance(step, Make)) is (name in PLACED)
    if name in ANSWERED:
        made = [step.table for step in parts.anew if hasattr(step, "table")]
        assert not any(table.endswith("_request") for table in made)
    if name not in WHOLE:
        texts = " ".join(str(getattr(step, "query", "")) for step in parts.anew)
        assert '"key.request_id"' not in texts and '"row.number" ASC' not in texts


def test_a_value_that_was_not_told_is_refused() -> None:
    from engine.text.errors import EngineBug

    checked, plan = law("a threshold")
    told = [bind(checked, DAY, {"parameters.cutoff": Fraction(60)}).cells]
    reruns = DuckDBRerun(plan, dataset(checked, FULL), ["parameters.cutoff"], rows=("district", "state"), tried=told)
    other = bind(checked, DAY, {"parameters.cutoff": Fraction(61)})
    try:
        with pytest.raises(EngineBug, match="told"):
            reruns.run(other.cells, other.schedules)
    finally:
        reruns.close()


def test_all_rows_wanted_are_not_collapsed() -> None:
    _, plan = law("a rate")
    parts = collapsed(program(plan, DUCKDB), ["parameters.rate"], (), None, ())
    assert parts.anew and not parts.weighed
