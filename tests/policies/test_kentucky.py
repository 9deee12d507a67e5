"""A pot of $5,000,000 over the career-ready graduates of Kentucky's districts, 2016-17, from the published report card.

The file of graduates has nine rows of cooperatives among the districts, which repeat what their members have: they are
refused, since they refer to no district, until a scope leaves them out.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Iterator
from datetime import date as Date
from fractions import Fraction
from pathlib import Path

import pytest

from engine import api
from engine.results.policy_data import read_data
from engine.results.run import run_policy
from engine.text.diagnostic import Diagnostic, Diagnostics
from engine.types.checked import CheckedPolicy
from tests.policies.bundled import BACKENDS, REAL, column
from tests.policies.shares import CENT, shares

GRADUATES = REAL / "kentucky" / "ccr_dist.csv.gz"
DISTRICTS = REAL / "kentucky" / "profile_dist.csv.gz"
YEAR, EVERYONE = "2016-2017", "All Students"
COOPERATIVES = [str(code) for code in range(901, 910)]
POT = Fraction(5_000_000)
AS_OF = Date(2018, 1, 1)

pytestmark = pytest.mark.skipif(
    not (GRADUATES.is_file() and DISTRICTS.is_file()),
    reason="Kentucky's report card is not there: it is no part of the checkout",
)

POLICY = """\
policy: xx/career-ready
title: A pot over career-ready graduates
jurisdiction: US-KY
school_year: 2017-18
sources:
  made-up:
    title: No law; a pot made up to divide published counts
data:
  readiness:
    title: The graduates of a district who were ready for a career
    key: [district]
    rows_name: readiness_counts
    columns:
      district:
        type: district
      career_ready:
        unit: count
        at_least: 0
        at_most: 99999
appropriations:
  pot:
    cite: made-up
    amounts:
      FY2018: $5,000,000
    pay_in_order:
      - ready: prorate
funding:
  ready:
    cite: made-up
    claim: readiness
    quantity: career_ready
    amount: $1,000
    pay: district
    draws_on: pot
    round:
      what: payment
      to: cent
      remainder: largest_remainder
"""
DATASET = """\
title: Kentucky School Report Card, 2016-17
jurisdiction: US-KY
tables:
  area: areas.csv
  district: districts.csv
  readiness: readiness.csv
"""
SCOPE = "scope:\n  known: [district]\n"


def published(path: Path, **which: str) -> Iterator[dict[str, str]]:
    """The rows of a published file that hold these texts."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from (row for row in csv.DictReader(file) if all(row[name] == text for name, text in which.items()))


def counts() -> dict[str, int]:
    """Career-ready graduates by code, cooperatives among them, as published."""
    rows = published(GRADUATES, year=YEAR, student_group=EVERYONE)
    return {row["sch_id"]: int(float(row["career_ready"])) for row in rows}


def districts() -> dict[str, str]:
    """Name by code, of what the file of districts lists for the year."""
    return {row["sch_id"]: row["dist_name"] for row in published(DISTRICTS, year=YEAR)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The dataset, without a scope."""

    def write(name: str, header: list[str], rows: Iterable[list[str]]) -> None:
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])

    write("areas.csv", ["code", "name"], [["US-KY", "Kentucky"]])
    write("districts.csv", ["district_id", "name", "area"], ([*one, "US-KY"] for one in districts().items()))
    write("readiness.csv", ["district", "career_ready"], ([code, str(number)] for code, number in counts().items()))
    (tmp_path / "dataset.yaml").write_text(DATASET, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> CheckedPolicy:
    file = tmp_path_factory.mktemp("kentucky") / "career-ready.yaml"
    file.write_text(POLICY, encoding="utf-8")
    diagnostics = Diagnostics()
    found = api.load(file, diagnostics)
    assert found is not None and list(diagnostics.sorted()) == []
    return found


def test_cooperatives_are_refused(folder: Path, checked: CheckedPolicy) -> None:
    diagnostics = Diagnostics()
    assert read_data(checked, folder, diagnostics) is None
    found: tuple[Diagnostic, ...] = diagnostics.sorted()
    assert [one.code for one in found] == ["D027"] * 9
    assert [one.message for one in found] == [
        f"`district` holds `{code}`, which is no row of `district`" for code in COOPERATIVES
    ]
    for one, code in zip(found, COOPERATIVES, strict=True):
        assert one.span.source.name.endswith("readiness.csv") and one.span.text == code
        assert one.help[-1].endswith(f"write in dataset.yaml:\n{SCOPE.rstrip()}")


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_pot_comes_out_to_the_cent(folder: Path, checked: CheckedPolicy, backend: str) -> None:
    (folder / "dataset.yaml").write_text(DATASET + SCOPE, encoding="utf-8")
    diagnostics = Diagnostics()
    data = read_data(checked, folder, diagnostics)
    assert [one.message for one in diagnostics.sorted()] == []
    assert data is not None
    assert data.tables["readiness"].left_out == 9

    ready = {code: number for code, number in counts().items() if code in districts()}
    assert (len(ready), sum(ready.values())) == (168, 10_041)
    assert set(counts()) - set(ready) == set(COOPERATIVES)

    paid = column(run_policy(checked, data, AS_OF, backend), "district", "ready")
    found = {str(key[0]): value for key, value in paid.items() if str(key[0]) in ready}
    assert found == shares({code: Fraction(1000 * number) for code, number in ready.items()}, POT)
    assert sum(Fraction(str(value)) for value in paid.values()) == POT


def test_each_payment_rounded_alone_would_not_come_out() -> None:
    ready = {code: number for code, number in counts().items() if code in districts()}
    each = POT / sum(ready.values())
    alone = [(number * each / CENT + Fraction(1, 2)) // 1 * CENT for number in ready.values()]
    assert sum(alone) == POT + Fraction("0.02")
    assert each // CENT * CENT == Fraction("497.95") and each - Fraction("497.95") > CENT / 2
