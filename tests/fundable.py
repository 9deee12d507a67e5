"""Small runs of a line of funding over attainments that a test writes down, for tests of what is paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Date
from fractions import Fraction
from pathlib import Path

from engine import api
from engine.execution.dataset import dataset_from_rows
from engine.execution.values import Missing
from engine.results.decode import keys_of, values_of
from engine.results.run import Run, run_policy
from engine.text.diagnostic import Diagnostics

HEAD = """\
policy: xx/funding
title: Incentive
jurisdiction: US-XX
school_year: 2026-27
sources:
  code:
    title: State Code
data:
  attainment:
    columns:
      hours:
        unit: credit_hour
        at_least: 0
        at_most: 99
      worth:
        unit: USD
        at_least: $0
        at_most: $99,999
      added_fte:
        unit: FTE
        scale: 3
        at_least: 0
        at_most: 1
      route:
        values: [a, b]
      enrolled_on:
        type: date
      completed:
        type: truth
      on_time:
        type: truth
  district:
    columns:
      cost_factor:
        scale: 4
        at_least: 0.8
        at_most: 1.3
      weight:
        at_least: 0
        at_most: 9999
"""
FUND = """\
appropriations:
  fund:
    cite: code 1
    amounts:
      {starts}: {amount}
{more}"""

SCHOOLS = [{"school_id": f"s{n}", "district": f"d{n}"} for n in (1, 2, 3)]
DISTRICTS = [{"district_id": f"d{n}", "weight": str(n), "cost_factor": "1.0000"} for n in (1, 2, 3)]
PRIOR = [
    {"line": "credentials", "entity": "district", "subject": "d1", "fiscal_year": "2026", "payment": "1000"},
    {"line": "credentials", "entity": "district", "subject": "d2", "fiscal_year": "2026", "payment": "10"},
    {"line": "credentials", "entity": "district", "subject": "d3", "fiscal_year": "2026", "payment": "0"},
    {"line": "credentials", "entity": "district", "subject": "d1", "fiscal_year": "2025", "payment": "9999"},
    {"line": "another", "entity": "district", "subject": "d1", "fiscal_year": "2026", "payment": "5555"},
]


def claims(*rows: str) -> list[dict[str, str]]:
    """Attainments: `student school worth [award date] [grade] [teacher]`, `?` where it is blank."""
    found = []
    for number, row in enumerate(rows, 1):
        cells = [cell.replace("?", "") for cell in (*row.split(), *"?????")]
        found.append(
            {
                "attainment_id": f"a{number}", "student": cells[0], "school": cells[1], "worth": cells[2], "credential": "c",
                "award_date": cells[3], "grade": cells[4], "teacher": cells[5], "school_year": "2026-27",
                "received_on": cells[3], "hours": "3",
            }
        )  # fmt: skip
    return found


def run_line(
    line: str,
    rows: Sequence[Mapping[str, str]],
    tmp_path: Path,
    backend: str,
    fund: str = "",
    more: str = "",
    head: str = "",
    prior: Sequence[Mapping[str, str]] = PRIOR,
    starts: str = "FY2027",
    tables: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
) -> Run:
    """A run of one line over attainments; `fund` is the amount that there is, `tables` stand in for those made here."""
    text = (
        HEAD
        + head
        + (FUND.format(starts=starts, amount=fund, more=more) if fund else "")
        + "funding:\n  credentials:\n    claim: attainment\n"
    )
    if "claim: district" in line:
        text = text.replace("    claim: attainment\n", "")
    text += "".join(f"    {one}\n" for one in line.strip("\n").split("\n")).replace("    @@", "  ")
    if fund:
        text += "    draws_on: fund\n"
    file = tmp_path / "funding.yaml"
    file.write_text(text, encoding="utf-8")
    diagnostics = Diagnostics()
    checked = api.load(file, diagnostics)
    assert [f"{one.code} {one.message} {one.help}" for one in diagnostics.sorted()] == []
    assert checked is not None
    students = sorted({str(row["student"]) for row in rows} - {""})
    teachers = sorted({str(row["teacher"]) for row in rows if row["teacher"]})
    given: dict[str, Sequence[Mapping[str, str]]] = {
        "district": DISTRICTS, "school": SCHOOLS, "credential": [{"credential_id": "c"}], "attainment": list(rows),
        "student": [{"student_id": one} for one in students], "teacher": [{"teacher_id": one} for one in teachers],
        "prior_payment": prior,
    }  # fmt: skip
    data = dataset_from_rows(checked.tables, {**given, **(tables or {})})
    return run_policy(checked, data, Date(2026, 10, 1), backend)


def column(run: Run, entity: str, name: str) -> dict[str, object]:
    """Row → value of a column; `?` for a missing one, numbers as Fractions."""
    found = values_of(run, run.plan.column(entity, name))
    keys = [str(key[0]) for key in keys_of(run, entity)]
    return {key: "?" if isinstance(value, Missing) else value for key, value in zip(keys, found, strict=True)}


def paid(run: Run, name: str = "credentials", entity: str = "district") -> list[object]:
    """What each district gets, in order, in dollars as text."""
    return [value if isinstance(value, str) else dollars(value) for value in column(run, entity, name).values()]


def dollars(value: object) -> str:
    """A Fraction of dollars as text with its cents."""
    assert isinstance(value, Fraction), value
    return f"{float(value):.2f}" if value * 100 == int(value * 100) else str(value)
