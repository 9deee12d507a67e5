"""Parameters on a day: in force, not in force yet, without a limit, and set by the caller."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction

import pytest

from engine.execution.dataset import dataset_from_rows
from engine.execution.values import Reason
from engine.plan.in_force import CellValue, bind
from engine.results.held import held
from engine.results.run import Run, run_policy
from engine.text.errors import PolicyError
from tests.results.small import checked_policy

POLICY = """\
policy: xx/example
jurisdiction: US-XX
sources:
  code-12:
    title: State Code 12
parameters:
  quorum:
    cite: code-12 (a)
    values:
      2028-07-01: 2
  most:
    cite: code-12 (b)
    values:
      2024-07-01: none
      2030-07-01: 900
  portion:
    unit: ratio
    cite: code-12 (c)
    values:
      2024-07-01: 60%
  grace:
    cite: code-12 (d)
    values:
      2024-07-01: 2 years
  mode:
    type: rounding_mode
    cite: code-12 (e)
    values:
      2024-07-01: up
  wage_floor:
    unit: USD/year
    cite: code-12 (f)
    values:
      2024-07-01: $41,250
definitions:
  credential:
    wanted: quorum + 1
criteria:
  credential:
    heard:
      test: count(endorsements) >= quorum
      because: enough employers endorse it
      cite: code-12 (a)
    short:
      test: count(endorsements) <= most
      because: not too many employers endorse it
      cite: code-12 (b)
"""
ROWS = {"credential": [{"credential_id": "C-1", "name": "One"}]}


def run(as_of: Date, backend: str, overrides: dict[str, CellValue] | None = None) -> Run:
    checked = checked_policy(POLICY)
    dataset = dataset_from_rows(checked.tables, ROWS, as_of=as_of, jurisdiction="US-XX")
    return run_policy(checked, dataset, as_of, backend, overrides)


def test_a_parameter_without_a_value_in_force_is_named_with_its_first_day() -> None:
    binding = bind(checked_policy(POLICY), Date(2026, 7, 1))
    assert binding.not_in_force == {"parameters.quorum": Date(2028, 7, 1)}
    (quorum,) = (one for one in binding.resolved if one.name == "quorum")
    assert (quorum.value, quorum.follows, quorum.note) == (None, Date(2028, 7, 1), "no value before 2028-07-01")
    assert bind(checked_policy(POLICY), Date(2028, 7, 1)).not_in_force == {}


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
def test_what_reads_it_fails_and_what_reads_no_limit_is_merely_missing(backend: str) -> None:
    found = {one.column.id.name: one for one in held(run(Date(2026, 7, 1), backend))}
    assert found["heard"].failed and found["heard"].reasons == (Reason("X003", "parameters.quorum"),)
    assert found["wanted"].failed
    assert not found["short"].failed and found["short"].reasons == (Reason("no limit", "parameters.most"),)


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
def test_nothing_fails_from_its_first_day_on_or_where_a_value_is_given(backend: str) -> None:
    assert {one.column.id.name for one in held(run(Date(2028, 7, 1), backend))} == {"short"}
    given = run(Date(2026, 7, 1), backend, {"parameters.quorum": Fraction(3)})
    assert given.binding.not_in_force == {} and {one.column.id.name for one in held(given)} == {"short"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("parameters.quorum", 3),
        ("parameters.most", None),
        ("parameters.portion", Fraction(1, 2)),
        ("parameters.grace", Fraction(3)),
        ("parameters.mode", "down"),
        ("parameters.wage_floor", Fraction(4125001, 100)),
    ],
)
def test_a_value_that_fits_is_taken(path: str, value: CellValue) -> None:
    assert bind(checked_policy(POLICY), Date(2026, 7, 1), {path: value}).cells[path] == value


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("parameters.quorum", Fraction(5, 2), "it is a whole number"),
        ("parameters.quorum", True, "it is a plain number, given exactly"),
        ("parameters.quorum", None, "it has a value at all times"),
        ("parameters.quorum", 10**7, "it has at most 6 digits before the point"),
        ("parameters.portion", Fraction(1, 3), "it has at most 4 decimals"),
        ("parameters.grace", Fraction(5, 2), "a length of time is a whole number of at most 4 digits"),
        ("parameters.mode", "sideways", "it is one of {half_up, half_even, up, down, …}"),
        ("parameters.wage_floor", "$41,250", "it is a number of USD/year, given exactly"),
        ("parameters.flor", Fraction(1), "there is no such parameter"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(path: str, value: CellValue, problem: str) -> None:
    with pytest.raises(PolicyError) as raised:
        bind(checked_policy(POLICY), Date(2026, 7, 1), {path: value})
    (told,) = raised.value.diagnostics
    assert told.code == "X018" and told.message.endswith(f": {problem}")


LIST = """\
priority_list:
  list: credential
  when: true
  limit: places
"""
PLACES = """\
parameters:
  places:
    cite: code-12 (g)
    values:
      2028-07-01: 1
      2030-07-01: none
"""


@pytest.mark.parametrize("backend", ["reference", "duckdb"])
@pytest.mark.parametrize(
    ("as_of", "statuses", "failed"),
    [
        (Date(2026, 7, 1), ["pending_review", "pending_review"], True),
        (Date(2028, 7, 1), ["listed", "beyond_limit"], False),
        (Date(2030, 7, 1), ["listed", "listed"], False),
    ],
)
def test_a_limit_that_is_not_in_force_is_not_taken_for_none(
    as_of: Date, statuses: list[str], failed: bool, backend: str
) -> None:
    head = POLICY[: POLICY.index("parameters:")]
    checked = checked_policy(head + PLACES + LIST)
    rows = {"credential": [{"credential_id": "C-1", "name": "One"}, {"credential_id": "C-2", "name": "Two"}]}
    made = run_policy(
        checked, dataset_from_rows(checked.tables, rows, as_of=as_of, jurisdiction="US-XX"), as_of, backend
    )
    assert made.columns["credential"].column("list_status").to_pylist() == statuses
    assert any(one.failed for one in held(made)) is failed
