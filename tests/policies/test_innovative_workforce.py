"""Ohio's Innovative Workforce Incentive on as many credentials as there are: paid in full, prorated, cancelled."""

from __future__ import annotations

from datetime import date as Date
from fractions import Fraction
from functools import cache

import pytest

from engine.execution.dataset import Dataset
from engine.results.run import Run
from tests.policies.bundled import BACKENDS, column, policy, rows_of, run
from tests.policies.shares import shares

PATH = "policies/oh/innovative-workforce-incentive.yaml"
CUT, FY2021, FY2026 = Date(2020, 6, 30), Date(2021, 3, 1), Date(2026, 3, 1)
YEARS = {CUT: "2019-20", FY2021: "2020-21", FY2026: "2025-26"}


def counts(total: int) -> dict[str, int]:
    """So many credentials over 40 districts, no two of them alike."""
    some = {f"D{number:02}": total * number // 1000 for number in range(1, 40)}
    return {**some, "D40": total - sum(some.values())}


@cache
def earned(total: int, year: str) -> Dataset:
    """The credentials of a year, each earned by another student at the school of a district. Made up."""
    places = [district for district, number in counts(total).items() for _ in range(number)]
    rows: dict[str, list[dict[str, str]]] = {
        "district": [{"district_id": name} for name in counts(total)],
        "school": [{"school_id": f"school {name}", "district": name} for name in counts(total)],
        "credential": [{"credential_id": "c"}],
        "incentive_listing": [{"credential": "c", "school_year": year}],
        "student": [{"student_id": f"s{number}"} for number in range(total)],
        "enrollment": [],
        "attainment": [
            {
                "attainment_id": f"a{number}", "student": f"s{number}", "credential": "c",
                "school_year": year, "school": f"school {place}",
            }
            for number, place in enumerate(places)
        ],
    }  # fmt: skip
    return rows_of(PATH, rows)


def dollars(made: Run, entity: str, name: str) -> dict[str, Fraction]:
    """Numbers of a column by the key of the row."""
    found: dict[str, Fraction] = {}
    for key, value in column(made, entity, name).items():
        assert isinstance(value, Fraction)
        found[str(key[0])] = value
    return found


def paid(made: Run) -> dict[str, Fraction]:
    """What each district is paid."""
    return dollars(made, "district", "incentive")


@pytest.mark.parametrize(
    ("as_of", "total", "rate", "pot", "backend"),
    [
        pytest.param(FY2026, 20_000, 725, 16_000_000, BACKENDS[-1], id="in_full"),
        pytest.param(FY2026, 25_000, 725, 16_000_000, BACKENDS[-1], id="prorated"),
        pytest.param(FY2026, 22_069, 725, 16_000_000, BACKENDS[-1], id="one_more_than_is_paid_in_full"),
        pytest.param(FY2021, 10_000, 1250, 12_500_000, BACKENDS[-1], id="all_of_it"),
        pytest.param(CUT, 10_000, 1250, 0, BACKENDS[-1], id="cancelled"),
    ],
)
def test_payments(as_of: Date, total: int, rate: int, pot: int, backend: str) -> None:
    made = run(PATH, earned(total, YEARS[as_of]), as_of, backend)
    claims = {name: Fraction(number * rate) for name, number in counts(total).items()}
    found = paid(made)
    assert found == shares(claims, Fraction(pot))
    assert sum(found.values()) == min(pot, total * rate)
    each = set(dollars(made, "attainment", "incentive: paid").values())
    if total == 25_000:
        factor = Fraction(pot, total * rate)
        assert f"{factor.numerator * 10**9 // factor.denominator}" == "882758620"
        parts = [set(dollars(made, "state", f"incentive: {part}").values()) for part in ("numerator", "denominator")]
        assert parts == [{Fraction(factor.numerator)}, {Fraction(factor.denominator)}]
        assert each == {Fraction(640)}
    elif total * rate <= pot:
        assert each == {Fraction(rate)}
    elif pot == 0:
        assert each == {Fraction(0)}
    else:
        assert each < {Fraction(cents, 100) for cents in range(72498, 72500)} | {Fraction(725)}


@pytest.mark.parametrize("backend", BACKENDS)
def test_backends_pay_the_same(backend: str) -> None:
    """1,234 credentials and $800,000.01, which they do not share evenly."""
    pot = Fraction("800000.01")
    made = run(PATH, earned(1_234, YEARS[FY2026]), FY2026, backend, {"parameters.incentive_fund": pot})
    claims = {name: Fraction(number * 725) for name, number in counts(1_234).items()}
    assert paid(made) == shares(claims, pot)
    assert sum(paid(made).values()) == pot
    assert sum(dollars(made, "attainment", "incentive: paid").values()) == pot


def test_capacity() -> None:
    """How many credentials the appropriations pay for in full."""
    assert (divmod(12_500_000, 1250), 16_000_000 // 725) == ((10_000, 0), 22_068)


def test_the_figures_and_how_they_are_known() -> None:
    written = policy(PATH).policy
    known = {
        one.name: [(value.starts.isoformat(), value.standing) for value in one.values] for one in written.parameters
    }
    assert known["amount_per_credential"] == [
        ("2019-07-01", "enacted"), ("2021-07-01", "secondary"), ("2023-07-01", "not_found"), ("2025-07-01", "enacted"),
    ]  # fmt: skip
    assert known["incentive_fund"] == [
        ("2019-07-01", "enacted"), ("2020-06-01", "enacted"), ("2020-07-01", "enacted"), ("2021-07-01", "secondary"),
        ("2023-07-01", "not_found"), ("2025-07-01", "enacted"), ("2027-07-01", "assumed"),
    ]  # fmt: skip
