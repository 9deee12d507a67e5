"""The example state: what it promises, and the list that was worked out by hand from its files."""

from __future__ import annotations

import csv
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
