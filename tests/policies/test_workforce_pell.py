"""Workforce Pell: each test at its boundary, and the three-way verdict."""

from __future__ import annotations

from collections import Counter
from datetime import date as Date
from fractions import Fraction
from typing import Any

import pytest

from engine.execution.values import NOT_APPLICABLE, Missing
from engine.results.run import Run
from tests.policies.bundled import BACKENDS, column, policy, run

PATH = "policies/federal/workforce-pell.yaml"
NOW = Date(2026, 11, 21)
IN_OCCUPATION = Date(2029, 7, 1)
TUITION = Date(2030, 7, 1)

SOUND = {
    "area": "US-XX",
    "measured_in": "clock",
    "clock_hours": "300",
    "weeks": "12",
    "correspondence": "no",
    "study_abroad": "no",
    "direct_assessment": "no",
    "contracted_share": "10",
    "registered_apprenticeship": "no",
    "sanctioned": "no",
    "years_offered": "3",
    "completion_rate": "81.5",
    "placed_rate": "77",
    "placed_in_occupation_rate": "71",
    "tuition_and_fees": "4200",
    "median_earnings": "36000",
    "matched_earners": "40",
}
"""A program that passes every test at every date, but for the Governor's approval. Made up, like all rows below."""

AREA = {"code": "US-XX", "name": "A state", "level": "state", "price_parity": "90"}
APPROVED = {
    "name": "governor_approval",
    "entity": "program",
    "decided_on": "2026-08-03",
    "decision": "yes",
    "document": "letter 12",
    "aligned": "yes",
    "hiring_requirements": "yes",
    "stackable_and_portable": "yes",
    "only_credential": "no",
    "academic_credit": "yes",
}

WORDS: dict[Any, str] = {True: "eligible", False: "not eligible", None: "cannot tell"}


def programs(
    backend: str,
    as_of: Date,
    changes: dict[str, dict[str, str]],
    *,
    approvals: dict[str, list[dict[str, str]]] | None = None,
    overrides: dict[str, Fraction] | None = None,
) -> Run:
    """The sound program once for each change, run; every one is approved unless `approvals` says otherwise."""
    decided: dict[str, list[dict[str, str]]] = {name: [{}] for name in changes}
    decided |= approvals or {}
    rows = {
        "area": [AREA],
        "program": [{**SOUND, "program_id": name, **change} for name, change in changes.items()],
        "determination": [{**APPROVED, "subject": name, **one} for name, all_ in decided.items() for one in all_],
    }
    return run(PATH, rows, as_of, backend, overrides)


def answers(made: Run, name: str) -> dict[str, Any]:
    """True, False, None for undetermined, "-" for not applicable, by program."""
    values = column(made, "program", name)
    return {
        str(key[0]): "-" if value is NOT_APPLICABLE else None if isinstance(value, Missing) else value
        for key, value in values.items()
    }


def verdicts(made: Run) -> dict[str, str]:
    return {name: WORDS[answer] for name, answer in answers(made, "workforce_program").items()}


def test_words_of_the_field() -> None:
    (eligibility,) = policy(PATH).policy.eligibility
    assert dict(eligibility.verdicts) == {
        "met": "eligible",
        "not_met": "not eligible",
        "undetermined": "cannot tell",
    }


@pytest.mark.parametrize("backend", BACKENDS)
def test_boundaries(backend: str) -> None:
    wanted: dict[tuple[str, str, str], bool] = {
        ("hours", "clock_hours", "149.99"): False,
        ("hours", "clock_hours", "150"): True,
        ("hours", "clock_hours", "599.9"): True,
        ("hours", "clock_hours", "600"): False,
        ("weeks_taught", "weeks", "7.9"): False,
        ("weeks_taught", "weeks", "8"): True,
        ("weeks_taught", "weeks", "14.9"): True,
        ("weeks_taught", "weeks", "15"): False,
        ("completion", "completion_rate", "69.95"): False,
        ("completion", "completion_rate", "70"): True,
        ("placement", "placed_rate", "69.9999"): False,
        ("placement", "placed_rate", "70"): True,
        ("own_instruction", "contracted_share", "25"): True,
        ("own_instruction", "contracted_share", "25.01"): False,
        ("track_record", "years_offered", "0.99"): False,
        ("track_record", "years_offered", "1"): True,
    }
    changes = {f"{name} {cell}": {name: cell} for _, name, cell in wanted}
    made = programs(backend, NOW, changes)
    eligible = verdicts(made)
    for (rule, name, cell), met in wanted.items():
        program = f"{name} {cell}"
        assert (program, answers(made, rule)[program]) == (program, met)
        assert (program, eligible[program]) == (program, WORDS[met])


