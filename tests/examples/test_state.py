"""The example state: what it promises, and the list that was worked out by hand from its files."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from engine import api

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / "examples" / "state"
POLICY = ROOT / "policies" / "example" / "credentials-of-value.yaml"
EXPECTED = Path(__file__).with_name("expected_list.csv")


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def places() -> dict[str, tuple[str, str, str]]:
    """Credential → its place, what that place is, and its tier, as the reference interpreter gives them."""
    found = api.evaluate(POLICY, STATE, backend="reference").columns["credential"].to_pylist()
    return {row["credential_id"]: (_text(row["list_rank"]), row["list_status"], _text(row["tier"])) for row in found}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def test_the_list_is_the_one_worked_out_by_hand(places: dict[str, tuple[str, str, str]]) -> None:
    # Worked out from the CSV files with fractions, by a calculation that shares nothing with the engine.
    expected = {row["credential_id"]: (row["list_rank"], row["list_status"], row["tier"]) for row in rows(EXPECTED)}
    assert places == expected


def test_every_kind_of_place_occurs() -> None:
    statuses = Counter(row["list_status"] for row in rows(EXPECTED))
    assert statuses == {
        "listed": 21, "exception": 1, "stays": 1, "honored": 4, "not_listed": 29, "beyond_limit": 16, "pending_review": 6,
    }  # fmt: skip
    assert {row["tier"] for row in rows(EXPECTED) if row["list_status"] == "listed"} == {"premier", "core", ""}


def test_a_tie_at_the_limit_is_included() -> None:
    ranks = Counter(int(row["list_rank"]) for row in rows(EXPECTED) if row["list_rank"])
    assert ranks[18] == 4, "places 18 to 21 tie, and the limit is 20"
    assert max(int(row["list_rank"]) for row in rows(EXPECTED) if row["list_status"] == "listed") == 18


def test_a_bound_decides(places: dict[str, tuple[str, str, str]]) -> None:
    # The one well-paid occupation to which the technician is linked has a wage of "at least $239,200".
    wages = {row["occupation"]: row["annual_median"] for row in rows(STATE / "labor_markets.csv")}
    linked = [row["occupation"] for row in rows(STATE / "occupation_links.csv") if row["credential"] == "nm-043"]
    assert sorted(wages[code] for code in linked) == ["44470", ">=239200"]
    assert places["nm-043"] == ("22", "stays", "premier")


def test_what_is_made_up_or_assumed_says_so_in_its_table() -> None:
    for name in ("endorsements.csv", "articulations.csv"):
        table = rows(STATE / name)
        assert {row["document"] for row in table} == {"made up for this example"}
        who = "employer" if name == "endorsements.csv" else "institution"
        assert all(row[who].endswith("(made up)") for row in table)
    assert {row["standing"] for row in rows(STATE / "occupation_links.csv")} == {"assumed"}
    assert {row["source"] for row in rows(STATE / "stacks.csv")} == {"assumed for this example"}


def test_there_is_enough_of_it() -> None:
    counts = {path.stem: len(rows(path)) for path in STATE.glob("*.csv")}
    assert counts["occupations"] >= 60 and counts["credentials"] >= 60
    assert counts["occupation_links"] >= 100 and counts["endorsements"] >= 300 and counts["articulations"] >= 100
    for name, column in (
        ("labor_markets", "annual_median"), ("labor_markets", "hourly_median"), ("endorsements", "decision"),
        ("articulations", "credits"),
    ):  # fmt: skip
        gaps = [row[f"{column}_why"] for row in rows(STATE / f"{name}.csv") if not row[column]]
        assert gaps and all(gaps), f"{name}.{column} has gaps, and each says why"


def test_the_files_keep_the_contract_and_are_in_order() -> None:
    report, _ = api.check_data(STATE)
    assert report.diagnostics == ()
    for path in [*STATE.glob("*.csv"), EXPECTED]:
        data = path.read_bytes()
        assert b"\r" not in data and data.endswith(b"\n")
        table = [tuple(row.values()) for row in rows(path)]
        assert table == sorted(table), path.name


# -- the people -----------------------------------------------------------------------------------------------------

MADE = ("districts", "schools", "teachers", "students", "enrollments", "attainments", "prior_ratings", "prior_payments")


def test_the_people_are_those_that_the_readme_says_how_to_make(tmp_path: Path) -> None:
    text = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    said = re.search(r"synth --state (\w+) --students (\d+) --attainments (\d+) --seed (\d+) --format csv", text)
    assert said is not None
    api.synth(tmp_path / "s", f"US-{said[1]}", int(said[2]), int(said[3]), int(said[4]), "csv")
    for name in MADE:
        assert (STATE / f"{name}.csv").read_bytes() == (tmp_path / "s" / f"{name}.csv").read_bytes(), name


def test_what_the_readme_says_of_the_people() -> None:
    students, attainments = rows(STATE / "students.csv"), rows(STATE / "attainments.csv")
    counts = Counter(len(rows(STATE / f"{name}.csv")) for name in MADE)
    assert counts == Counter((6, 15, 30, 240, 665, 260, 37, 10))
    rated = [row for row in students if row["class_of"] == "2026"]
    cohort = Counter(row["in_four_year_cohort"] for row in rated)
    assert (cohort["yes"], cohort[""]) == (101, 3)
    assert sum(row["in_four_year_cohort"] == "yes" and not row["on_time_diploma"] for row in rated) == 4
    small = Counter(
        row["class_of"]
        for row in students
        if row["accountable_school"].startswith("0003-") and row["in_four_year_cohort"] == "yes"
    )
    assert (small["2026"], small["2025"], small["2024"]) == (6, 2, 4)
    blank = {name: sum(not row[name] for row in attainments) for name in attainments[0]}
    assert (blank["verification"], blank["award_date"], blank["teacher"], blank["school"]) == (3, 6, 15, 1)
    taught = Counter((row["teacher"], row["school_year"]) for row in attainments if row["teacher"])
    assert max(taught.values()) == 10
    places = {row["credential_id"]: row["list_status"] for row in rows(EXPECTED)}
    assert Counter(places[row["credential"]] for row in attainments)["pending_review"] == 31
    assert sum(row["credential"] == "nm-051" for row in attainments) == 5
    paid = {(row["subject"], row["fiscal_year"]) for row in rows(STATE / "prior_payments.csv")}
    assert sum((f"000{n}", "2025") not in paid for n in range(1, 7)) == 2
