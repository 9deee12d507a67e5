"""What everybody may read: few persons are never counted, nor left over when what is shown is taken from the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from engine.results.explain.explain import explain
from engine.results.explain.explanation import Explanation, Ledger, Note, Rule, Step
from engine.results.explain.public import minimum_n, public
from engine.results.run import Run
from engine.views.explanation import render_explanation
from tests.accountable import ran, students
from tests.results.funded import funded
from tests.results.graded import POLICY, ROWS, graded, student

YES, NO = student(on_time_diploma="yes"), student()
LEARNER = student(on_time_diploma="yes", english_learner="yes")
SIZES = {  # diploma, no diploma, learners with a diploma: 3 are needed
    "alpha": (3, 3, 0), "bravo": (3, 2, 0), "charlie": (2, 3, 0), "delta": (4, 0, 0), "echo": (6, 3, 3), "foxtrot": (5, 3, 0),
}  # fmt: skip


@cache
def larger() -> Run:
    """The schools with more students: alpha, echo and foxtrot have enough of each kind."""
    rows = {**ROWS, "school": [{**row, "highest_grade": "12", "climate": "71.5"} for row in ROWS["school"]]}
    facts = {name: [YES] * yes + [NO] * no + [LEARNER] * learners for name, (yes, no, learners) in SIZES.items()}
    rows["student"] = [row for name, each in facts.items() for row in students(name, each)]
    return ran(POLICY, rows, Path(mkdtemp()), "reference")


def told(run: Run, key: str, name: str | None = None, entity: str = "school") -> Explanation:
    return public(run, explain(run, entity, (key,), name), (key,))


def everything(items: Any) -> Iterator[Any]:
    for item in items:
        yield item
        yield from everything(getattr(item, "items", ()))


def test_the_minimum_is_the_policys_own() -> None:
    assert minimum_n(graded("reference", POLICY)) == 3
    parameter = "parameters:\n  least:\n    unit: count\n    cite: law 1\n    values:\n      2020-07-01: 4\n"
    text = POLICY.replace("    count: 3\n", "    count: least\n").replace("parameters:\n", parameter, 1)
    assert minimum_n(graded("reference", text)) == 4
    assert minimum_n(funded("limits")) is None


@pytest.mark.parametrize("key", ["alpha", "echo", "foxtrot"])
def test_enough_persons_are_shown(key: str) -> None:
    whole = explain(larger(), "school", (key,), None)
    assert told(larger(), key).sentence == whole.sentence
    assert [item for item in told(larger(), key).items if isinstance(item, Ledger)] == [
        item for item in whole.items if isinstance(item, Ledger)
    ]


@pytest.mark.parametrize("key", ["bravo", "charlie", "delta"])
def test_few_of_either_kind_are_not(key: str) -> None:
    """Two without a diploma are few though five are in the cohort; so are none, since then all are known."""
    found = told(larger(), key)
    assert not [item for item in found.items if isinstance(item, Ledger)]
    assert next(item for item in found.items if isinstance(item, Note)).text.endswith(
        "not shown, since too few persons stand behind a part of it"
    )
    page = render_explanation(found)
    assert "students" not in page and "its index is" not in page and "margin" not in page


def test_the_verdict_and_the_law_stay() -> None:
    found = told(larger(), "delta")
    assert found.sentence == "Delta (delta) is rated C."
    assert found.value == "C" and [item for item in everything(found.items) if isinstance(item, Step | Rule)]


@pytest.mark.parametrize(
    ("key", "name", "sentence"),
    [
        ("charlie", "graduation", "graduation of Charlie (charlie) is not shown: too few persons stand behind it."),
        ("charlie", "index", "index of Charlie (charlie) is not shown: too few persons stand behind it."),
        ("charlie", "climate_index", "climate_index of Charlie (charlie) is 71.5, as reported."),
        ("alpha", "graduation", "graduation of Alpha (alpha) is 50: 3 of 6 students × 100 = 50."),
    ],
)
def test_one_number(key: str, name: str, sentence: str) -> None:
    found = told(larger(), key, name)
    assert found.sentence == sentence
    if "not shown" in sentence:
        assert not re.search(r"\d of \d", render_explanation(found))


def test_a_group_that_leaves_few_outside_of_it_is_not_shown() -> None:
    """Of echo's twelve students three are learners, nine are not: both are enough, but all three have a diploma."""
    assert "not shown" in told(larger(), "echo", "graduation, learners").sentence


def test_years_taken_together_are_not_told_one_by_one() -> None:
    """With the year on record, 23 of 36 and 13 others are enough; but of this year there are three and three."""
    steps = "    then:\n      - pool_earlier_years:\n          until: 7\n          up_to_years: 2\n      - not_rated\n"
    pooled = POLICY.replace("    count: 3\n", f"    count: 7\n{steps}").replace(
        "students where in_four_year_cohort\n", "students where in_four_year_cohort\n      cohort_year: class_of\n"
    )
    rows = {
        **ROWS,
        "student": [*students("alpha", [{**one, "class_of": "2027"} for one in [YES] * 3 + [NO] * 3])],
        "prior_indicator": [
            {"entity": "school", "subject": "alpha", "indicator": "graduation", "student_group": "all_students", "school_year": "2025-26", "numerator": "20", "denominator": "30"}
        ],
    }  # fmt: skip
    run = ran(pooled, rows, Path(mkdtemp()), "reference")
    assert "2025-26" in render_explanation(explain(run, "school", ("alpha",), "graduation"))
    page = render_explanation(told(run, "alpha", "graduation"))
    assert "not shown" in page and "2025-26" not in page and " of " not in page.split("\n\n")[-1]


def test_open_cells_of_persons_are_not_counted() -> None:
    found = told(graded("reference", POLICY), "foxtrot")
    assert found.sentence == "Foxtrot (foxtrot) cannot be rated yet."
    assert [one.text for one in found.responsible] == ["what is not known of persons is not shown"]


def test_a_payment_is_public_and_the_claims_are_not() -> None:
    whole = explain(funded("prorated"), "district", ("d2",), None)
    found = told(funded("prorated"), "d2", entity="district")
    assert found.value == whole.value and isinstance(found.value, Fraction)
    (sums, there_is) = [item for item in found.items if isinstance(item, Ledger)]
    assert [(entry.amount, entry.total, entry.notes) for entry in sums.entries] == [(whole.value, True, ())]
    assert there_is == [item for item in whole.items if isinstance(item, Ledger)][1], (
        "what there is for all is of nobody"
    )
    assert found.sentence.startswith("District d2 is paid $") and "claims" not in found.sentence
    page = render_explanation(found)
    assert "attainment a" not in page and not re.search(r"\d claim", page) and "rows of attainment" not in page