@pytest.mark.parametrize("backend", BACKENDS)
def test_credit_hours(backend: str) -> None:
    quarter = {"measured_in": "quarter", "clock_hours": ""}
    semester = {"measured_in": "semester", "clock_hours": ""}
    changes = {
        "S3.99": {**semester, "semester_hours": "3.99"},
        "S4": {**semester, "semester_hours": "4"},
        "S15.99": {**semester, "semester_hours": "15.99"},
        "S16": {**semester, "semester_hours": "16"},
        "Q6": {**quarter, "quarter_hours": "6"},
        "Q23.5": {**quarter, "quarter_hours": "23.5"},
        "Q24": {**quarter, "quarter_hours": "24"},
        "Q?": quarter,
        "clock": {},
        "?": {"measured_in": ""},
    }
    made = programs(backend, NOW, changes)
    assert answers(made, "credits") == {
        "S3.99": False, "S4": True, "S15.99": True, "S16": False, "Q6": True, "Q23.5": True, "Q24": False,
        "Q?": None, "clock": "-", "?": None,
    }  # fmt: skip
    assert answers(made, "hours") == dict.fromkeys(changes, "-") | {"clock": True, "?": None}
    assert verdicts(made) == {
        "S3.99": "not eligible", "S4": "eligible", "S15.99": "eligible", "S16": "not eligible", "Q6": "eligible",
        "Q23.5": "eligible", "Q24": "not eligible", "Q?": "cannot tell", "clock": "eligible", "?": "cannot tell",
    }  # fmt: skip
    excused = made.columns["program"]
    assert dict(zip(excused["program_id"].to_pylist(), excused["credits__na"].to_pylist(), strict=True)) == {
        name: name == "clock" for name in changes
    }


@pytest.mark.parametrize("backend", BACKENDS)
def test_apprenticeships_may_contract_more_out(backend: str) -> None:
    wanted = {
        ("49", "yes"): True,
        ("49.5", "yes"): False,
        ("49.5", ""): False,
        ("30", "no"): False,
        ("30", ""): None,
        ("25", ""): True,
    }
    changes = {
        f"{share}/{related}": {"contracted_share": share, "registered_apprenticeship": related}
        for share, related in wanted
    }
    found = answers(programs(backend, NOW, changes), "own_instruction")
    assert found == {f"{share}/{related}": met for (share, related), met in wanted.items()}


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_governor(backend: str) -> None:
    approvals: dict[str, list[dict[str, str]]] = {
        "approved": [{}],
        "absent": [],
        "refused": [{"decision": "no"}],
        "expired": [{"expires_on": "2026-11-20"}],
        "last day": [{"expires_on": "2026-11-21"}],
        "yet to come": [{"decided_on": "2026-11-22"}],
        "without a document": [{"document": ""}],
        "withdrawn": [{}, {"decided_on": "2026-10-01", "decision": "no"}],
        "at last": [{"decision": "no"}, {"decided_on": "2026-10-01"}],
        "another's": [{"name": "secretary_approval"}],
        "three findings": [{"academic_credit": "no"}],
        "a finding to come": [{"academic_credit": ""}],
        "the only credential": [{"stackable_and_portable": "no", "only_credential": "yes"}],
    }
    changes: dict[str, dict[str, str]] = {name: {} for name in approvals}
    made = programs(backend, NOW, changes, approvals=approvals)
    assert verdicts(made) == {
        "approved": "eligible",
        "absent": "cannot tell",
        "refused": "not eligible",
        "expired": "cannot tell",
        "last day": "eligible",
        "yet to come": "cannot tell",
        "without a document": "cannot tell",
        "withdrawn": "not eligible",
        "at last": "eligible",
        "another's": "cannot tell",
        "three findings": "not eligible",
        "a finding to come": "cannot tell",
        "the only credential": "eligible",
    }


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_failure_goes_before_a_gap(backend: str) -> None:
    """The counting rule of the published comparison: one failure fails; with none, one gap leaves it open."""
    rates = [
        ("80", "75"), ("80", ""), ("", "75"), ("", ""), ("69", "75"), ("80", "60"), ("69", ""), ("", "60"),
        ("69", "60"),
    ]  # fmt: skip
    changes = {f"{c or '?'}/{p or '?'}": {"completion_rate": c, "placed_rate": p} for c, p in rates}

    def counted(cells: tuple[str, str]) -> str:
        if any(cell and Fraction(cell) < 70 for cell in cells):
            return "not eligible"
        return "cannot tell" if "" in cells else "eligible"

    found = verdicts(programs(backend, NOW, changes))
    assert list(found.values()) == [found[name] for name in sorted(changes)]
    assert {name: found[name] for name in changes} == dict(zip(changes, map(counted, rates), strict=True))
    assert Counter(found.values()) == {"eligible": 1, "cannot tell": 3, "not eligible": 5}


@pytest.mark.parametrize("backend", BACKENDS)
def test_placement_changes_with_the_award_year(backend: str) -> None:
    rates = {
        "both": ("77", "71"),
        "any job": ("77", "60"),
        "in the occupation": ("60", "71"),
        "occupation unknown": ("77", ""),
    }
    changes = {
        name: {"placed_rate": any_job, "placed_in_occupation_rate": in_occupation}
        for name, (any_job, in_occupation) in rates.items()
    }
    before = answers(programs(backend, Date(2029, 6, 30), changes), "placement")
    after = answers(programs(backend, IN_OCCUPATION, changes), "placement")
    assert before == {"both": True, "any job": True, "in the occupation": False, "occupation unknown": True}
    assert after == {"both": True, "any job": False, "in the occupation": True, "occupation unknown": None}


@pytest.mark.parametrize("backend", BACKENDS)
def test_tuition_is_not_applicable_before_its_day(backend: str) -> None:
    dear = {"P": {"tuition_and_fees": "90000"}}
    before = programs(backend, Date(2030, 6, 30), dear)
    assert before.columns["program"]["tuition__na"].to_pylist() == [True]
    assert before.columns["program"]["tuition"].to_pylist() == [None]
    assert verdicts(before) == {"P": "eligible"}
    after = programs(backend, TUITION, dear)
    assert after.columns["program"]["tuition__na"].to_pylist() == [False]
    assert verdicts(after) == {"P": "not eligible"}


@pytest.mark.parametrize("backend", BACKENDS)
def test_value_added_earnings(backend: str) -> None:
    """36,000 at price parity 90 is 40,000, less 23,940: tuition of 16,060 does not exceed it, 16,061 does."""
    changes = {
        "16060": {"tuition_and_fees": "16060"},
        "16060.01": {"tuition_and_fees": "16060.01"},
        "16061": {"tuition_and_fees": "16061"},
        "nothing added": {"median_earnings": "21546", "tuition_and_fees": "0"},
        "a cent added": {"median_earnings": "21546.01", "tuition_and_fees": "0"},
        "earnings masked": {"median_earnings": "missing: too few"},
        "15 earners": {"matched_earners": "15", "tuition_and_fees": "90000"},
        "16 earners": {"matched_earners": "16", "tuition_and_fees": "90000"},
        "earners unknown": {"matched_earners": ""},
        "fewer than 11 earners": {"matched_earners": "at_most 10", "tuition_and_fees": "90000"},
    }
    made = programs(backend, TUITION, changes)
    assert column(made, "program", "adjusted_earnings")[("16060",)] == 40_000
    assert column(made, "program", "value_added")[("16060",)] == 16_060
    assert answers(made, "tuition") == {
        "16060": True,
        "16060.01": False,
        "16061": False,
        "nothing added": False,
        "a cent added": True,
        "earnings masked": None,
        "15 earners": "-",
        "16 earners": False,
        "earners unknown": None,
        "fewer than 11 earners": "-",
    }


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_program_of_ten_thousand_dollars(backend: str) -> None:
    """With the poverty line of 2023, tuition of $10,000 takes adjusted earnings of $31,870."""
    changes = {
        cell: {"tuition_and_fees": "10000", "median_earnings": cell} for cell in ("31869.99", "31870", "31870.01")
    }
    at_par = {"parameters.poverty_line": Fraction(14_580)}
    rows = {
        "area": [{**AREA, "price_parity": "100"}],
        "program": [{**SOUND, "program_id": name, **change} for name, change in changes.items()],
    }
    made = run(PATH, rows, TUITION, backend, at_par)
    assert answers(made, "tuition") == {"31869.99": False, "31870": True, "31870.01": True}


def completers(years: dict[str, int], known: int) -> list[dict[str, str]]:
    """So many completers of each award year; of the first `known` earnings of $40,000 came back."""
    all_ = [year for year, count in years.items() for _ in range(count)]
    return [
        {"completer_id": f"{number}", "award_year": year, "earnings": "40000" if number < known else ""}
        for number, year in enumerate(all_)
    ]


COHORTS: dict[str, tuple[dict[str, int], int, Any]] = {
    "50 of one year": ({"2027-28": 50}, 16, False),
    "49 of four years": ({"2027-28": 46, "2026-27": 1, "2025-26": 1, "2024-25": 1}, 16, False),
    "30 of four years": ({"2027-28": 10, "2026-27": 10, "2024-25": 10}, 16, False),
    "29 of four years": ({"2027-28": 10, "2026-27": 10, "2024-25": 9}, 29, "-"),
    "30 of five years": ({"2027-28": 29, "2023-24": 1}, 30, "-"),
    "30 with 15 earners": ({"2027-28": 30}, 15, "-"),
    "50, and earners only before": ({"2026-27": 16, "2027-28": 50}, 16, "-"),
    "49, and earners before": ({"2026-27": 16, "2027-28": 49}, 16, False),
}
"""Completers by award year, how many of the first of them have earnings, and whether tuition of $90,000 passes."""


@pytest.mark.parametrize("backend", BACKENDS)
def test_cohorts(backend: str) -> None:
    """50 completers, or 30 after four award years, and 16 with earnings; else there is no value, and no cap."""
    own = {"tuition_and_fees": "90000", "median_earnings": "", "matched_earners": ""}
    rows = {
        "area": [AREA],
        "program": [{**SOUND, **own, "program_id": name} for name in COHORTS],
        "completer": [
            {**one, "completer_id": f"{name} {one['completer_id']}", "program": name}
            for name, (years, known, _) in COHORTS.items()
            for one in completers(years, known)
        ],
    }
    made = run(PATH, rows, TUITION, backend)
    assert answers(made, "tuition") == {name: wanted for name, (_, _, wanted) in COHORTS.items()}
    assert column(made, "program", "adjusted_earnings")[("50 of one year",)] == Fraction("44444.444444444")


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(
    ("day", "threshold"),
    [
        (Date(2023, 6, 1), 21_870),
        (Date(2025, 6, 1), 23_475),
        (Date(2025, 12, 31), 23_475),
        (Date(2026, 1, 1), 23_940),
        (TUITION, 23_940),
    ],
)
def test_threshold(backend: str, day: Date, threshold: int) -> None:
    made = programs(backend, day, {"P": {}})
    assert column(made, "state", "poverty_threshold") == {("state",): threshold}


@pytest.mark.parametrize("backend", BACKENDS)
def test_before_the_law_nothing_is_eligible(backend: str) -> None:
    """Before 1 July 2026 its numbers are not in force: a cell that fails, and no verdict."""
    assert verdicts(programs(backend, Date(2026, 6, 30), {"P": {}})) == {"P": "cannot tell"}


def test_no_value_is_called_enacted() -> None:
    """The enacted wording was not reached: no number of the policy passes for it."""
    standings = {value.standing for one in policy(PATH).policy.parameters for value in one.values}
    assert standings == {"secondary", "proposed"}
